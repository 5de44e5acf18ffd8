"""Records of programmes, of progress, and of every figure with its day and its source (D7.1, D7.3, D7.8)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.tasks.events import (
    ContextEvent,
    ContextNoted,
    PlannedItem,
    ProgrammeAmended,
    ProgrammeDrafted,
    ProgrammeEvent,
    ProgrammeIssued,
    ProgrammeRegistered,
    ProgrammeReturned,
    ProgrammeSubmitted,
    ProgressReported,
)
from services.tasks.trails import entry, grown
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

programmes = Table(
    "programmes",
    metadata,
    Column("committee", String, primary_key=True),
    Column("programme", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("year", Integer),
    Column("kind", String),  # which of the three that the chair issues; None where nobody said
    Column("state", String, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("items", JSON, nullable=False),
    Column("number", String),
    Column("issuer", String),
    Column("basis", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)

progress = Table(
    "progress",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("programme", String, nullable=False),
    Column("summary", String, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("as_of", String, nullable=False),
    Column("estimated", Boolean, nullable=False),
    *provenance_columns(),
)

figures = Table(
    "figures",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("figure", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("kind", String, nullable=False),  # target, reported, or noted beside the committee's work
    Column("estimated", Boolean, nullable=False),
    Column("origin", String, nullable=False),  # the record it was stated for: `programme:…`, `context:…`
    *provenance_columns(),
)

context = Table(
    "context",
    metadata,
    Column("committee", String, primary_key=True),
    Column("context", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("positions", JSON, nullable=False),
    Column("because", String, nullable=False),
    *provenance_columns(),
)


def programme_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a programme, with its items and every step that it took."""
    match envelope.event:
        case ProgrammeDrafted() as drafted:
            content: dict[str, Any] = {
                "title": drafted.title,
                "year": drafted.year,
                "kind": drafted.kind.value if drafted.kind else None,
                "items": _items(drafted.items),
            }
            fresh = {"state": "drafted", "outside": False, "number": None, "issuer": None, "basis": []}
            _begin(db, envelope, drafted.programme_id, {**content, **fresh})
        case ProgrammeSubmitted() as submitted:
            _step(db, envelope, submitted.programme_id, {"state": "submitted"})
        case ProgrammeReturned() as returned:
            reasons = list(returned.reasons)
            _step(db, envelope, returned.programme_id, {"state": "returned"}, reasons=reasons)
        case ProgrammeIssued() as issued:
            document = envelope.meta.document
            content = {
                "title": issued.title,
                "year": issued.year,
                "kind": issued.kind.value if issued.kind else None,
                "items": _items(issued.items),
                "number": cited(document),
                "issuer": document.issuer if document else None,
            }
            _step(db, envelope, issued.programme_id, {"state": "issued", **content, **provenance(envelope)})
        case ProgrammeAmended() as amended:
            content = {"title": amended.title, "items": _items(amended.items)}
            _step(db, envelope, amended.programme_id, content, reason=amended.reason)
        case ProgrammeRegistered() as registered:
            content = {
                "title": registered.title,
                "year": registered.year,
                "state": "registered",
                "outside": True,
                "items": [],
                "number": cited(registered.document),
                "issuer": registered.document.issuer if registered.document else None,
                "basis": [str(document) for document in registered.basis],
            }
            _begin(db, envelope, registered.programme_id, content)


def progress_list(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a report of progress; none takes the place of another."""
    match envelope.event:
        case ProgressReported() as reported:
            values = {
                "programme": reported.programme_id,
                "summary": reported.summary,
                "figures": reported.figures,
                "as_of": str(reported.as_of),
                "estimated": reported.estimated,
            }
            db.put(progress, _by_event(envelope), {**values, **provenance(envelope)})


def figure_list(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a figure and statement, so that restated and contradicting values stand side by side."""
    day = str(envelope.meta.effective_at)
    match envelope.event:
        case ProgrammeRegistered() as registered:
            origin = f"programme:{registered.programme_id}"
            _figures(db, envelope, registered.figures, {"as_of": day, "kind": "target", "origin": origin})
        case ProgressReported() as reported:
            origin, as_of = f"programme:{reported.programme_id}", str(reported.as_of)
            values = {"as_of": as_of, "kind": "reported", "origin": origin, "estimated": reported.estimated}
            _figures(db, envelope, reported.figures, values)
        case ContextNoted() as noted:
            origin = f"context:{noted.context_id}"
            _figures(db, envelope, noted.figures, {"as_of": day, "kind": "noted", "origin": origin})


def context_list(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a fact that is no act of this committee."""
    match envelope.event:
        case ContextNoted() as noted:
            key = {"committee": envelope.committee, "context": noted.context_id}
            values = noted.model_dump(mode="json", exclude={"context_id"})
            db.put(context, key, {**values, **provenance(envelope)})


def _begin(db: Rows, envelope: Envelope[Event], programme_id: str, values: Mapping[str, Any]) -> None:
    """Write the row of a programme, with the steps that it may have taken already."""
    key = _programme(envelope, programme_id)
    steps = grown(db, programmes, programmes.c.steps, key, entry(envelope))
    db.put(programmes, key, {**values, "steps": steps, **provenance(envelope)})


def _step(
    db: Rows, envelope: Envelope[Event], programme_id: str, values: Mapping[str, Any], **said: Any
) -> None:
    key = _programme(envelope, programme_id)
    steps = grown(db, programmes, programmes.c.steps, key, entry(envelope, **said))
    db.change(programmes, key, {**values, "steps": steps})


def _figures(
    db: Rows, envelope: Envelope[Event], stated: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    for figure, value in stated.items():
        row = {"value": str(value), "estimated": False, **values, **provenance(envelope)}
        db.put(figures, {**_by_event(envelope), "figure": figure}, row)


def _items(items: tuple[PlannedItem, ...]) -> list[dict[str, Any]]:
    return [item.model_dump(mode="json") for item in items]


def _programme(envelope: Envelope[Event], programme_id: str) -> dict[str, str]:
    return {"committee": envelope.committee, "programme": programme_id}


def _by_event(envelope: Envelope[Event]) -> dict[str, str]:
    return {"committee": envelope.committee, "event_id": str(envelope.event_id)}


READ_MODELS = (
    ReadModel("programmes", (programmes,), programme_sheet, ProgrammeEvent),
    ReadModel("progress", (progress,), progress_list, ProgrammeEvent),
    ReadModel("figures", (figures,), figure_list, ProgrammeEvent | ContextEvent),
    ReadModel("context", (context,), context_list, ContextEvent),
)
