"""Who is to remedy what feedback complains of, what they did, and what the sender is told."""

from services.feedback import limits
from services.feedback.commands import (
    AnswerFeedback,
    DirectFeedback,
    PassOnAnswer,
    RecordRemedy,
    TransferFeedback,
)
from services.feedback.events import (
    FeedbackAnswered,
    FeedbackDirected,
    FeedbackEvent,
    FeedbackRemedied,
    FeedbackTransferred,
    Step,
)
from services.feedback.rules import Rule
from services.feedback.state import Feedback, directed_head, handed_on, received, still_open
from services.members.capacity import LEADERS, Capacity, for_the_chair
from services.members.events import Matter
from shared.decider import require
from shared.envelope import Act


def direct(command: DirectFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D4.2, D7.6: a leader has an agency remedy it, or an outside authority does by its document.
    D12.3: what concerns the regulation itself is for the chair alone."""
    still_open(command.feedback_id, feedback)
    require(
        act.in_capacity(Capacity.ISSUER, *LEADERS),
        Rule.DIRECTED_BY_LEADERS,
        "only the chair or a deputy directs it, or an outside authority by its document",
    )
    require(
        not feedback.about_regulation or for_the_chair(act, Matter.FEEDBACK),
        Rule.REGULATION_GOES_TO_CHAIR,
        "it concerns the regulation: only the chair, or who acts for the chair, decides",
    )
    waits_for_chair = feedback.about_regulation and not feedback.decided_by_chair
    if (command.to, command.instruction) in feedback.instructions and not waits_for_chair:
        return []
    before = feedback.lies_with if feedback.directed else ()
    return [
        FeedbackDirected(
            feedback_id=command.feedback_id,
            to=command.to,
            instruction=command.instruction,
            lies_with=tuple(dict.fromkeys((*before, command.to))),
        )
    ]


def record_remedy(command: RecordRemedy, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: the agency that was directed says what it did."""
    still_open(command.feedback_id, feedback)
    require(
        directed_head(act, feedback),
        Rule.REMEDIED_BY_DIRECTED,
        f"only a directed agency remedies: {', '.join(feedback.lies_with) if feedback.directed else 'none'}",
    )
    agency = act.actor.mandate.agency
    if (agency, command.what) in feedback.remedies:
        return []
    return [FeedbackRemedied(feedback_id=command.feedback_id, what=command.what, agency=agency)]


def answer(command: AnswerFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: the sender is told, by the focal point or by who remedied it. D12.3: about the regulation it is
    told what the chair decided."""
    still_open(command.feedback_id, feedback)
    require(
        act.in_capacity(Capacity.FOCAL_POINT) or directed_head(act, feedback),
        Rule.ANSWERED_BY_COMPETENT,
        "only the focal point or a directed agency answers",
    )
    if feedback.answer == (command.answer, command.document):
        return []
    require(
        not feedback.anonymous,
        Rule.SENDER_IS_NAMED,
        "it is anonymous, nobody can be answered: decline it",
    )
    require(
        not feedback.about_regulation or feedback.decided_by_chair or act.source is not None,
        Rule.REGULATION_ANSWERED_BY_DECISION,
        "it concerns the regulation: the chair, or who acts for the chair, first directs what becomes of it",
    )
    return [
        FeedbackAnswered(
            feedback_id=command.feedback_id,
            answer=command.answer,
            document=command.document,
            late=limits.late(act, feedback, Step.ANSWER),
        )
    ]


def pass_on(command: PassOnAnswer, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: a duplicate is answered like the one that it says again, unless its sender has an answer."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.ANSWER_FOLLOWS_MAIN,
        "it follows from the answer to the other; answer this one itself instead",
    )
    received(command.feedback_id, feedback)
    linked = feedback.duplicate_of == command.duplicate_of
    if not linked or feedback.end is not None or feedback.answer is not None or feedback.anonymous:
        return []
    return [
        FeedbackAnswered(
            feedback_id=command.feedback_id,
            answer=command.answer,
            document=command.document,
            late=limits.late(act, feedback, Step.ANSWER),
            same_as=command.duplicate_of,
        )
    ]


def transfer(command: TransferFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D1: open feedback follows its agency; what was closed or moved on meanwhile stays."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.FOLLOWS_ITS_AGENCY,
        "it follows its agency by itself; a leader directs it anew instead",
    )
    received(command.feedback_id, feedback)
    if feedback.end is not None or command.from_agency not in feedback.lies_with:
        return []
    lies_with = handed_on(feedback.lies_with, command.from_agency, command.to)
    if lies_with == feedback.lies_with:
        return []
    return [
        FeedbackTransferred(
            feedback_id=command.feedback_id,
            from_agency=command.from_agency,
            to=command.to,
            reason=command.reason,
            lies_with=lies_with,
        )
    ]
