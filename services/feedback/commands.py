"""What people ask of feedback: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from services.feedback.events import Attachment, Channel, DeclineReason, Step
from shared.dates import Deadline
from shared.messages import AgencyId, Command, DocumentRef
from shared.personal.marking import OfRecord

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=10_000)
OptionalText = Field(default=None, min_length=1, max_length=10_000)
Title = Field(min_length=1, max_length=500)
Agency = Annotated[AgencyId, Field(min_length=1, max_length=200)]
LAST = date(2999, 12, 31)
"""No day after this one is a day by which anything is to be done: the clock has to have one after it."""


def _that_comes(deadline: Deadline) -> Deadline:
    if deadline.latest is not None and deadline.latest > LAST:
        raise ValueError(f"{deadline.latest} is no deadline")
    return deadline


Due = Annotated[Deadline, AfterValidator(_that_comes)]
Heirs = Annotated[tuple[Agency, ...], Field(min_length=1, max_length=5000)]
"""The successors of an agency that ended."""


class ReceiveFeedback(Command):
    """`contact` is a reference to where the focal point keeps how to reach the sender: no address, no number
    of a telephone. `anonymous` says that nobody signed it."""

    feedback_id: str = Id
    subject: str = Text
    content: OfRecord | None = Field(default=None, max_length=100_000)
    sender: Agency | None = None
    sender_wording: OfRecord | None = Field(default=None, max_length=1000)
    about_regulation: bool = False
    received_by: Agency | None = None
    attachments: tuple[Attachment, ...] = Field(default=(), max_length=200)
    channel: Channel | None = None
    contact: OfRecord | None = Field(default=None, pattern=r"^[A-Za-z][A-Za-z0-9._:/-]{0,199}$")
    anonymous: bool = False


class ClassifyFeedback(Command):
    feedback_id: str = Id
    field: str = Text
    about_regulation: bool | None = None


class DeclineFeedback(Command):
    """`told` is what its sender is told: why, and which way it has to go."""

    feedback_id: str = Id
    reason: DeclineReason
    told: OfRecord | None = OptionalText


class ForwardFeedback(Command):
    """To a body outside the committee that is competent; `notice` is what its sender is told meanwhile."""

    feedback_id: str = Id
    to: str = Id
    notice: OfRecord | None = OptionalText
    document: DocumentRef | None = None


class CollateFeedback(Command):
    feedback_id: str = Id
    summary: str = Text


class ReportFeedback(Command):
    feedback_id: str = Id
    report: str = Text
    document: DocumentRef | None = None


class DirectFeedback(Command):
    feedback_id: str = Id
    to: Agency
    instruction: str = Text


class RecordRemedy(Command):
    feedback_id: str = Id
    what: str = Text


class AnswerFeedback(Command):
    feedback_id: str = Id
    answer: str = Text
    document: DocumentRef | None = None


class PassOnAnswer(Command):
    """The answer that was given to one feedback, for another that was linked to it as its duplicate."""

    feedback_id: str = Id
    duplicate_of: str = Id
    answer: str = Text
    document: DocumentRef | None = None


class MarkFeedbackOverdue(Command):
    """Time as input: whether the limit of a step had passed on the day `today`."""

    feedback_id: str = Id
    step: Step
    today: date


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
    from_agency: Agency
    to: Heirs
    reason: str = Text


FeedbackCommand = (
    ReceiveFeedback
    | ClassifyFeedback
    | DeclineFeedback
    | ForwardFeedback
    | CollateFeedback
    | ReportFeedback
    | DirectFeedback
    | RecordRemedy
    | AnswerFeedback
    | PassOnAnswer
    | CloseFeedback
    | ReopenFeedback
    | MarkFeedbackOverdue
    | LinkDuplicate
    | TransferFeedback
)
