"""What people ask of documents that go out and come in: each may be refused."""

import datetime
from datetime import date
from typing import Annotated

from pydantic import Field

# Whoever writes a command needs these too, so they are offered here under the same names.
from services.meetings.document.events import Appendix as Appendix
from services.meetings.document.events import DocumentKey as DocumentKey
from services.meetings.document.events import Seal as Seal
from services.meetings.document.events import Secrecy as Secrecy
from services.meetings.document.events import SignedFor as SignedFor
from services.meetings.document.events import TypeCode as TypeCode
from services.meetings.document.events import Urgency as Urgency
from shared.dates import Deadline
from shared.messages import AgencyId, Command, DocumentRef

Series = Field(min_length=1, max_length=30, pattern=r"^[A-ZĐ][A-ZĐ0-9]*$")
"""The abbreviation of the issuing body, as it stands in the symbol."""
Year = Field(ge=1945, le=2999)
Id = Field(min_length=1, max_length=200, pattern=r"^[^\s/]+$")
Digest = Field(pattern=r"^[0-9a-f]{64}$")
"""SHA-256 of the text that was signed."""
Line = Field(min_length=1, max_length=500)
Lines = Annotated[str, Field(min_length=1, max_length=500)]
Unit = Field(default=None, min_length=1, max_length=30, pattern=r"^[A-ZĐ0-9.]+$")
Count = Field(default=None, ge=1, le=100_000)


class IssueDocument(Command):
    """The number is not asked for: the series gives its next one. Who asks is who signs.

    `drafted_by` is the drafting unit of an official letter; `authorisation` the paper on which TUQ. rests.
    """

    series: str = Series
    year: int = Year
    document_id: str = Id
    type_code: TypeCode
    subject: str = Line
    date: datetime.date
    text_digest: str = Digest
    signatory_post: str = Line
    seal: Seal | None
    seal_agency: AgencyId | None = Field(default=None, min_length=1, max_length=200)
    signed_for: SignedFor | None = None
    authorisation: DocumentRef | None = None
    agency: AgencyId | None = Field(default=None, min_length=1, max_length=200)
    drafted_by: str | None = Unit
    recipients: tuple[Lines, ...] = Field(min_length=1, max_length=500)
    archived_by: str | None = Field(default=None, min_length=1, max_length=500)
    copies: int | None = Count
    pages: int | None = Count
    appendices: tuple[Appendix, ...] = Field(default=(), max_length=100)
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    replaces: DocumentKey | None = None
    corrects: DocumentKey | None = None
    reason: str | None = Field(default=None, min_length=1, max_length=500)


class ReplaceDocument(Command):
    """The document `by`, of equal form, takes the place of this one."""

    series: str = Series
    year: int = Year
    document_id: str = Id
    by: DocumentKey
    by_document: DocumentRef
    by_type: TypeCode
    reason: str = Line


class CorrectDocument(Command):
    """The official letter `by` corrects the form of this document."""

    series: str = Series
    year: int = Year
    document_id: str = Id
    by: DocumentKey
    by_document: DocumentRef
    by_type: TypeCode
    reason: str = Line


class RecallDocument(Command):
    series: str = Series
    year: int = Year
    document_id: str = Id
    reason: str = Line
    notice: DocumentRef | None = None


class DispatchDocument(Command):
    """This document was sent on a day, to all of its recipients where none is named."""

    series: str = Series
    year: int = Year
    document_id: str = Id
    sent_on: date
    to: tuple[Lines, ...] = Field(default=(), max_length=500)
    receipt: str | None = Field(default=None, min_length=1, max_length=500)


class VoidNumber(Command):
    """The next number of the series stays without a document."""

    series: str = Series
    year: int = Year
    number: int = Field(ge=1, le=1_000_000)
    reason: str = Line


class HandOverSeries(Command):
    series: str = Series
    year: int = Year
    from_agency: AgencyId = Field(min_length=1, max_length=200)
    to_agency: AgencyId = Field(min_length=1, max_length=200)


SeriesCommand = (
    IssueDocument
    | ReplaceDocument
    | CorrectDocument
    | RecallDocument
    | DispatchDocument
    | VoidNumber
    | HandOverSeries
)


class RegisterIncoming(Command):
    """`document` is how the outside body cites it; a number that is only partly known stays as it is."""

    year: int = Year
    document_id: str = Id
    document: DocumentRef
    received_on: date
    subject: str = Line
    text_digest: str = Digest
    type_code: TypeCode | None = None
    copies: int | None = Count
    pages: int | None = Count
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None


class ForwardIncoming(Command):
    """`to` is who deals with it, `instruction` what a leader wrote on it, `due` when it is to be done."""

    year: int = Year
    document_id: str = Id
    to: str = Line
    forwarded_on: date
    with_units: tuple[Lines, ...] = Field(default=(), max_length=100)
    instruction: str = Field(default="", max_length=5000)
    due: Deadline | None = None
    receipt: str | None = Field(default=None, min_length=1, max_length=500)


IncomingCommand = RegisterIncoming | ForwardIncoming
