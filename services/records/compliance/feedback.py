"""What the regulation asks of feedback: taken up, answered, reported; to the chair where he decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackCollated,
    FeedbackDeclined,
    FeedbackDirected,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackReported,
)
from services.records.compliance.course import Course, History, every, first, last
from services.records.compliance.periods import Quarter
from services.records.compliance.standing import Occasion, Recorded, Standing, judged, references, told

TAKEN_UP = (FeedbackClassified, FeedbackForwarded, FeedbackDeclined, FeedbackDirected, FeedbackAnswered)
ENDED = (FeedbackForwarded, FeedbackDeclined)


def feedback_is_taken_up_and_answered(course: Course) -> Iterator[Occasion]:
    """D7.6: within the working days that the regulation sets it is classified or handed on, and answered;
    each time anew that it was opened."""
    for received, history in _received(course):
        came = received.meta.effective_at.latest
        terms = course.terms(came)
        taken = first(history, *TAKEN_UP)
        due = terms.due(came, terms.feedback_forward_working_days)
        yield from _step(course, received, taken, due, "taken_up")
        for opened, until_next in _openings(received, history):
            if first(until_next, *ENDED):
                continue
            began = opened.meta.effective_at.latest
            terms = course.terms(began)
            due = terms.due(began, terms.feedback_answer_working_days)
            yield from _step(course, opened, first(until_next, FeedbackAnswered), due, "answered")


def feedback_is_reported(course: Course) -> Iterator[Occasion]:
    """D7.6, D12.3: what came in a quarter is collated for the committee by the end of the next; what is about
    the regulation itself is reported to the chair. The regulation sets no day: what is missing is at risk."""
    for received, history in _received(course):
        event = received.event
        assert isinstance(event, FeedbackReceived)
        if first(_openings(received, history)[-1][1], *ENDED):
            continue
        about_regulation = event.about_regulation or any(
            isinstance(one.event, FeedbackClassified) and one.event.about_regulation for one in history
        )
        told = _told(history, about_regulation)
        if told is None and (double := _double_of(history)):
            told = _told(course.history("feedback", double), about_regulation)
        due = Quarter.of(received.meta.effective_at.latest).following.last
        kind = "reported_to_chair" if about_regulation else "reported"
        clauses = ("D12.3",) if about_regulation else ("D7.6",)
        for one in _step(course, received, told, due, kind, clauses):
            yield replace(one, standing=Standing.AT_RISK) if one.standing is Standing.BREACHED else one


def _told(history: History, about_regulation: bool) -> Recorded | None:
    """How the committee came to know of it, or the chair."""
    known = first(history, FeedbackReported) or first(history, FeedbackDirected)
    return known or (None if about_regulation else first(history, FeedbackCollated))


def _double_of(history: History) -> str:
    """The feedback that says the same and is reported for both; empty where there is none."""
    linked = last(history, FeedbackLinked)
    return linked.event.duplicate_of if linked and isinstance(linked.event, FeedbackLinked) else ""


def _openings(received: Recorded, history: History) -> list[tuple[Recorded, History]]:
    """Each time that it was opened, with what happened until the next."""
    opened = [received, *every(history, FeedbackReopened)]
    ends = [*(one.revision for one in opened[1:]), history[-1].revision + 1]
    return [
        (one, [other for other in history if one.revision < other.revision < end])
        for one, end in zip(opened, ends, strict=True)
    ]


def _received(course: Course) -> Iterator[tuple[Recorded, History]]:
    for history in course.histories("feedback"):
        if received := first(history, FeedbackReceived):
            yield received, history


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
