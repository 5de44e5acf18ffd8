"""Which columns of a register a table shows to people; programs get all of them.

To change what a table shows: its line in `CHOSEN`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.catalogue.presentation import cell

CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "members": ("post", "role", "agency", "acting", "since", "until", "document"),
    "seats": ("post", "role", "agency", "acting", "since", "until", "ended_because"),
    "support_team": ("post", "role", "agency", "since", "document"),
    "agencies": ("name", "collective", "count", "since", "until", "successors"),
    "meetings": ("title", "held", "kind", "form", "quarter", "presiding_post", "state", "conclusions"),
    "agenda": ("title", "state", "missing", "report"),
    "attendance": ("participant", "post", "agency", "point", "status", "count", "absence", "substitute"),
    "conclusions": ("text", "meeting", "duties", "notice"),
    "opinion_rounds": ("subject", "form", "asked", "due", "answered", "state"),
    "opinions": ("round", "seat", "answer", "comments", "late", "version"),
    "programmes": ("title", "year", "number", "issuer", "state"),
    "tasks": ("title", "lead", "deadline_wording", "state", "overdue", "origin"),
    "feedback": ("subject", "sender_wording", "effective", "lies_with", "state", "answer"),
    "documents": ("number", "date", "issuer"),
    "citations": ("document_id", "role", "type", "effective"),
    "figures": ("figure", "value", "as_of", "kind", "estimated", "origin"),
    "progress": ("summary", "as_of", "estimated"),
    "context": ("title", "kind", "because"),
    "doubts": ("text", "kind", "type", "effective"),
    "head_counts": ("kind", "count", "listed", "differs", "remark", "document"),
    "responsibilities": ("seat", "field", "documents", "coordinate_with"),
}
"""By register, the columns in the order of the table; the first names the record."""

BEHIND: Final = frozenset(
    {"committee", "event", "event_id", "recorded", "position", "source", "stated", "doubts", "rank", "place"}
)
"""Columns of a register not named above that only the page of the single record shows."""

INSTEAD: Final[Mapping[str, str]] = {
    "lead": "lead_wording",
    "sender_wording": "sender",
    "date": "date_wording",
}
"""Where a column is empty, the one whose value a table shows in its place."""

NAMING: Final = ("title", "post", "name", "subject", "number", "text", "figure")
"""The columns by which a record is called, the first that it has."""


def chosen(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns worth their width: none that is empty in all of these rows."""
    wanted = CHOSEN.get(name) or tuple(column for column in columns if column not in BEHIND)
    there = [column for column in wanted if column in columns]
    return [
        column for column in there if not rows or any(cell(column, content_of(column, row)) for row in rows)
    ]


def identity(columns: Sequence[str]) -> str:
    """The column by which a record is asked for: the first after the committee."""
    return next((column for column in columns if column != "committee"), "committee")


def content_of(column: str, row: Mapping[str, Any]) -> Any:
    """The value for a column, or what stands in for it where there is none."""
    return row.get(column) or row.get(INSTEAD.get(column, column))


def title_of(row: Mapping[str, Any], otherwise: str) -> str:
    """What a record is called."""
    return next((str(row[name]) for name in NAMING if row.get(name)), otherwise)
