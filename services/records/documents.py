"""The document register (D9.1, D7.8): every document that any event rests on or mentions, and where.

Documents are told apart by number, day (or its wording) and issuer, exactly as they were cited: a number
that is only partly known stays as it is, and two ways to cite one document stand side by side.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import Column, Index, String, Table

from shared.envelope import Envelope
from shared.messages import DocumentRef, Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

documents: Final = Table(
    "documents",
    metadata,
    Column("committee", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("date", String),
    Column("date_wording", String),
    Column("issuer", String),
    *provenance_columns(),
)
"""The provenance is that of the first event that cited the document."""

citations: Final = Table(
    "citations",
    metadata,
    Column("committee", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("type", String, nullable=False),
    *provenance_columns(),
    Index("citations_by_event", "committee", "event_id"),
)
"""`role` is `ground` for the document by which the act was done, else `cited`; `place` is where it stands."""


def document_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a document, one row a citation."""
    for place, document in documents_of(envelope):
        key = {"committee": envelope.committee, "document_id": document_id(document)}
        parts = {
            "number": document.number,
            "date": document.date.isoformat() if document.date else None,
            "date_wording": document.date_wording,
            "issuer": document.issuer,
        }
        db.put_first(documents, key, {**parts, **provenance(envelope)})
        cited = {**key, "event_id": str(envelope.event_id), "place": place}
        role = "ground" if place == GROUND else "cited"
        db.put(citations, cited, {"role": role, "type": envelope.type, **provenance(envelope)})


def document_id(document: DocumentRef) -> str:
    """The parts by which a document is told from others, readable."""
    day = document.date.isoformat() if document.date else document.date_wording
    return " | ".join(part for part in (document.number, day, document.issuer) if part)


GROUND: Final = "document"


def documents_of(envelope: Envelope[Event]) -> Iterator[tuple[str, DocumentRef]]:
    """Every document of an event with the place where it stands, such as `replaces` or `items.0.basis`."""
    if envelope.meta.document is not None:
        yield GROUND, envelope.meta.document
    if envelope.meta.source is not None:
        yield from _walk("source.documents", envelope.meta.source.documents)
    yield from _walk("data", envelope.event)


def _walk(place: str, value: Any) -> Iterator[tuple[str, DocumentRef]]:
    if isinstance(value, DocumentRef):
        yield place, value
        return
    for name, item in _parts(value):
        if isinstance(item, BaseModel | dict | list | tuple):
            yield from _walk(f"{place}.{name}", item)


def _parts(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, BaseModel):
        return value
    return value.items() if isinstance(value, dict) else enumerate(value)


READ_MODELS: Final = (ReadModel("documents", (documents, citations), document_register),)
