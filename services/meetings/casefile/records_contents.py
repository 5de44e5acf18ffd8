"""The table of contents of a file, and the papers that it must hold against those that it does (D7.8)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.meetings.casefile.events import (
    Answered,
    CaseFileClosed,
    CaseFileOpened,
    DocumentExpected,
    DocumentFiled,
    ExpectationWaived,
    Expected,
    FiledDocumentRemoved,
    MatterEnded,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows, metadata, provenance, provenance_columns

case_documents: Final = Table(
    "case_documents",
    metadata,
    Column("committee", String, primary_key=True),
    Column("case_file", String, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String),  # the abbreviation of the type
    Column("number", String),
    Column("date", String),
    Column("issuer", String),
    Column("subject", String, nullable=False),
    Column("pages", Integer),
    Column("digest", String),
    Column("file_name", String),
    Column("media_type", String),
    Column("size", Integer),
    Column("paper_at", String),
    Column("draft", Boolean, nullable=False),
    Column("satisfies", JSON, nullable=False),
    Column("state", String, nullable=False),  # filed, removed
    Column("state_because", String),
    *provenance_columns(),
)

case_papers: Final = Table(
    "case_papers",
    metadata,
    Column("committee", String, primary_key=True),
    Column("case_file", String, primary_key=True),
    Column("paper", String, primary_key=True),
    Column("paper_kind", String, nullable=False),
    Column("number", String),
    Column("date", String),
    Column("digest", String),
    Column("title", String),
    Column("documents", JSON, nullable=False),  # places in the table of contents
    Column("waived", Boolean, nullable=False),
    Column("state", String, nullable=False),  # lacking, filed, waived
    Column("state_because", String),
    *provenance_columns(),
)


def contents(db: Rows, envelope: Envelope[Event], key: dict[str, Any]) -> None:
    """What an event of a file changes in its contents and in what it must hold."""
    match envelope.event:
        case CaseFileOpened() as opened:
            _expect(db, envelope, key, opened.expected)
        case DocumentExpected() | MatterEnded():
            _expect(db, envelope, key, envelope.event.expected)
            _answer(db, key, envelope.event.answered)
        case ExpectationWaived() as waived:
            told = {"waived": True, "state_because": waived.reason}
            db.change(case_papers, {**key, "paper": waived.key}, told)
            _settle(db, {**key, "paper": waived.key})
        case DocumentFiled() as filed:
            db.put(case_documents, {**key, "ordinal": filed.ordinal}, _filed(envelope, filed))
            _answer(db, key, [Answered(key=one, ordinal=filed.ordinal) for one in filed.satisfies])
        case FiledDocumentRemoved() as removed:
            _remove(db, key, (removed.ordinal,), removed.reason)
        case CaseFileClosed() as closed:
            _remove(db, key, closed.removed, None)


def counted(db: Rows, key: dict[str, Any]) -> dict[str, int]:
    """How many papers the file must hold and lacks, how many documents and pages it holds."""
    papers = db.find(case_papers, key)
    held = [row for row in db.find(case_documents, key) if row["state"] == "filed"]
    return {
        "expected": len(papers),
        "lacking": sum(row["state"] == "lacking" for row in papers),
        "filed": len(held),
        "pages": sum(row["pages"] or 0 for row in held),
    }


def _expect(db: Rows, envelope: Envelope[Event], key: dict[str, Any], expected: Iterable[Expected]) -> None:
    """What is asked anew stands for what was asked before under the same key, with what it had."""
    for paper in expected:
        cited = paper.document
        values = {
            "paper_kind": paper.what.value,
            "number": cited.number if cited else None,
            "date": cited.date.isoformat() if cited and cited.date else None,
            "digest": paper.digest,
            "title": paper.title,
            "waived": False,
            "state_because": None,
        }
        at = {**key, "paper": paper.key}
        known = db.find(case_papers, at)
        fresh = {"documents": list(known[0]["documents"]) if known else [], "state": "lacking"}
        db.put(case_papers, at, {**values, **fresh, **provenance(envelope)})
        _settle(db, at)


def _answer(db: Rows, key: dict[str, Any], answered: Iterable[Answered]) -> None:
    for one in answered:
        at = {**key, "paper": one.key}
        for row in db.find(case_papers, at):
            found = sorted({*row["documents"], one.ordinal})
            db.change(case_papers, at, {"documents": found})
            _settle(db, at)


def _remove(db: Rows, key: dict[str, Any], ordinals: Sequence[int], because: str | None) -> None:
    for ordinal in ordinals:
        told = {"state": "removed", "state_because": because}
        db.change(case_documents, {**key, "ordinal": ordinal}, told)
    for row in db.find(case_papers, key) if ordinals else ():
        left = [ordinal for ordinal in row["documents"] if ordinal not in ordinals]
        at = {**key, "paper": row["paper"]}
        if left != row["documents"]:
            db.change(case_papers, at, {"documents": left})
            _settle(db, at)


def _settle(db: Rows, at: dict[str, Any]) -> None:
    for row in db.find(case_papers, at):
        state = "filed" if row["documents"] else "waived" if row["waived"] else "lacking"
        db.change(case_papers, at, {"state": state})


def _filed(envelope: Envelope[Event], filed: DocumentFiled) -> dict[str, Any]:
    cited, content = filed.document, filed.content
    return {
        "kind": filed.type_code.value if filed.type_code else None,
        "number": cited.number if cited else None,
        "date": cited.date.isoformat() if cited and cited.date else None,
        "issuer": cited.issuer if cited else None,
        "subject": filed.subject,
        "pages": filed.pages,
        "digest": content.digest if content else None,
        "file_name": content.name if content else None,
        "media_type": content.media_type if content else None,
        "size": content.size if content else None,
        "paper_at": filed.paper_at,
        "draft": filed.draft,
        "satisfies": list(filed.satisfies),
        "state": "filed",
        "state_because": None,
        **provenance(envelope),
    }
