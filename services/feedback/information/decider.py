"""A request for information: asked of an agency, answered by it or by who came after it (D2.3, D7.5)."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.feedback.information.commands import (
    CloseInformationRequest,
    InformationCommand,
    MarkInformationOverdue,
    ProvideInformation,
    RequestInformation,
    TransferInformationRequest,
)
from services.feedback.information.events import (
    InformationEvent,
    InformationOverdue,
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.feedback.rules import Rule
from services.feedback.state import by_clock, handed_on, head_of
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity
from services.members.parameters import terms
from shared.dates import Deadline
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef


@dataclass(frozen=True)
class InformationRequest:
    """What a decision needs to know about a request.

    `asked` are the agencies that may answer, `owing` those of them that have not; `provided` is what each
    said last.
    """

    requested: bool = False
    due: Deadline | None = None
    asked: tuple[AgencyId, ...] = ()
    owing: tuple[AgencyId, ...] = ()
    provided: dict[AgencyId | None, tuple[str, DocumentRef | None]] = field(default_factory=dict)
    overdue: bool = False
    closed: bool = False


def request(command: RequestInformation, act: Act, state: InformationRequest) -> list[InformationEvent]:
    """D7.5: the support team asks, or a leader; the deadline counts as the regulation says."""
    _from_within(act)
    require(not state.requested, Rule.REQUEST_IS_NEW, f"{command.request_id} was asked already")
    require(
        command.due is not None or act.source is not None,
        Rule.REQUEST_HAS_DEADLINE,
        "say by when the information is needed",
    )
    due = terms(act).settle(command.due)
    return [InformationRequested.model_validate({**command.model_dump(), "due": due})]


def provide(command: ProvideInformation, act: Act, state: InformationRequest) -> list[InformationEvent]:
    """D2.3: the head of an agency that was asked; more of it is a new event. Late is recorded."""
    _open(command.request_id, state)
    require(
        head_of(act, state.asked),
        Rule.PROVIDED_BY_ASKED,
        f"only who was asked provides it: {', '.join(state.asked)}",
    )
    agency = act.actor.mandate.agency
    owed = agency in state.owing if agency else bool(state.owing)
    if not owed and state.provided.get(agency) == (command.content, command.document):
        return []
    owing = tuple(one for one in state.owing if agency is not None and one != agency)
    return [
        InformationProvided(
            request_id=command.request_id,
            content=command.content,
            document=command.document,
            agency=agency,
            late=owed and state.due is not None and state.due.passed(act.effective_at.earliest),
            owing=owing,
        )
    ]


def mark_overdue(
    command: MarkInformationOverdue, act: Act, state: InformationRequest
) -> list[InformationEvent]:
    """D7.5: once a request. A clock that comes late finds nothing to note."""
    by_clock(act, command.today, Rule.INFORMATION_OVERDUE_BY_CLOCK)
    _standing(command.request_id, state)
    due = state.due
    if state.closed or state.overdue or not state.owing or due is None or not due.passed(command.today):
        return []
    return [InformationOverdue(request_id=command.request_id, owing=state.owing, due=due, seen=command.today)]


def transfer(
    command: TransferInformationRequest, act: Act, state: InformationRequest
) -> list[InformationEvent]:
    """D1: what an agency still owes follows it; what was answered is answered."""
    require(act.in_capacity(Capacity.POLICY), Rule.FOLLOWS_ITS_AGENCY, "it follows its agency by itself")
    _standing(command.request_id, state)
    owing = handed_on(state.owing, command.from_agency, command.to)
    if state.closed or owing == state.owing:
        return []
    return [InformationRequestTransferred.model_validate({**command.model_dump(), "owing": owing})]


def close(command: CloseInformationRequest, act: Act, state: InformationRequest) -> list[InformationEvent]:
    """D7.5: who asks says that nothing more is waited for, and why; who still owed stays named."""
    _from_within(act)
    _standing(command.request_id, state)
    if state.closed:
        return []
    return [InformationRequestClosed(request_id=command.request_id, reason=command.reason, owing=state.owing)]


def _from_within(act: Act) -> None:
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.INFORMATION_ASKED_BY_TEAM,
        "the support team or a leader asks for information",
    )


def _standing(request_id: str, state: InformationRequest) -> None:
    require(state.requested, Rule.REQUEST_STANDS, f"{request_id} was never asked")


def _open(request_id: str, state: InformationRequest) -> None:
    _standing(request_id, state)
    require(not state.closed, Rule.REQUEST_IS_OPEN, f"{request_id} is closed: a new request is needed")


def decide(command: InformationCommand, act: Act, state: InformationRequest) -> list[InformationEvent]:
    match command:
        case RequestInformation():
            return request(command, act, state)
        case ProvideInformation():
            return provide(command, act, state)
        case MarkInformationOverdue():
            return mark_overdue(command, act, state)
        case TransferInformationRequest():
            return transfer(command, act, state)
        case CloseInformationRequest():
            return close(command, act, state)
        case _:
            assert_never(command)


def evolve(state: InformationRequest, event: InformationEvent) -> InformationRequest:
    match event:
        case InformationRequested():
            return InformationRequest(requested=True, due=event.due, asked=(event.to,), owing=(event.to,))
        case InformationProvided():
            said = {**state.provided, event.agency: (event.content, event.document)}
            return replace(state, provided=said, owing=event.owing)
        case InformationOverdue():
            return replace(state, overdue=True)
        case InformationRequestTransferred():
            asked = handed_on(state.asked, event.from_agency, event.to)
            return replace(state, asked=asked, owing=event.owing)
        case InformationRequestClosed():
            return replace(state, closed=True)
        case _:
            assert_never(event)


decider: Decider[InformationCommand, InformationEvent, InformationRequest] = Decider(
    category="information",
    stream_id=lambda command: command.request_id,
    initial=InformationRequest(),
    decide=decide,
    evolve=evolve,
)
