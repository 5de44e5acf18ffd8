"""What happened to feedback and recommendations: the published language of this context."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.messages import AgencyId, DocumentRef, Event, Message
from shared.personal.marking import OfRecord


class Channel(StrEnum):
    """How feedback came in."""

    WRITTEN = "written"
    TELEPHONE = "telephone"
    FORM = "form"
    SYSTEM = "system"  # an information system for feedback


class DeclineReason(StrEnum):
    """Why feedback is put into the register and not taken up."""

    ANONYMOUS = "anonymous"
    COMPLAINT = "complaint"  # has a procedure of its own
    DENUNCIATION = "denunciation"  # has a procedure of its own
    UNCLEAR = "unclear"


class Step(StrEnum):
    """What has a time limit of its own."""

    CLASSIFICATION = "classification"  # until it is known whose it is
    ANSWER = "answer"


class Attachment(Message):
    """A file by its digest (SHA-256, hex); the file itself lies outside the events."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(min_length=1, max_length=500)
    media_type: str = Field(min_length=1, max_length=200)
    size: int = Field(ge=0)


class FeedbackReceived(Event):
    """The focal point received it (D7.6); `about_regulation` where that is the difficulty (D12.3).

    `contact` refers to where the focal point keeps how to reach the sender. `forward_by` and `answer_by` are
    the last days of the limits; None where the past is recorded from a source.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    subject: str
    content: OfRecord | None = None
    sender: AgencyId | None = None
    sender_wording: OfRecord | None = None
    about_regulation: bool = False
    received_by: AgencyId | None = None
    attachments: tuple[Attachment, ...] = ()
    channel: Channel | None = None
    contact: OfRecord | None = None
    anonymous: bool = False
    forward_by: date | None = None
    answer_by: date | None = None


class FeedbackClassified(Event):
    """It is the committee's, in this field; `about_regulation` where that was looked at too (D12.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    field: str
    about_regulation: bool | None = None
    late: bool = False


class FeedbackDeclined(Event):
    """It stays in the register and is not taken up; `told` is what the sender learns, and which way to go."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    reason: DeclineReason
    told: OfRecord | None = None
    late: bool = False


class FeedbackForwarded(Event):
    """It is not the committee's and went to who is competent; `notice` is what the sender was told."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    to: str
    notice: OfRecord | None = None
    document: DocumentRef | None = None
    late: bool = False


class FeedbackCollated(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    summary: str


class FeedbackReported(Event):
    """It lies before the committee (D7.6); what concerns the regulation before the chair (D12.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    report: str
    document: DocumentRef | None = None
    to_chair: bool = False


class FeedbackDirected(Event):
    """An agency is told to remedy; `lies_with` are all who have it from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    to: AgencyId
    instruction: str
    lies_with: tuple[AgencyId, ...]


class FeedbackRemedied(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    what: str
    agency: AgencyId | None = None


class FeedbackAnswered(Event):
    """The sender has an answer; `same_as` names the feedback whose answer was passed on to a duplicate."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    answer: str
    document: DocumentRef | None = None
    late: bool = False
    same_as: str | None = None


class FeedbackClosed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str


class FeedbackReopened(Event):
    """It goes on with those who had it, and needs a new answer within a new limit."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    reason: str
    lies_with: tuple[AgencyId, ...]
    forward_by: date | None = None
    answer_by: date | None = None


class FeedbackOverdue(Event):
    """The day `due` passed and the step was not done; once for each step since it was last opened."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    step: Step
    due: date
    seen: date


class FeedbackLinked(Event):
    """It says the same as another; it stays a record of its own and is answered too."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    duplicate_of: str


class FeedbackTransferred(Event):
    """It left an agency that ended, for one or many; `lies_with` are all who have it from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D7.6")
    feedback_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...]
    reason: str
    lies_with: tuple[AgencyId, ...]


FeedbackEvent = (
    FeedbackReceived
    | FeedbackClassified
    | FeedbackDeclined
    | FeedbackForwarded
    | FeedbackCollated
    | FeedbackReported
    | FeedbackDirected
    | FeedbackRemedied
    | FeedbackAnswered
    | FeedbackClosed
    | FeedbackReopened
    | FeedbackOverdue
    | FeedbackLinked
    | FeedbackTransferred
)
