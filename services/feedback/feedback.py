"""Feedback from receipt to answer. What it decides stands in the rooms `handling.py`, `not_taken_up.py`,
`remedy.py` and `limits.py`."""

from dataclasses import replace
from typing import assert_never

from services.feedback import handling, limits, not_taken_up, remedy
from services.feedback.commands import (
    AnswerFeedback,
    ClassifyFeedback,
    CloseFeedback,
    CollateFeedback,
    DeclineFeedback,
    DirectFeedback,
    FeedbackCommand,
    ForwardFeedback,
    LinkDuplicate,
    MarkFeedbackOverdue,
    PassOnAnswer,
    ReceiveFeedback,
    RecordRemedy,
    ReopenFeedback,
    ReportFeedback,
    TransferFeedback,
)
from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackClosed,
    FeedbackCollated,
    FeedbackDeclined,
    FeedbackDirected,
    FeedbackEvent,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackOverdue,
    FeedbackReceived,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
)
from services.feedback.state import End, Feedback
from shared.decider import Decider
from shared.envelope import Act


def decide(command: FeedbackCommand, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    match command:
        case ReceiveFeedback():
            return handling.receive(command, act, feedback)
        case ClassifyFeedback():
            return handling.classify(command, act, feedback)
        case DeclineFeedback():
            return not_taken_up.decline(command, act, feedback)
        case ForwardFeedback():
            return not_taken_up.forward(command, act, feedback)
        case CollateFeedback():
            return handling.collate(command, act, feedback)
        case ReportFeedback():
            return handling.report(command, act, feedback)
        case DirectFeedback():
            return remedy.direct(command, act, feedback)
        case RecordRemedy():
            return remedy.record_remedy(command, act, feedback)
        case AnswerFeedback():
            return remedy.answer(command, act, feedback)
        case PassOnAnswer():
            return remedy.pass_on(command, act, feedback)
        case CloseFeedback():
            return handling.close(command, act, feedback)
        case ReopenFeedback():
            return handling.reopen(command, act, feedback)
        case MarkFeedbackOverdue():
            return limits.mark_overdue(command, act, feedback)
        case LinkDuplicate():
            return handling.link(command, act, feedback)
        case TransferFeedback():
            return remedy.transfer(command, act, feedback)
        case _:
            assert_never(command)


def evolve(feedback: Feedback, event: FeedbackEvent) -> Feedback:
    match event:
        case FeedbackReceived():
            return Feedback(
                received=True,
                about_regulation=event.about_regulation,
                sender=event.sender,
                anonymous=event.anonymous,
                sender_known=bool(event.sender or event.sender_wording) and not event.anonymous,
                forward_by=event.forward_by,
                answer_by=event.answer_by,
                lies_with=(event.received_by,) if event.received_by else (),
            )
        case FeedbackClassified():
            about = feedback.about_regulation if event.about_regulation is None else event.about_regulation
            return replace(feedback, field=event.field, about_regulation=about)
        case FeedbackDeclined():
            return replace(feedback, end=End.DECLINED, ended_as=(event.reason, event.told, None))
        case FeedbackForwarded():
            ended_as = (event.to, event.notice, event.document)
            return replace(feedback, end=End.FORWARDED, ended_as=ended_as)
        case FeedbackCollated():
            return replace(feedback, summary=event.summary)
        case FeedbackReported():
            return replace(feedback, report=(event.report, event.document, event.to_chair))
        case FeedbackDirected():
            return replace(
                feedback,
                directed=True,
                lies_with=event.lies_with,
                instructions=feedback.instructions | {(event.to, event.instruction)},
                decided_by_chair=feedback.decided_by_chair or feedback.about_regulation,
            )
        case FeedbackRemedied():
            return replace(feedback, remedies=feedback.remedies | {(event.agency, event.what)})
        case FeedbackAnswered():
            return replace(feedback, answer=(event.answer, event.document))
        case FeedbackClosed():
            return replace(feedback, end=End.CLOSED)
        case FeedbackReopened():
            return replace(
                feedback,
                end=None,
                ended_as=None,
                answer=None,
                remedies=frozenset(),
                overdue=frozenset(),
                forward_by=event.forward_by,
                answer_by=event.answer_by,
                lies_with=event.lies_with,
            )
        case FeedbackOverdue():
            return replace(feedback, overdue=feedback.overdue | {event.step})
        case FeedbackLinked():
            return replace(feedback, duplicate_of=event.duplicate_of)
        case FeedbackTransferred():
            return replace(feedback, lies_with=event.lies_with)
        case _:
            assert_never(event)


decider: Decider[FeedbackCommand, FeedbackEvent, Feedback] = Decider(
    category="feedback",
    stream_id=lambda command: command.feedback_id,
    initial=Feedback(),
    decide=decide,
    evolve=evolve,
)
