"""What feedback asks for when something happened, or when a day has come.

Open feedback follows the agency that it lies with, duplicates get the answer of the one that they say again,
and the clock notes what passed its limit.
"""

from collections.abc import Iterator
from datetime import date

from services.feedback.child import policies as child_policies
from services.feedback.commands import MarkFeedbackOverdue, PassOnAnswer, TransferFeedback
from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackClosed,
    FeedbackDeclined,
    FeedbackDirected,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackTransferred,
    Step,
)
from services.feedback.following import Given, follows
from services.feedback.information import policies as information_policies
from services.feedback.obstacle import policies as obstacle_policies
from services.feedback.report import policies as report_policies
from services.members.succession import Handover
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

FEEDBACK = "feedback"
"""The kind under which `Holdings` keeps open feedback and whom it lies with."""
DUPLICATE = "duplicate"
"""The kind under which `Holdings` keeps linked feedback and what it is a duplicate of."""
OVERDUE = "feedback_overdue"


def _given(event: Event) -> Given | None:
    """The feedback that came to lie with agencies, and with which; with nobody once it ends."""
    match event:
        case FeedbackReceived():
            return event.feedback_id, (event.received_by,) if event.received_by else ()
        case FeedbackDirected() | FeedbackReopened() | FeedbackTransferred():
            return event.feedback_id, event.lies_with
        case FeedbackClosed() | FeedbackDeclined() | FeedbackForwarded():
            return event.feedback_id, ()
        case _:
            return None


def _move(move: Handover) -> TransferFeedback:
    return TransferFeedback(feedback_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason)


def duplicates_get_the_answer(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.6: who said the same gets the same answer; the service leaves out whoever has one already."""
    match envelope.event:
        case FeedbackAnswered() as answered:
            for linked in holdings.of(envelope.committee, DUPLICATE, answered.feedback_id):
                command = PassOnAnswer(
                    feedback_id=linked,
                    duplicate_of=answered.feedback_id,
                    answer=answered.answer,
                    document=answered.document,
                )
                yield Asked(service="feedback", command=command, key=linked)


def remember_duplicates(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case FeedbackLinked() as linked:
            holdings.let_go(envelope.committee, DUPLICATE, linked.feedback_id)
            holdings.hold(envelope.committee, DUPLICATE, linked.feedback_id, (linked.duplicate_of,))


def set_the_clock(envelope: Envelope[Event], holdings: Holdings) -> None:
    """The day after each limit, until its step is done."""
    match envelope.event:
        case FeedbackReceived() | FeedbackReopened() as opened:
            _wake(envelope, holdings, Step.CLASSIFICATION, opened.feedback_id, opened.forward_by)
            _wake(envelope, holdings, Step.ANSWER, opened.feedback_id, opened.answer_by)
        case FeedbackClassified() | FeedbackDirected() as sorted_out:
            _let_sleep(envelope, holdings, sorted_out.feedback_id, Step.CLASSIFICATION)
        case FeedbackAnswered() | FeedbackClosed() | FeedbackDeclined() | FeedbackForwarded() as done:
            _let_sleep(envelope, holdings, done.feedback_id, *Step)


def _wake(
    envelope: Envelope[Event], holdings: Holdings, step: Step, feedback_id: str, due: date | None
) -> None:
    holdings.wake(envelope, OVERDUE, f"{step.value}:{feedback_id}", day_after(due, envelope))


def _let_sleep(envelope: Envelope[Event], holdings: Holdings, feedback_id: str, *steps: Step) -> None:
    for step in steps:
        holdings.let_sleep(envelope.committee, OVERDUE, f"{step.value}:{feedback_id}")


def feedback_overdue(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D7.6: a limit passed, and the step was not done."""
    step, _, feedback_id = alarm.item.partition(":")
    command = MarkFeedbackOverdue(feedback_id=feedback_id, step=Step(step), today=alarm.day)
    yield Asked(service="feedback", command=command, key=alarm.item)


POLICIES = (
    follows("feedback_follows_its_agency", FEEDBACK, _given, _move),
    Policy("duplicates_get_the_answer", duplicates_get_the_answer, remember_duplicates),
    Policy(OVERDUE, remember=set_the_clock, ring=feedback_overdue),
    *information_policies.POLICIES,
    *obstacle_policies.POLICIES,
    *report_policies.POLICIES,
    *child_policies.POLICIES,
)
