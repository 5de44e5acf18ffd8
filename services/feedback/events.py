"""What happened to feedback and recommendations: the published language of this context."""

from typing import ClassVar

from pydantic import Field

from shared.messages import AgencyId, DocumentRef, Event, Message


class Attachment(Message):
    """A file by its digest (SHA-256, hex); the file itself lies outside the events."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(min_length=1, max_length=500)
    media_type: str = Field(min_length=1, max_length=200)
    size: int = Field(ge=0)


class FeedbackReceived(Event):
    """The focal point received it (D7.6); `about_regulation` where that is the difficulty (D12.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    subject: str
    content: str | None = None
    sender: AgencyId | None = None
    sender_wording: str | None = None
    about_regulation: bool = False
    received_by: AgencyId | None = None
    attachments: tuple[Attachment, ...] = ()


class FeedbackClassified(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    field: str


class FeedbackCollated(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    summary: str


class FeedbackReported(Event):
    """It lies before the committee (D7.6), or the chair (D12.3)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6", "D12.3")
    feedback_id: str
    report: str
    document: DocumentRef | None = None


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
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    answer: str
    document: DocumentRef | None = None


class FeedbackClosed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str


class FeedbackReopened(Event):
    """It goes on with those who had it, and needs a new answer."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.6",)
    feedback_id: str
    reason: str
    lies_with: tuple[AgencyId, ...]


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
    | FeedbackCollated
    | FeedbackReported
    | FeedbackDirected
    | FeedbackRemedied
    | FeedbackAnswered
    | FeedbackClosed
    | FeedbackReopened
    | FeedbackLinked
    | FeedbackTransferred
)
