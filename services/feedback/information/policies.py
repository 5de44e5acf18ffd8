"""Requests for information follow their agency; the clock notes what was not answered (D1, D7.5)."""

from collections.abc import Iterator

from services.feedback.following import Given, follows
from services.feedback.information.commands import MarkInformationOverdue, TransferInformationRequest
from services.feedback.information.events import (
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.members.succession import Handover
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

INFORMATION = "information"
"""The kind under which `Holdings` keeps requests and the agencies that still have to answer."""
OVERDUE = "information_overdue"


def _owed(event: Event) -> Given | None:
    match event:
        case InformationRequested():
            return event.request_id, (event.to,)
        case InformationProvided() | InformationRequestTransferred():
            return event.request_id, event.owing
        case InformationRequestClosed():
            return event.request_id, ()
        case _:
            return None


def _move(move: Handover) -> TransferInformationRequest:
    return TransferInformationRequest(
        request_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
    )


def set_the_clock(envelope: Envelope[Event], holdings: Holdings) -> None:
    """The day after the deadline, while somebody has to answer."""
    match envelope.event:
        case InformationRequested(due=due) as asked:
            holdings.wake(envelope, OVERDUE, asked.request_id, day_after(due, envelope))
        case event if owed := _owed(event):
            if not owed[1]:
                holdings.let_sleep(envelope.committee, OVERDUE, owed[0])


def information_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D7.5: the deadline passed, and somebody has not answered."""
    command = MarkInformationOverdue(request_id=alarm.item, today=alarm.day)
    yield Asked(service="feedback", command=command, key=alarm.item)


POLICIES = (
    follows("information_follows_its_agency", INFORMATION, _owed, _move),
    Policy(OVERDUE, remember=set_the_clock, ring=information_overdue),
)
