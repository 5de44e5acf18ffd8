"""An initiative: proposed from within the committee, assessed by its leaders, carried out (D2.2, D6.1.a)."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.feedback.initiative.commands import (
    AssessInitiative,
    ImplementInitiative,
    InitiativeCommand,
    ProposeInitiative,
)
from services.feedback.initiative.events import (
    Assessment,
    InitiativeAssessed,
    InitiativeEvent,
    InitiativeImplemented,
    InitiativeProposed,
)
from services.feedback.rules import Rule
from services.feedback.state import HEADS, head_of, own_seat
from services.members.capacity import LEADERS, SUPPORT_TEAM, answers_for
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Initiative:
    """What a decision needs to know about an initiative."""

    proposed: InitiativeProposed | None = None
    assessed: InitiativeAssessed | None = None
    implemented: InitiativeImplemented | None = None


def propose(command: ProposeInitiative, act: Act, initiative: Initiative) -> list[InitiativeEvent]:
    """D6.1.a: a member, an agency or the support team, in its own name; the support team also for others."""
    require(
        act.in_capacity(*HEADS, *SUPPORT_TEAM) and _own(command, act),
        Rule.INITIATIVE_FROM_WITHIN,
        "a member, an agency or the support team proposes, in its own name",
    )
    require(
        initiative.proposed is None,
        Rule.INITIATIVE_IS_NEW,
        f"{command.initiative_id} was proposed already",
    )
    proposed = InitiativeProposed.model_validate(command.model_dump())
    if command.seat_id or command.agency_id:
        return [proposed]
    mandate = act.actor.mandate
    return [proposed.model_copy(update={"seat_id": mandate.seat, "agency_id": mandate.agency})]


def _own(command: ProposeInitiative, act: Act) -> bool:
    if act.in_capacity(*SUPPORT_TEAM):
        return True
    seat = command.seat_id is None or answers_for(act, command.seat_id)
    return seat and (command.agency_id is None or head_of(act, (command.agency_id,)))


def assess(command: AssessInitiative, act: Act, initiative: Initiative) -> list[InitiativeEvent]:
    """D2.2, D6.1.a: the chair or a deputy; what is deferred or declined may be looked at again."""
    _standing(command.initiative_id, initiative)
    require(
        act.in_capacity(*LEADERS),
        Rule.INITIATIVE_ASSESSED_BY_LEADERS,
        "only the chair or a deputy assesses it",
    )
    require(
        command.assessment is Assessment.ADOPTED or bool(command.reason) or act.source is not None,
        Rule.ASSESSMENT_SAYS_WHY,
        "say why it is not adopted",
    )
    assessed = InitiativeAssessed.model_validate(command.model_dump())
    if assessed == initiative.assessed:
        return []
    _goes_on(command.initiative_id, initiative)
    return [assessed]


def implement(command: ImplementInitiative, act: Act, initiative: Initiative) -> list[InitiativeEvent]:
    """D2.2: who proposed it, the support team or a leader says what came of it."""
    proposed = _standing(command.initiative_id, initiative)
    agencies = (proposed.agency_id,) if proposed.agency_id else ()
    own = own_seat(act, proposed.seat_id) or head_of(act, agencies)
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM) or own,
        Rule.IMPLEMENTED_BY_CONCERNED,
        "who proposed it, the support team or a leader reports it",
    )
    require(
        initiative.assessed is not None and initiative.assessed.assessment is Assessment.ADOPTED,
        Rule.INITIATIVE_ADOPTED_FIRST,
        f"{command.initiative_id} was not adopted",
    )
    implemented = InitiativeImplemented.model_validate(command.model_dump())
    if implemented == initiative.implemented:
        return []
    _goes_on(command.initiative_id, initiative)
    return [implemented]


def _standing(initiative_id: str, initiative: Initiative) -> InitiativeProposed:
    require(initiative.proposed is not None, Rule.INITIATIVE_STANDS, f"{initiative_id} was never proposed")
    assert initiative.proposed is not None
    return initiative.proposed


def _goes_on(initiative_id: str, initiative: Initiative) -> None:
    require(initiative.implemented is None, Rule.INITIATIVE_GOES_ON, f"{initiative_id} is carried out")


def decide(command: InitiativeCommand, act: Act, initiative: Initiative) -> list[InitiativeEvent]:
    match command:
        case ProposeInitiative():
            return propose(command, act, initiative)
        case AssessInitiative():
            return assess(command, act, initiative)
        case ImplementInitiative():
            return implement(command, act, initiative)
        case _:
            assert_never(command)


def evolve(initiative: Initiative, event: InitiativeEvent) -> Initiative:
    match event:
        case InitiativeProposed():
            return Initiative(proposed=event)
        case InitiativeAssessed():
            return replace(initiative, assessed=event)
        case InitiativeImplemented():
            return replace(initiative, implemented=event)
        case _:
            assert_never(event)


decider: Decider[InitiativeCommand, InitiativeEvent, Initiative] = Decider(
    category="initiative",
    stream_id=lambda command: command.initiative_id,
    initial=Initiative(),
    decide=decide,
    evolve=evolve,
)
