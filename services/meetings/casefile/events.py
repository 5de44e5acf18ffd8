"""What happened to case files: the published language of this subject."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.meetings.document.events import TypeCode
from shared.messages import DocumentRef, Event, Message


class MatterKind(StrEnum):
    """What a file is about: something that begins and ends by the regulation, or anything else."""

    MEETING = "meeting"
    OPINION_ROUND = "opinion_round"
    PROGRAMME = "programme"
    INSPECTION = "inspection"
    FEEDBACK = "feedback"
    FREE = "free"


class Paper(StrEnum):
    """What a file must hold for the course of its matter to be seen."""

    INVITATION = "invitation_paper"
    MEETING_PAPER = "meeting_paper"
    WRITTEN_OPINION = "written_opinion"
    CONCLUSION = "conclusion_notice"
    MINUTES = "minutes_paper"
    REQUEST = "opinion_request"
    OPINIONS = "opinions_received"
    TALLY = "opinion_tally"
    PROGRAMME = "programme_paper"
    DECISION = "inspection_decision"
    RECORD = "inspection_record"
    INSPECTION_CONCLUSION = "inspection_conclusion"
    ATTACHMENT = "feedback_attachment"
    ANSWER = "feedback_answer"
    OTHER = "other_paper"


class Access(StrEnum):
    """Who may see a file; what is a state secret does not come into this system."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Ending(StrEnum):
    """How a matter ended; of one that was called off no paper is missing."""

    DONE = "done"
    CALLED_OFF = "called_off"


class Retention(Message):
    """How long a file is kept: the class, in the words of the version of the table that it was given by.

    Years count from the one in which the work ended; None is for ever.
    """

    class_id: str
    version: str
    years: int | None = None
    basis: str = ""


class Expected(Message):
    """A paper that the file must hold, by a key of its own in the file; with its citation or digest where one
    is known, so that it is recognised."""

    key: str
    what: Paper
    document: DocumentRef | None = None
    digest: str | None = None
    title: str | None = None


class Answered(Message):
    """A paper that was asked for and lay in the file already."""

    key: str
    ordinal: int


class FiledContent(Message):
    """The bytes of a document, which lie in the content store: SHA-256, name, media type, size in bytes."""

    digest: str
    name: str | None = None
    media_type: str | None = None
    size: int | None = None


class CaseFileOpened(Event):
    """A file was opened for a matter, and what it must hold from the beginning (D7.8).

    `year` is that of the catalogue in which it gets its number; `began` the day on which the matter began;
    `item` the number of the file plan that it was opened for.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    kind: MatterKind
    subject_id: str
    title: str
    year: int
    began: date
    retention: Retention
    item: int | None = None
    keeper: str | None = None
    access: Access = Access.INTERNAL
    language: str = "Tiếng Việt"
    note: str = ""
    expected: tuple[Expected, ...] = ()


class CaseFileRevised(Event):
    """Title, retention, keeper, access or note were settled anew; all of them as they are from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    title: str
    retention: Retention
    keeper: str | None = None
    access: Access = Access.INTERNAL
    note: str = ""


class DocumentExpected(Event):
    """The matter went on, and the file must hold these papers; `answered` are those that it has already."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    expected: tuple[Expected, ...]
    answered: tuple[Answered, ...] = ()


class ExpectationWaived(Event):
    """A paper will not come, and this is why; the file can be closed without it."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    key: str
    reason: str


class DocumentFiled(Event):
    """A document has its place in the file; `satisfies` names the papers that it is (D7.8).

    `content` are its bytes by digest; `paper_at` says where it lies on paper. A draft satisfies nothing, and
    is taken out when the file is closed.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    ordinal: int
    subject: str
    type_code: TypeCode | None = None
    document: DocumentRef | None = None
    pages: int | None = None
    content: FiledContent | None = None
    paper_at: str | None = None
    draft: bool = False
    satisfies: tuple[str, ...] = ()


class FiledDocumentRemoved(Event):
    """A document was taken out of the file; that it was there stays known."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    ordinal: int
    reason: str


class MatterEnded(Event):
    """What the file is about came to its end on a day; from that year on its retention counts."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    on: date
    ending: Ending = Ending.DONE
    expected: tuple[Expected, ...] = ()
    answered: tuple[Answered, ...] = ()


class MatterResumed(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    reason: str


class CaseFileClosed(Event):
    """The file is whole and closed: how much it holds, what was taken out as draft or duplicate, until when
    it is kept (None: for ever), by when it is submitted to the archive (None: it need not be).

    `by_decree` is one year after the end of the work, `by_law` the end of the year after; `submit_by` is the
    earlier.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    documents: int
    pages: int
    start: date
    end: date
    removed: tuple[int, ...] = ()
    keep_until: date | None = None
    by_decree: date | None = None
    by_law: date | None = None
    submit_by: date | None = None


class CaseFileReopened(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    reason: str


class CaseFileHeldBack(Event):
    """The archive agreed in writing that the file stays with its keeper until a later day."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    file_id: str
    until: date
    consent: DocumentRef
    reason: str = ""


CaseFileEvent = (
    CaseFileOpened
    | CaseFileRevised
    | DocumentExpected
    | ExpectationWaived
    | DocumentFiled
    | FiledDocumentRemoved
    | MatterEnded
    | MatterResumed
    | CaseFileClosed
    | CaseFileReopened
    | CaseFileHeldBack
)


class PlannedFile(Message):
    """A line of the file plan: number and symbol (`01.BCĐ`) once it is issued, title, retention class, who
    keeps it; the matter where it is known beforehand."""

    title: str
    retention_class: str
    number: int | None = None
    symbol: str | None = None
    keeper: str | None = None
    kind: MatterKind | None = None
    subject_id: str | None = None
    note: str = ""


class FilePlanDrafted(Event):
    """The support team drafted the plan of a year, or what is added to it; no line has its number yet.

    `first` is the place of the first of these lines in the plan."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    year: int
    items: tuple[PlannedFile, ...]
    first: int = 1
    notation: str = "BCĐ"
    organ_id: str | None = None


class FilePlanIssued(Event):
    """The chair issued what was drafted; each line has its number, which nothing else ever gets."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    year: int
    items: tuple[PlannedFile, ...]
    first: int = 1
    notation: str = "BCĐ"
    organ_id: str | None = None


class CaseFileEntered(Event):
    """A file has its code in the catalogue of the year: agency, year, number and symbol; `planned` where a
    line of the plan is meant for it."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    year: int
    file_id: str
    number: int
    symbol: str
    organ_id: str | None = None
    planned: bool = False


CatalogueEvent = FilePlanDrafted | FilePlanIssued | CaseFileEntered
