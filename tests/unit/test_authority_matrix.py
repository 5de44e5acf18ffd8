"""Every command in every capacity, in time and out of time: what docs/authority.md tells is what happens."""

import importlib

import pytest

from services.cli.authority import AREAS
from services.members.capacity import Capacity
from services.members.rules import Rule
from services.regulation.competence import competences, may
from shared.catalogue import catalogue
from shared.messages import Command
from shared.naming import method_name
from tests.documents.matrix import ANOTHER, WAYS, Row, Verdict, When, attempts, concerned, matrix, tried

CONTEXTS = ("members", "meetings", "tasks", "feedback")
ROWS = matrix()
OUT_OF_TIME = (Rule.CLAIM_IS_PROVEN.value, Rule.FOCAL_POINT_STANDS.value)


def commands_of(context: str) -> set[str]:
    """The RPC methods of a service."""
    service = importlib.import_module(f"services.{context}.service")
    (found,) = (one for name, one in vars(service).items() if name == f"{context.capitalize()}Service")
    return {
        name
        for name in vars(found)
        if not name.startswith("_") and name not in ("name", "commands", "self_test", "close")
    }


def known_commands() -> dict[str, type[Command]]:
    return {method_name(one): one for one in _subclasses(Command)}


def _subclasses(cls: type[Command]) -> set[type[Command]]:
    return {cls, *(below for child in cls.__subclasses__() for below in _subclasses(child))}


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_command_of_a_service_is_tried(context: str) -> None:
    tried_here = {method_name(type(row.specimen.command)) for row in ROWS if row.context == context}
    assert commands_of(context) == tried_here


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_somebody_may_ask_for_it(row: Row) -> None:
    assert any(verdict is not Verdict.NONE for _, verdict in row.verdicts), row.refused_under


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_before_and_after_it_is_held_a_capacity_is_worth_nothing(row: Row) -> None:
    for _, specimen, way, when in (one for one in attempts() if one[1] is row.specimen):
        if way.for_the_chair:
            continue  # the post is held on; see below
        refused = tried(specimen, way, concerned(specimen), when)
        assert refused is not None, (way.key, when)
        assert refused.rule in OUT_OF_TIME, (way.key, when, refused)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_nobody_may_do_more_for_the_chair_than_the_chair(row: Row) -> None:
    """Standing in for the chair adds what is the chair's, and nothing else."""
    verdicts = dict(row.verdicts)
    open_to = {Verdict.NONE: 0, Verdict.OWN: 1, Verdict.ANY: 2}
    own, chair, both = (verdicts[key] for key in ("standing_deputy", "chair", "for_the_chair"))
    assert open_to[both] <= max(open_to[own], open_to[chair])
    assert open_to[both] >= open_to[own]


def test_the_data_for_the_command_line_are_those_of_the_run() -> None:
    for row in ROWS:
        allowed = {key: verdict.value for key, verdict in row.verdicts if verdict is not Verdict.NONE}
        assert competences()[row.command].by == allowed
    assert set(competences()) == {row.command for row in ROWS}
    assert "ConveneMeeting" in may("chair")["any"]
    assert "ConveneMeeting" not in may("deputy")["any"]


def test_an_auditor_changes_nothing() -> None:
    """Reading needs no capacity, and there is no capacity that an auditor could claim."""
    assert "auditor" not in list(Capacity)


def test_every_command_has_its_words_and_no_words_are_without_a_command() -> None:
    """Two commands never read alike: who reads the words alone knows which one is meant."""
    words = {
        key.removeprefix("command."): one for key, one in catalogue().items() if key.startswith("command.")
    }
    assert words.keys() == {row.command for row in ROWS}
    for language in ("vi", "en"):
        told = [getattr(one, language) for one in words.values()]
        assert len(set(told)) == len(told)
        assert not [one for one in told if one[0].isupper() or one.endswith(".")]


def test_every_context_has_its_heading() -> None:
    assert set(AREAS) == set(CONTEXTS) == {row.context for row in ROWS}
    assert {f"area.{one}" for one in AREAS} <= catalogue().keys()


def test_every_way_of_acting_has_its_words() -> None:
    assert {f"way.{way.key}" for way in WAYS} <= catalogue().keys()
    assert ANOTHER.person != "nguoi-a"
    assert list(When) == ["before", "in_time", "after"]
