"""What happened to documents that go out and come in: the published language of this subject."""

import datetime
from datetime import date
from enum import StrEnum
from typing import ClassVar

from shared.dates import Deadline
from shared.messages import AgencyId, DocumentRef, Event, Message, PersonId


class TypeCode(StrEnum):
    """The types of documents and their abbreviations (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

    RESOLUTION = "NQ"
    DECISION = "QĐ"
    DIRECTIVE = "CT"
    STATUTE = "QC"
    PROVISIONS = "QyĐ"
    COMMUNIQUE = "TC"
    NOTICE = "TB"
    GUIDANCE = "HD"
    PROGRAMME = "CTr"
    PLAN = "KH"
    OPTION = "PA"
    SCHEME = "ĐA"
    PROJECT = "DA"
    REPORT = "BC"
    MINUTES = "BB"
    SUBMISSION = "TTr"
    CONTRACT = "HĐ"
    TELEGRAM = "CĐ"
    MEMORANDUM = "BGN"
    AGREEMENT = "BTT"
    AUTHORISATION = "GUQ"
    INVITATION = "GM"
    INTRODUCTION = "GGT"
    LEAVE = "GNP"
    SENDING_SLIP = "PG"
    FORWARDING_SLIP = "PC"
    NOTICE_SLIP = "PB"
    OFFICIAL_LETTER = "CV"  # what people call it: its symbol has no abbreviation of the type


class Body(StrEnum):
    """Whose series it is: a body without a seal of its own has its own numbers."""

    COMMITTEE = "committee"
    SUPPORT_TEAM = "support_team"
    AGENCY = "agency"


class SignedFor(StrEnum):
    """What stands before the signatory's post where it is not signed in one's own office."""

    TM = "TM"  # on behalf of the collective
    Q = "Q"  # acting in the post
    KT = "KT"  # in the place of the head
    TL = "TL"  # by order of the head
    TUQ = "TUQ"  # by the head's written authorisation


class Seal(StrEnum):
    """D9.1: the seal of the provincial People's Committee, or that of the signatory's own agency."""

    PROVINCIAL_COMMITTEE = "provincial_committee"
    OWN_AGENCY = "own_agency"


class Urgency(StrEnum):
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    EXPRESS = "express"


class Secrecy(StrEnum):
    """The marks of state secrets; nothing that bears one comes into this system."""

    CONFIDENTIAL = "mật"
    SECRET = "tối mật"
    TOP_SECRET = "tuyệt mật"


class Appendix(Message):
    """A part that is issued together with the document."""

    title: str
    text_digest: str | None = None
    pages: int | None = None


class DocumentKey(Message):
    """Where an issued document is found: its series, its year and its id there."""

    series: str
    year: int
    document_id: str


class DocumentIssued(Event):
    """A document was signed, numbered and issued; from here on nothing in it changes (D2.1, D9.1).

    `number` is the next of its series and year, `symbol` what the document prints. In which capacity the
    signatory signed is told by the actor of the event.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D9.1", "D7.8")
    series: str
    year: int
    document_id: str
    number: int
    symbol: str
    type_code: TypeCode
    subject: str
    date: datetime.date
    text_digest: str
    signatory_post: str
    signatory: PersonId | None = None
    body: Body = Body.COMMITTEE
    agency: AgencyId | None = None
    signed_for: SignedFor | None = None
    authorisation: DocumentRef | None = None
    seal: Seal | None = None
    seal_agency: AgencyId | None = None
    drafted_by: str | None = None
    recipients: tuple[str, ...] = ()
    archived_by: str | None = None
    copies: int | None = None
    pages: int | None = None
    appendices: tuple[Appendix, ...] = ()
    urgency: Urgency | None = None
    replaces: DocumentKey | None = None
    corrects: DocumentKey | None = None
    reason: str | None = None


class DocumentReplaced(Event):
    """A document of equal form took the place of this one, because its content was wrong (D2.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D7.8")
    series: str
    year: int
    document_id: str
    by: DocumentRef
    by_key: DocumentKey | None = None
    reason: str = ""
    on: date | None = None
    """The day until which it stood."""


class DocumentCorrected(Event):
    """An official letter corrected the form of this document; its content stands (D2.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D7.8")
    series: str
    year: int
    document_id: str
    by: DocumentRef
    by_key: DocumentKey | None = None
    reason: str = ""


class DocumentRecalled(Event):
    """This document was called back; its number is not used again (D2.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D7.8")
    series: str
    year: int
    document_id: str
    reason: str
    notice: DocumentRef | None = None
    on: date | None = None
    """The day until which it stood."""


class DocumentDispatched(Event):
    """This document was sent (D2.1); `late` where it left after the next working day."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D7.8")
    series: str
    year: int
    document_id: str
    sent_on: date
    to: tuple[str, ...] = ()
    receipt: str | None = None
    late: bool = False


class NumberVoided(Event):
    """A number of the series belongs to no document, and this is why (D2.1, D7.8)."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.1", "D7.8")
    series: str
    year: int
    number: int
    reason: str


class SeriesHandedOver(Event):
    """The agency whose series this was came to an end; its successor goes on with the numbers (D1.2)."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D9.1")
    series: str
    year: int
    from_agency: AgencyId
    to_agency: AgencyId


SeriesEvent = (
    DocumentIssued
    | DocumentReplaced
    | DocumentCorrected
    | DocumentRecalled
    | DocumentDispatched
    | NumberVoided
    | SeriesHandedOver
)


class IncomingRegistered(Event):
    """A document of an outside body came in and has its arrival number of the year (D7.8).

    `late` where it was registered after the next working day.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8", "D2.1")
    year: int
    document_id: str
    arrival_number: int
    document: DocumentRef
    received_on: date
    subject: str
    text_digest: str
    type_code: TypeCode | None = None
    copies: int | None = None
    pages: int | None = None
    urgency: Urgency | None = None
    late: bool = False


class DuplicateNoticed(Event):
    """The same document came once more: it stays one record, and nothing that came is dropped (D7.8).

    `duplicate_of` is the record that stands; `same` says by what the two were found to be one.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    year: int
    document_id: str
    duplicate_of: str
    arrival_number: int
    same: str
    document: DocumentRef
    received_on: date
    text_digest: str | None = None
    copies: int | None = None


class IncomingForwarded(Event):
    """A document that came in was given to who deals with it (D7.8); `late` as with the registration."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8", "D2.1")
    year: int
    document_id: str
    to: str
    forwarded_on: date
    with_units: tuple[str, ...] = ()
    instruction: str = ""
    due: Deadline | None = None
    receipt: str | None = None
    late: bool = False


IncomingEvent = IncomingRegistered | DuplicateNoticed | IncomingForwarded
