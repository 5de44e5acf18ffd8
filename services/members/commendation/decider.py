"""A commendation: proposed for completed tasks and decided on, or noted where it came from outside (D7.4)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity, for_the_chair
from services.members.commendation.commands import (
    CommendationCommand,
    DecideCommendation,
    NoteCommendation,
    ProposeCommendation,
)
from services.members.commendation.events import (
    CommendationDecided,
    CommendationEvent,
    CommendationNoted,
    CommendationProposed,
)
from services.members.events import Matter
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


class Standing(StrEnum):
    """How far a commendation has come."""

    UNKNOWN = "not on record"
    PROPOSED = "proposed"
    GRANTED = "granted"
    NOT_GRANTED = "not granted"
    NOTED = "noted from outside"


@dataclass(frozen=True)
class Commendation:
    standing: Standing = Standing.UNKNOWN


def propose(command: ProposeCommendation, act: Act, commendation: Commendation) -> list[CommendationEvent]:
    """D7.4: the support team proposes those who did their tasks well, and cites these tasks."""
    require(
        act.in_capacity(*SUPPORT_TEAM),
        Rule.COMMENDED_BY_TEAM,
        "only the support team proposes a commendation",
    )
    _new(command.commendation_id, commendation)
    require(
        bool(command.tasks or command.other_merit),
        Rule.COMMENDED_FOR_TASKS,
        "cite a completed task, or say which other merit it is for",
    )
    lists = {name: tuple(dict.fromkeys(getattr(command, name))) for name in ("seats", "agencies", "tasks")}
    return [CommendationProposed.model_validate({**command.model_dump(), **lists})]


def decide_on(command: DecideCommendation, act: Act, commendation: Commendation) -> list[CommendationEvent]:
    """D7.4: the competent authority decides on what was proposed, by a document where it grants."""
    require(
        act.in_capacity(Capacity.ISSUER) or for_the_chair(act, Matter.MEMBERS),
        Rule.COMMENDATION_BY_COMPETENT,
        "only the competent authority decides, or the chair, or who acts for the chair",
    )
    if commendation.standing is (Standing.GRANTED if command.granted else Standing.NOT_GRANTED):
        return []
    require(
        commendation.standing is Standing.PROPOSED,
        Rule.COMMENDATION_LIES_BEFORE,
        f"{command.commendation_id} is {commendation.standing.value}",
    )
    document = command.document or act.document
    require(
        not command.granted or document is not None,
        Rule.GRANTED_BY_DECISION,
        "name number and date of the decision that grants it",
    )
    return [CommendationDecided.model_validate({**command.model_dump(), "document": document})]


def note(command: NoteCommendation, act: Act, commendation: Commendation) -> list[CommendationEvent]:
    """D7.4, D7.8: what comes from outside is noted from a source, or by its document."""
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.COMMENDATION_NOTED_BY_TEAM,
        "only the support team notes it, or the authority that commends",
    )
    _new(command.commendation_id, commendation)
    document = command.document or act.document
    require(
        act.source is not None or document is not None,
        Rule.COMMENDATION_NOTED_BY_DOCUMENT,
        "name the document by which it was given, or the source that tells of it",
    )
    return [CommendationNoted.model_validate({**command.model_dump(), "document": document})]


def _new(commendation_id: str, commendation: Commendation) -> None:
    require(
        commendation.standing is Standing.UNKNOWN,
        Rule.COMMENDATION_IS_NEW,
        f"{commendation_id} is {commendation.standing.value} already",
    )


def decide(command: CommendationCommand, act: Act, commendation: Commendation) -> list[CommendationEvent]:
    match command:
        case ProposeCommendation():
            return propose(command, act, commendation)
        case DecideCommendation():
            return decide_on(command, act, commendation)
        case NoteCommendation():
            return note(command, act, commendation)
        case _:
            assert_never(command)


def evolve(commendation: Commendation, event: CommendationEvent) -> Commendation:
    match event:
        case CommendationProposed():
            return replace(commendation, standing=Standing.PROPOSED)
        case CommendationDecided():
            standing = Standing.GRANTED if event.granted else Standing.NOT_GRANTED
            return replace(commendation, standing=standing)
        case CommendationNoted():
            return replace(commendation, standing=Standing.NOTED)
        case _:
            assert_never(event)


decider: Decider[CommendationCommand, CommendationEvent, Commendation] = Decider(
    category="commendation",
    stream_id=lambda command: command.commendation_id,
    initial=Commendation(),
    decide=decide,
    evolve=evolve,
)
