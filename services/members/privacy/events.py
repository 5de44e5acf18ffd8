"""What happened to requests to erase personal data: part of the published language of this context.

`subject` says whose data: `person:<id>`, `seat:<id>`, or a record as `<category>:<id>`; never a name.
"""

from datetime import date
from typing import ClassVar

from shared.messages import DocumentRef, Event


class ErasureRequested(Event):
    """Somebody asked that what is kept about a subject be erased; it is decided by the day `decide_by`."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    subject: str
    decide_by: date | None = None
    document: DocumentRef | None = None


class ErasureRefused(Event):
    """It stays, on this legal basis: processing for the work of state bodies needs nobody's consent."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D7.8")
    subject: str
    basis: str
    document: DocumentRef | None = None


class ErasureOrdered(Event):
    """It is to be erased, for this reason and by this document. Nothing is erased yet."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D7.8")
    subject: str
    ground: str
    document: DocumentRef | None = None


class PersonalDataErased(Event):
    """The key was destroyed: nobody can read the values that it sealed, wherever they still lie.

    `key_id` is None where nothing had been sealed; no key is ever made for the subject again.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    subject: str
    key_id: str | None = None
    destroyed_on: date | None = None


PrivacyEvent = ErasureRequested | ErasureRefused | ErasureOrdered | PersonalDataErased
