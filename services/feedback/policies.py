"""What feedback asks for when something happened: open feedback follows the agency that it lies with."""

from collections.abc import Iterator

from services.feedback.commands import TransferFeedback
from services.feedback.events import (
    FeedbackClosed,
    FeedbackDirected,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackTransferred,
)
from services.members.succession import handovers, remember_succession
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.policies import Asked, Holdings, Policy

FEEDBACK = "feedback"
"""The kind under which `Holdings` keeps open feedback and whom it lies with."""


def feedback_follows_its_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1, D7.6: open feedback of an agency that ended goes to its successors, also when recorded late."""
    for move in handovers(envelope, holdings, FEEDBACK, _given(envelope.event)):
        command = TransferFeedback(
            feedback_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked(service="feedback", command=command, key=move.key)


def _given(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The feedback that came to lie with agencies, and with which."""
    match event:
        case FeedbackReceived():
            return event.feedback_id, (event.received_by,) if event.received_by else ()
        case FeedbackDirected() | FeedbackReopened() | FeedbackTransferred():
            return event.feedback_id, event.lies_with
        case _:
            return None


def remember_feedback(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Whom open feedback lies with, and who came after which agency."""
    remember_succession(envelope, holdings)
    if given := _given(envelope.event):
        holdings.let_go(envelope.committee, FEEDBACK, given[0])
        holdings.hold(envelope.committee, FEEDBACK, *given)
    match envelope.event:
        case FeedbackClosed() as closed:
            holdings.let_go(envelope.committee, FEEDBACK, closed.feedback_id)


POLICIES = (Policy("feedback_follows_its_agency", feedback_follows_its_agency, remember_feedback),)
