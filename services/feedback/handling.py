"""What the focal point does with feedback: receive, classify, collate, report, close; link what is double."""

from services.feedback import limits
from services.feedback.commands import (
    ClassifyFeedback,
    CloseFeedback,
    CollateFeedback,
    LinkDuplicate,
    ReceiveFeedback,
    ReopenFeedback,
    ReportFeedback,
)
from services.feedback.events import (
    FeedbackClassified,
    FeedbackClosed,
    FeedbackCollated,
    FeedbackEvent,
    FeedbackLinked,
    FeedbackReceived,
    FeedbackReopened,
    FeedbackReported,
    Step,
)
from services.feedback.rules import Rule
from services.feedback.state import End, Feedback, by_focal_point, head_of, received, still_open
from services.members.capacity import LEADERS, Capacity, speaks_for
from shared.decider import require
from shared.envelope import Act


def receive(command: ReceiveFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6, D12.3: only the focal point receives, and names who sent it, or says that nobody signed it; a
    source may leave that open."""
    by_itself = command.received_by is None or speaks_for(act, command.received_by)
    require(
        act.in_capacity(Capacity.FOCAL_POINT) and by_itself,
        Rule.RECEIVED_BY_FOCAL_POINT,
        "only the focal point receives feedback, in its own name",
    )
    require(
        bool(command.sender or command.sender_wording) or command.anonymous or act.source is not None,
        Rule.SENDER_IS_NAMED,
        "say who sent it, who will need an answer, or that it is anonymous",
    )
    require(
        not (command.anonymous and (command.sender or command.contact)),
        Rule.SENDER_IS_NAMED,
        "it names its sender: then it is not anonymous",
    )
    require(not feedback.received, Rule.FEEDBACK_IS_NEW, f"{command.feedback_id} was received already")
    return [
        FeedbackReceived.model_validate(
            {
                **command.model_dump(),
                "received_by": command.received_by or act.actor.mandate.agency,
                "forward_by": limits.forward_by(act),
                "answer_by": limits.answer_by(act),
            }
        )
    ]


def classify(command: ClassifyFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: it is the committee's; D12.3: whether it concerns the regulation may show only now."""
    by_focal_point(act)
    still_open(command.feedback_id, feedback)
    about = command.about_regulation
    if feedback.field == command.field and about in (None, feedback.about_regulation):
        return []
    return [
        FeedbackClassified(
            feedback_id=command.feedback_id,
            field=command.field,
            about_regulation=about,
            late=limits.late(act, feedback, Step.CLASSIFICATION),
        )
    ]


def collate(command: CollateFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    by_focal_point(act)
    still_open(command.feedback_id, feedback)
    if feedback.summary == command.summary:
        return []
    return [FeedbackCollated(feedback_id=command.feedback_id, summary=command.summary)]


def report(command: ReportFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: the committee knows of it; D12.3: of a difficulty with the regulation, the chair."""
    by_focal_point(act)
    still_open(command.feedback_id, feedback)
    to_chair = feedback.about_regulation
    if feedback.report == (command.report, command.document, to_chair):
        return []
    return [
        FeedbackReported(
            feedback_id=command.feedback_id,
            report=command.report,
            document=command.document,
            to_chair=to_chair,
        )
    ]


def close(command: CloseFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: never without an answer to the sender since it was last opened."""
    by_focal_point(act)
    received(command.feedback_id, feedback)
    if feedback.end is End.CLOSED:
        return []
    still_open(command.feedback_id, feedback)
    require(
        feedback.answer is not None, Rule.ANSWERED_BEFORE_CLOSED, "the sender has no answer: answer it first"
    )
    return [FeedbackClosed(feedback_id=command.feedback_id)]


def reopen(command: ReopenFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: by the focal point, by a leader, or by the sender whom it does not satisfy; limits start anew."""
    received(command.feedback_id, feedback)
    sender = (feedback.sender,) if feedback.sender else ()
    require(
        act.in_capacity(Capacity.FOCAL_POINT, *LEADERS) or head_of(act, sender),
        Rule.REOPENED_BY_CONCERNED,
        "the focal point, a leader or the sender reopens it",
    )
    require(feedback.end is not None, Rule.CLOSED_BEFORE_REOPENED, f"{command.feedback_id} is still open")
    known = feedback.taken_up
    return [
        FeedbackReopened(
            feedback_id=command.feedback_id,
            reason=command.reason,
            lies_with=feedback.lies_with,
            forward_by=None if known else limits.forward_by(act),
            answer_by=limits.answer_by(act),
        )
    ]


def link(command: LinkDuplicate, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: what is double is linked, and never dropped; a closed one may still be linked."""
    by_focal_point(act)
    received(command.feedback_id, feedback)
    require(
        command.duplicate_of != command.feedback_id,
        Rule.DUPLICATE_OF_ANOTHER,
        f"{command.feedback_id} cannot be a duplicate of itself",
    )
    if feedback.duplicate_of == command.duplicate_of:
        return []
    return [FeedbackLinked(feedback_id=command.feedback_id, duplicate_of=command.duplicate_of)]
