"""What people ask of feedback: each may be refused."""

from pydantic import Field

from services.feedback.events import Attachment
from shared.messages import AgencyId, Command, DocumentRef

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=10_000)


class ReceiveFeedback(Command):
    feedback_id: str = Id
    subject: str = Text
    content: str | None = None
    sender: AgencyId | None = None
    sender_wording: str | None = None
    about_regulation: bool = False
    received_by: AgencyId | None = None
    attachments: tuple[Attachment, ...] = ()


class ClassifyFeedback(Command):
    feedback_id: str = Id
    field: str = Text


class CollateFeedback(Command):
    feedback_id: str = Id
    summary: str = Text


class ReportFeedback(Command):
    feedback_id: str = Id
    report: str = Text
    document: DocumentRef | None = None


class DirectFeedback(Command):
    feedback_id: str = Id
    to: AgencyId
    instruction: str = Text


class RecordRemedy(Command):
    feedback_id: str = Id
    what: str = Text


class AnswerFeedback(Command):
    feedback_id: str = Id
    answer: str = Text
    document: DocumentRef | None = None


class CloseFeedback(Command):
    feedback_id: str = Id


class ReopenFeedback(Command):
    feedback_id: str = Id
    reason: str = Text


class LinkDuplicate(Command):
    feedback_id: str = Id
    duplicate_of: str = Id


class TransferFeedback(Command):
    """Feedback follows an agency that ended to its successors."""

    feedback_id: str = Id
    from_agency: AgencyId
    to: tuple[AgencyId, ...] = Field(min_length=1)
    reason: str = Text


FeedbackCommand = (
    ReceiveFeedback
    | ClassifyFeedback
    | CollateFeedback
    | ReportFeedback
    | DirectFeedback
    | RecordRemedy
    | AnswerFeedback
    | CloseFeedback
    | ReopenFeedback
    | LinkDuplicate
    | TransferFeedback
)
