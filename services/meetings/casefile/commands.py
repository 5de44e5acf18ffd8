"""What people and policies ask of case files and of the file plan: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import Field

# Whoever writes a command needs these too, so they are offered here under the same names.
from services.meetings.casefile.events import Access as Access
from services.meetings.casefile.events import Ending as Ending
from services.meetings.casefile.events import MatterKind as MatterKind
from services.meetings.casefile.events import Paper as Paper
from services.meetings.document.events import TypeCode as TypeCode
from shared.messages import Command, DocumentRef, Message

Subject = Field(min_length=1, max_length=250)
FileId = Field(min_length=3, max_length=270)
"""Kind and subject of the matter: `meeting.hop-quy-1`."""
Key = Field(min_length=1, max_length=500)
Keys = Annotated[str, Key]
Title = Field(min_length=1, max_length=1000)
Line = Field(min_length=1, max_length=500)
Word = Field(default=None, min_length=1, max_length=500)
Year = Field(ge=1945, le=2999)
YearOfFile = Field(ge=1, le=9999)
"""As a file that was opened has it; a policy that tells it on never fails of it."""
Class = Field(min_length=1, max_length=100)
Number = Field(ge=1, le=100_000)
Digest = Field(pattern=r"^[0-9a-f]{64}$")
OrganId = Field(default=None, min_length=1, max_length=35)
Notation = Field(default="BCĐ", pattern=r"^[A-ZĐ][A-ZĐ0-9]{0,14}$")


class ExpectedPaper(Message):
    """See `events.Expected`."""

    key: str = Key
    what: Paper = Paper.OTHER
    document: DocumentRef | None = None
    digest: str | None = Field(default=None, min_length=1, max_length=200)
    title: str | None = Field(default=None, min_length=1, max_length=1000)


Papers = Field(default=(), max_length=500)


class OpenCaseFile(Command):
    """The retention class is that of the kind where none is named; a free file names its own."""

    kind: MatterKind
    subject_id: str = Subject
    title: str = Title
    year: int | None = Field(default=None, ge=1945, le=2999)
    retention_class: str | None = Field(default=None, min_length=1, max_length=100)
    item: int | None = Field(default=None, ge=1, le=100_000)
    keeper: str | None = Word
    access: Access = Access.INTERNAL
    language: str = Field(default="Tiếng Việt", min_length=1, max_length=50)
    note: str = Field(default="", max_length=500)
    expected: tuple[ExpectedPaper, ...] = Papers

    @property
    def file_id(self) -> str:
        return file_id(self.kind, self.subject_id)


def file_id(kind: MatterKind, subject_id: str) -> str:
    """The file of a matter: it has one."""
    return f"{kind}.{subject_id}"


class ReviseCaseFile(Command):
    """What is left out stays as it is."""

    file_id: str = FileId
    title: str | None = Field(default=None, min_length=1, max_length=1000)
    retention_class: str | None = Field(default=None, min_length=1, max_length=100)
    keeper: str | None = Word
    access: Access | None = None
    note: str | None = Field(default=None, max_length=500)


class ExpectInCaseFile(Command):
    file_id: str = FileId
    expected: tuple[ExpectedPaper, ...] = Field(min_length=1, max_length=500)


class WaiveExpectation(Command):
    file_id: str = FileId
    key: str = Key
    reason: str = Line


class Content(Message):
    """What `bcd contents add` tells of a file; a policy knows only the digest."""

    digest: str = Digest
    name: str | None = Field(default=None, min_length=1, max_length=500)
    media_type: str | None = Field(default=None, min_length=1, max_length=200)
    size: int | None = Field(default=None, ge=0)


class FileDocument(Command):
    """`satisfies` names papers by their keys; those with the same citation or digest are found without."""

    file_id: str = FileId
    subject: str = Title
    type_code: TypeCode | None = None
    document: DocumentRef | None = None
    pages: int | None = Field(default=None, ge=1, le=100_000)
    content: Content | None = None
    paper_at: str | None = Word
    draft: bool = False
    satisfies: tuple[Keys, ...] = Papers


class RemoveFromCaseFile(Command):
    file_id: str = FileId
    ordinal: int = Number
    reason: str = Line


class EndMatter(Command):
    """Without a day it ended when the act took effect."""

    file_id: str = FileId
    on: date | None = None
    ending: Ending = Ending.DONE
    expected: tuple[ExpectedPaper, ...] = Papers


class ResumeMatter(Command):
    file_id: str = FileId
    reason: str = Title


class CloseCaseFile(Command):
    """`remove` are duplicates, by their place in the file; drafts go out by themselves."""

    file_id: str = FileId
    remove: tuple[Annotated[int, Number], ...] = Papers


class ReopenCaseFile(Command):
    file_id: str = FileId
    reason: str = Line


class HoldBackCaseFile(Command):
    file_id: str = FileId
    until: date
    consent: DocumentRef
    reason: str = Field(default="", max_length=500)


CaseFileCommand = (
    OpenCaseFile
    | ReviseCaseFile
    | ExpectInCaseFile
    | WaiveExpectation
    | FileDocument
    | RemoveFromCaseFile
    | EndMatter
    | ResumeMatter
    | CloseCaseFile
    | ReopenCaseFile
    | HoldBackCaseFile
)


class PlanItem(Message):
    """See `events.PlannedFile`."""

    title: str = Title
    retention_class: str = Class
    keeper: str | None = Word
    kind: MatterKind | None = None
    subject_id: str | None = Field(default=None, min_length=1, max_length=250)
    note: str = Field(default="", max_length=500)


class DraftFilePlan(Command):
    """After the plan was issued: what is to be added to it."""

    year: int = Year
    items: tuple[PlanItem, ...] = Field(min_length=1, max_length=1000)
    notation: str = Notation
    organ_id: str | None = OrganId


class IssueFilePlan(Command):
    year: int = Year


class EnterCaseFile(Command):
    """`item` is the line of the plan that the file was opened for."""

    year: int = YearOfFile
    file_id: str = FileId
    kind: MatterKind
    subject_id: str = Subject
    item: int | None = Field(default=None, ge=1, le=100_000)


CatalogueCommand = DraftFilePlan | IssueFilePlan | EnterCaseFile
