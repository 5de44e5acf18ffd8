"""What the regulation asks of feedback: taken up, answered, reported; to the chair where he decides."""

from collections.abc import Iterator
from datetime import date

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackCollated,
    FeedbackDeclined,
    FeedbackDirected,
    FeedbackForwarded,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackReported,
)
from services.records.compliance.course import Course, History, first, last
from services.records.compliance.periods import Quarter
from services.records.compliance.standing import Occasion, Recorded, judged, references, told
from shared.messages import Event

TAKEN_UP = (FeedbackClassified, FeedbackForwarded, FeedbackDeclined, FeedbackDirected, FeedbackAnswered)
ENDED = (FeedbackForwarded, FeedbackDeclined)


def feedback_is_taken_up_and_answered(course: Course) -> Iterator[Occasion]:
    """D7.6: within the working days that the regulation sets it is classified or handed on, and answered."""
    for received, history in _received(course):
        came = received.meta.effective_at.latest
        terms = course.terms(came)
        taken = first(history, *TAKEN_UP)
        due = terms.due(came, terms.feedback_forward_working_days)
        yield from _step(course, received, taken, due, "taken_up")
        if last(history, *ENDED):
            continue
        opened = last(history, FeedbackReopened) or received
        began = opened.meta.effective_at.latest
        answered = _after(opened, history, FeedbackAnswered)
        due = terms.due(began, terms.feedback_answer_working_days)
        yield from _step(course, opened, answered, due, "answered")


def feedback_is_reported(course: Course) -> Iterator[Occasion]:
    """D7.6, D12.3: what came in a quarter is collated for the committee by the end of the next; what is about
    the regulation itself is reported to the chair."""
    for received, history in _received(course):
        event = received.event
        assert isinstance(event, FeedbackReceived)
        if last(history, *ENDED):
            continue
        about_regulation = event.about_regulation or any(
            isinstance(one.event, FeedbackClassified) and one.event.about_regulation for one in history
        )
        told = first(history, FeedbackReported) or first(history, FeedbackDirected)
        if told is None and not about_regulation:
            told = first(history, FeedbackCollated)
        due = Quarter.of(received.meta.effective_at.latest).following.last
        kind = "reported_to_chair" if about_regulation else "reported"
        clauses = ("D12.3",) if about_regulation else ("D7.6",)
        yield from _step(course, received, told, due, kind, clauses)


def _received(course: Course) -> Iterator[tuple[Recorded, History]]:
    for history in course.histories("feedback"):
        if received := first(history, FeedbackReceived):
            yield received, history


def _after(opened: Recorded, history: History, *types: type[Event]) -> Recorded | None:
    return first([one for one in history if one.revision > opened.revision], *types)


def _step(
    course: Course,
    cause: Recorded,
    done: Recorded | None,
    due: date,
    kind: str,
    clauses: tuple[str, ...] = ("D7.6",),
) -> Iterator[Occasion]:
    standing = judged(due, cause, done, course.on)
    if standing is None:
        return
    feedback_id = str(getattr(cause.event, "feedback_id", ""))
    yield Occasion(
        clauses=clauses,
        said=told(f"feedback_{kind}", standing, done),
        standing=standing,
        day=due,
        record=("feedback", feedback_id),
        values={"id": feedback_id},
        evidence=references(cause, done),
    )
