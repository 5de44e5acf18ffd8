"""Directives follow their agencies, and silence about them is noted when its day has passed (D1, D11.1)."""

from collections.abc import Iterator
from typing import Final

from services.meetings.directive.commands import MarkAcknowledgementsOverdue, ReaddressDirective
from services.meetings.directive.events import (
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from services.members.succession import handovers, remember_succession
from shared.envelope import Envelope
from shared.messages import AgencyId, CommitteeId, Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

DIRECTIVE: Final = "directive"
"""The kind under which `Holdings` keeps directives and who has still to acknowledge them."""
ACKNOWLEDGED: Final = "directive_acknowledged"
"""The kind under which it keeps who has acknowledged: nothing is waited for from them any more."""
OVERDUE: Final = "acknowledgements_overdue"


def directives_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1: what an agency that ended left unanswered its successors acknowledge, also when recorded late."""
    for move in handovers(envelope, holdings, DIRECTIVE, _given(envelope.event)):
        command = ReaddressDirective(
            directive_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked(service="meetings", command=command, key=move.key)


def _given(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The directive that agencies have just been given, and which."""
    match event:
        case DirectiveIssued():
            return event.directive_id, event.addressees
        case DirectiveReaddressed():
            return event.directive_id, event.to
        case _:
            return None


def ring(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D11.1: the day after the one by which a directive is to be acknowledged."""
    command = MarkAcknowledgementsOverdue(directive_id=alarm.item, today=alarm.day)
    yield Asked(service="meetings", command=command, key=alarm.item)


def remember_directives(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who has still to acknowledge what, by when, and who came after which agency."""
    remember_succession(envelope, holdings)
    committee = envelope.committee
    match envelope.event:
        case DirectiveIssued() as issued:
            holdings.let_go(committee, DIRECTIVE, issued.directive_id)
            holdings.hold(committee, DIRECTIVE, issued.directive_id, issued.addressees)
            holdings.wake(envelope, OVERDUE, issued.directive_id, day_after(issued.acknowledge_by, envelope))
        case DirectiveAcknowledged() as told:
            holdings.hold(committee, ACKNOWLEDGED, told.directive_id, (told.agency_id,))
            _settled(committee, holdings, told.directive_id, told.agency_id)
        case DirectiveReaddressed() as moved:
            # A move that is known from a source sets no day; the one that was set before stays.
            if envelope.meta.source is None:
                day = day_after(moved.acknowledge_by, envelope)
                holdings.wake(envelope, OVERDUE, moved.directive_id, day)
            told_before = holdings.holders(committee, ACKNOWLEDGED, moved.directive_id)
            heirs = tuple(heir for heir in moved.to if heir not in told_before)
            _settled(committee, holdings, moved.directive_id, moved.from_agency, heirs)
        case DirectiveWithdrawn() as withdrawn:
            holdings.let_go(committee, DIRECTIVE, withdrawn.directive_id)
            holdings.let_go(committee, ACKNOWLEDGED, withdrawn.directive_id)
            holdings.let_sleep(committee, OVERDUE, withdrawn.directive_id)


def _settled(
    committee: CommitteeId,
    holdings: Holdings,
    directive_id: str,
    agency: AgencyId,
    heirs: tuple[AgencyId, ...] = (),
) -> None:
    """The agency has it no longer, its heirs do; where nobody has, its clock sleeps."""
    silent = [other for other in holdings.holders(committee, DIRECTIVE, directive_id) if other != agency]
    holdings.let_go(committee, DIRECTIVE, directive_id)
    if silent or heirs:
        holdings.hold(committee, DIRECTIVE, directive_id, (*silent, *heirs))
    else:
        holdings.let_sleep(committee, OVERDUE, directive_id)


POLICIES = (
    Policy("directives_follow_their_agency", directives_follow_their_agency, remember_directives),
    Policy(OVERDUE, ring=ring),
)
