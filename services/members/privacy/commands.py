"""What is asked of personal data that somebody wants erased: each may be refused."""

from datetime import date

from pydantic import Field

from shared.messages import Command, DocumentRef

Subject = Field(pattern=r"^[a-z]+:\S+$", max_length=250)
Text = Field(min_length=1, max_length=2_000)


class RequestErasure(Command):
    subject: str = Subject
    document: DocumentRef | None = None


class RefuseErasure(Command):
    """`basis` names the provisions of the law by which it is kept."""

    subject: str = Subject
    basis: str = Text
    document: DocumentRef | None = None


class OrderErasure(Command):
    subject: str = Subject
    ground: str = Text
    document: DocumentRef | None = None


class RecordErasure(Command):
    """The key was destroyed in the key store: it is asked after that, never before."""

    subject: str = Subject
    key_id: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    destroyed_on: date


PrivacyCommand = RequestErasure | RefuseErasure | OrderErasure | RecordErasure
