"""D12.2: of one committee's data another sees nothing, by any query, and changes nothing, by any command."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid5

import pytest

from services.members.authority import STREAMS
from services.members.capacity import Capacity
from services.members.events import ChildCommitteeRegistered, CommitteeEstablished, RegulationAdopted
from services.members.mandates import Mandates
from services.published import CODEC
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projector import Projector
from services.records.registers import REGISTERS
from services.regulation.clauses import clauses
from shared.dates import Moment
from shared.envelope import Claim, Request
from shared.errors import InvalidRequest, Refused
from shared.eventstore.epoch import current_epoch
from shared.eventstore.memory import MemoryStore
from shared.handling import CommandHandler, stream_name
from shared.messages import CommitteeId, DocumentRef, PersonId
from tests.documents.matrix import WAYS, Somebody, concerned, happened
from tests.unit.records.facts import NAMES, Recorder
from tests.unit.specimens import Specimen, specimens

EMPTY = {"doubts", "meeting_points"}
"""Registers that the specimens leave empty: doubts come from sources, points from larger meetings."""
ONE, OTHER = CommitteeId("mot"), CommitteeId("hai")
ALL = [pytest.param(specimen, id=f"{context}-{specimen.name}") for context, specimen in specimens()]
CHARTER, _AGENCIES, ROSTER = STREAMS
REGULATION = RegulationAdopted(regulation=DocumentRef(number="64/QĐ-BCĐ"), title="Quy chế")


def recorded(specimen: Specimen, committee: CommitteeId) -> Recorder:
    """A store with what came before the command, in one committee, and both committees under a regulation."""
    recorder = Recorder()
    for each in (ONE, OTHER):
        founded = CommitteeEstablished(name=f"Ban Chỉ đạo {each}")
        recorder.record(CHARTER.format(each), founded, REGULATION, at="2020-01-01", committee=each)
    decider = specimen.decider
    stream = stream_name(decider.category, committee, decider.stream_id(specimen.command))
    recorder.record(stream, *specimen.given, at="2026-01-05", committee=committee)
    return recorder


@pytest.mark.parametrize("specimen", ALL)
def test_no_capacity_reaches_into_another_committee(specimen: Specimen) -> None:
    """Who holds any capacity in one committee is refused in the other, whatever is asked."""
    recorder = recorded(specimen, OTHER)
    handler = CommandHandler(recorder.store, CODEC, Mandates(recorder.store))
    before = list(recorder.store.read_all())
    who: Somebody = concerned(specimen)
    for way in WAYS:
        if way.capacity is Capacity.ISSUER:
            continue  # acts by its own document, in the committee that it names
        cause = before[0]
        request = Request(
            command_id=uuid5(NAMES, f"{specimen.name} {way.key}"),
            committee=OTHER,
            actor=Claim(
                person=PersonId(who.person),
                capacity=way.capacity,
                evidence=f"{cause.stream}@{cause.revision}" if way.capacity is Capacity.POLICY else None,
            ),
            data=specimen.command.model_dump(mode="json"),
            effective_at=Moment(specimen.at),
            causation_id=cause.id if way.capacity is Capacity.POLICY else None,
        )
        with pytest.raises(Refused):
            handler.handle(specimen.decider, type(specimen.command), request.model_dump(mode="json"))
    assert list(recorder.store.read_all()) == before


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The records of one committee full of everything, and of another that only exists."""
    store = MemoryStore()
    current_epoch(store)
    recorder = Recorder(store)
    for each in (ONE, OTHER):
        founded = CommitteeEstablished(name=f"Ban Chỉ đạo {each}")
        recorder.record(CHARTER.format(each), founded, REGULATION, at="2020-01-01", committee=each)
    for _, specimen in specimens():
        stream = stream_name(specimen.decider.category, ONE, specimen.decider.stream_id(specimen.command))
        recorder.record(stream, *specimen.given, at="2026-01-05", committee=ONE)
        recorder.record(stream, *happened(specimen), at=specimen.at, committee=ONE)
    database = Database(f"sqlite:///{Path(tmp_path_factory.mktemp('records')) / 'x.sqlite'}", limit=5.0)
    projector = Projector(database, MODELS)
    position = projector.resume(current_epoch(store))
    projector.handle(list(store.read_all(after=position)))
    return Answers(database)


def asked(answers: Answers, method: str, committee: CommitteeId, **question: Any) -> dict[str, Any]:
    return answers.answer(method, {"committee": committee, **question})


def test_the_one_committee_has_rows_to_hide(answers: Answers) -> None:
    filled = [name for name in REGISTERS if asked(answers, "register", ONE, name=name)["total"]]
    assert set(REGISTERS) - set(filled) <= EMPTY


@pytest.mark.parametrize("as_of", [None, "2026-06-30"])
@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_no_register_shows_a_row_of_another_committee(answers: Answers, name: str, as_of: str | None) -> None:
    mine = asked(answers, "register", OTHER, name=name, as_of=as_of)
    assert all(row["committee"] == OTHER for row in mine["rows"])
    assert mine["total"] == len(mine["rows"])
    theirs = asked(answers, "register", ONE, name=name, as_of=as_of)
    for row in theirs["rows"][:20]:
        identity = next(value for column, value in row.items() if column != "committee")
        shown = _shown(answers, name, str(identity), as_of)
        assert f"-{ONE}." not in json.dumps(shown, default=str)


def _shown(answers: Answers, name: str, record: str, as_of: str | None) -> dict[str, Any]:
    """The record of this id in the other committee; empty where there is none."""
    try:
        return asked(answers, "show", OTHER, name=name, id=record, as_of=as_of)
    except InvalidRequest:
        return {}


def test_the_journal_of_a_committee_is_its_own(answers: Answers) -> None:
    mine = asked(answers, "journal", OTHER, limit=1000)
    assert [row["stream"] for row in mine["rows"]] == [CHARTER.format(OTHER)] * 2
    assert asked(answers, "journal", ONE, limit=1000)["total"] > 50


def test_compliance_figures_and_powers_know_only_the_own_events(answers: Answers) -> None:
    for leaf in clauses().leaves:
        told = asked(answers, "compliance", OTHER, as_of="2026-06-30", clause=leaf.id)
        assert f"-{ONE}." not in json.dumps(told)
    told = asked(answers, "activity", OTHER, period="2026")
    assert f"-{ONE}." not in json.dumps(told)
    assert any(one["value"] for one in asked(answers, "activity", ONE, period="2026")["figures"])
    holders = {row["holder"] for row in asked(answers, "register", ONE, name="seats")["rows"]}
    assert holders
    for person in holders:
        assert asked(answers, "powers", OTHER, person=person, at="2026-06-30")["capacities"] == []


def test_a_policy_follows_events_of_its_own_committee_or_of_one_below() -> None:
    """Only the committee above may be asked after an event; the one below and others may not."""
    store = MemoryStore()
    recorder = Recorder(store)
    above, below, apart = CommitteeId("tinh"), CommitteeId("huyen"), CommitteeId("khac")
    recorder.record(CHARTER.format(above), CommitteeEstablished(name="Tỉnh"), committee=above)
    recorder.record(CHARTER.format(below), CommitteeEstablished(name="Huyện", parent=above), committee=below)
    recorder.record(CHARTER.format(apart), CommitteeEstablished(name="Khác"), committee=apart)
    mandates = Mandates(store)

    def follows(committee: CommitteeId, cause: CommitteeId) -> bool:
        event = store.read_stream(CHARTER.format(cause))[0]
        request = Request(
            command_id=uuid5(NAMES, f"{committee} {cause}"),
            committee=committee,
            actor=Claim(
                person=PersonId("policy:x"),
                capacity=Capacity.POLICY,
                evidence=f"{event.stream}@{event.revision}",
            ),
            data={},
            causation_id=event.id,
        )
        try:
            mandates.mandate(request, Moment("2026-01-05"))
        except Refused:
            return False
        return True

    assert follows(above, above)
    assert follows(above, below)
    assert not follows(below, above)
    assert not follows(apart, below)
    assert not follows(above, apart)


def test_a_committee_below_is_known_above_by_name_and_report_alone() -> None:
    """What crosses is what these events carry; no event of another type names a committee of its own."""
    crossing = {
        name
        for name, event in CODEC.types.items()
        if any("CommitteeId" in str(field.annotation) for field in event.model_fields.values())
    }
    assert crossing <= {ChildCommitteeRegistered.__name__, "ChildReportReceived", "CommitteeEstablished"}
