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
from services.members.events import AgencyDissolved, AgencyMerged
from shared.envelope import Envelope
from shared.messages import AgencyId, CommitteeId, Event
from shared.policies import Asked, Holdings, Policy

FEEDBACK, SUCCESSOR = "feedback", "successor"
"""What is remembered: open feedback and whom it lies with; agencies that ended and who came after them."""


def feedback_follows_its_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1, D7.6: open feedback of an agency that ended goes to its successors, also when recorded late."""
    committee = envelope.committee
    match envelope.event:
        case AgencyMerged() as merged:
            heirs = standing(holdings, committee, (merged.successor,))
            yield from _hand_on_all(envelope, holdings, merged.agency_id, heirs)
        case AgencyDissolved() as dissolved:
            heirs = standing(holdings, committee, dissolved.successors)
            yield from _hand_on_all(envelope, holdings, dissolved.agency_id, heirs)
        case FeedbackReceived() | FeedbackDirected() | FeedbackReopened() | FeedbackTransferred() as given:
            for agency in _lies_with(given):
                heirs = standing(holdings, committee, (agency,))
                if heirs not in ((), (agency,)):
                    yield _hand_on(given.feedback_id, agency, heirs)


def standing(
    holdings: Holdings, committee: CommitteeId, agencies: tuple[AgencyId, ...]
) -> tuple[AgencyId, ...]:
    """These agencies, with each that ended replaced by its successors, theirs, and so on; nobody twice."""
    found: dict[AgencyId, None] = {}
    waiting, seen = list(agencies), set[AgencyId]()
    while waiting:
        agency = waiting.pop(0)
        if agency in seen:
            continue
        seen.add(agency)
        successors = [AgencyId(heir) for heir in holdings.holders(committee, SUCCESSOR, agency)]
        waiting[:0] = successors
        if not successors:
            found[agency] = None
    return tuple(found)


def _lies_with(
    event: FeedbackReceived | FeedbackDirected | FeedbackReopened | FeedbackTransferred,
) -> tuple[AgencyId, ...]:
    if isinstance(event, FeedbackReceived):
        return (event.received_by,) if event.received_by else ()
    return event.lies_with


def _hand_on_all(
    envelope: Envelope[Event], holdings: Holdings, ended: AgencyId, heirs: tuple[AgencyId, ...]
) -> Iterator[Asked]:
    """An agency that left no successor keeps its feedback: a leader has to direct it anew."""
    if heirs:
        for feedback_id in holdings.of(envelope.committee, FEEDBACK, ended):
            yield _hand_on(feedback_id, ended, heirs)


def _hand_on(feedback_id: str, ended: AgencyId, heirs: tuple[AgencyId, ...]) -> Asked:
    command = TransferFeedback(
        feedback_id=feedback_id, from_agency=ended, to=heirs, reason=f"{ended} → {', '.join(heirs)}"
    )
    return Asked(service="feedback", command=command, key=f"{feedback_id}:{ended}")


def remember_feedback(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Whom open feedback lies with, and who came after which agency."""
    committee = envelope.committee
    match envelope.event:
        case FeedbackReceived() | FeedbackDirected() | FeedbackReopened() | FeedbackTransferred() as given:
            holdings.let_go(committee, FEEDBACK, given.feedback_id)
            holdings.hold(committee, FEEDBACK, given.feedback_id, _lies_with(given))
        case FeedbackClosed() as closed:
            holdings.let_go(committee, FEEDBACK, closed.feedback_id)
        case AgencyMerged() as merged:
            holdings.let_go(committee, SUCCESSOR, merged.agency_id)
            holdings.hold(committee, SUCCESSOR, merged.agency_id, (merged.successor,))
        case AgencyDissolved() as dissolved:
            holdings.let_go(committee, SUCCESSOR, dissolved.agency_id)
            holdings.hold(committee, SUCCESSOR, dissolved.agency_id, dissolved.successors)


POLICIES = (Policy("feedback_follows_its_agency", feedback_follows_its_agency, remember_feedback),)
