"""The time limits of feedback: their last days, what comes late, and what the clock notes (D7.6)."""

from datetime import date

from services.feedback.commands import MarkFeedbackOverdue
from services.feedback.events import FeedbackEvent, FeedbackOverdue, Step
from services.feedback.rules import Rule
from services.feedback.state import Feedback, by_clock, received
from services.members.parameters import terms
from shared.envelope import Act


def forward_by(act: Act) -> date | None:
    """The last day to classify or to forward what is opened by this act."""
    return _due(act, terms(act).feedback_forward_working_days)


def answer_by(act: Act) -> date | None:
    """The last day to answer what is opened by this act."""
    return _due(act, terms(act).feedback_answer_working_days)


def _due(act: Act, working_days: int) -> date | None:
    """None for the past that a source tells of, and where the day is not known: no limit is filled in."""
    day = act.effective_at
    if act.source is not None or not act.actor.mandate.bound or day.earliest != day.latest:
        return None
    return terms(act).due(day.latest, working_days)


def late(act: Act, feedback: Feedback, step: Step) -> bool:
    """Whether this act, by which a step is done, certainly comes after its limit: a fact, and no reason to
    refuse. What was done before is not done again."""
    due = feedback.due(step)
    return due is not None and not feedback.done(step) and act.effective_at.earliest > due


def ended_late(act: Act, feedback: Feedback) -> bool:
    """Whether what ends without an answer does so after the limit of a step that was still to be done."""
    return any(late(act, feedback, step) for step in Step)


def mark_overdue(command: MarkFeedbackOverdue, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: once for each step since it was last opened. A clock that comes late finds nothing to note."""
    by_clock(act, command.today, Rule.OVERDUE_BY_CLOCK)
    received(command.feedback_id, feedback)
    due = feedback.due(command.step)
    if due is None or command.today <= due or feedback.done(command.step) or command.step in feedback.overdue:
        return []
    return [FeedbackOverdue(feedback_id=command.feedback_id, step=command.step, due=due, seen=command.today)]
