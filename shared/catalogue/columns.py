"""Which columns of a register a table shows to people; programs get all of them.

To change what a table shows: its line in `CHOSEN`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.catalogue import catalogue, word, word_en
from shared.catalogue.presentation import cell

CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "members": ("post", "role", "agency", "acting", "since", "moved", "until", "document"),
    "seats": ("post", "role", "agency", "acting", "since", "moved", "until", "ended_because"),
    "support_team": ("post", "role", "agency", "acting", "since", "document"),
    "agencies": ("name", "collective", "count", "since", "until", "successors"),
    "meetings": ("title", "held", "kind", "state", "quarter", "presiding_post", "conclusions"),
    "agenda": ("title", "meeting", "state", "missing", "report"),
    "attendance": ("participant", "post", "meeting", "point", "status", "count", "absence", "substitute"),
    "conclusions": ("text", "meeting", "effective", "duties", "notice"),
    "opinion_rounds": ("subject", "state", "asked", "answered", "form", "due", "effective"),
    "opinions": ("round", "seat", "answer", "comments", "late", "version", "effective"),
    "programmes": ("title", "effective", "number", "issuer", "year", "state"),
    "tasks": ("title", "lead", "deadline_wording", "state", "effective", "origin"),
    "feedback": ("subject", "sender_wording", "effective", "lies_with", "state", "answer"),
    "documents": ("number", "date", "issuer"),
    "citations": ("type", "role", "effective"),
    "figures": ("figure", "value", "as_of", "kind", "estimated", "origin"),
    "progress": ("summary", "programme", "as_of", "estimated"),
    "context": ("title", "effective", "kind", "because"),
    "doubts": ("text", "kind", "effective", "type", "times", "source"),
    "head_counts": ("kind", "count", "listed", "differs", "effective", "document", "source"),
    "responsibilities": ("seat", "field", "documents", "coordinate_with"),
    "delegations": ("kind", "delegate_seat", "scope", "since", "until", "ended"),
    "committee_names": ("name", "since", "document"),
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

COUNTED: Final = ("asked", "duties")
"""Lists of which a table shows the length; the page of the single record shows them in full."""

NAMING: Final = ("title", "post", "name", "subject", "number", "text", "figure", "field", "summary")
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
    """The value for a column of a table, or what stands in for it where there is none."""
    content = row.get(column) or row.get(INSTEAD.get(column, column))
    return len(content) if column in COUNTED and isinstance(content, list | tuple) else content


def heading(name: str, column: str) -> str:
    """What a column is called in Vietnamese; a register may have a better word than the general one."""
    own = catalogue().get(f"heading.{name}.{column}")
    return own.vi if own else word("column", column)


def heading_en(name: str, column: str) -> str:
    """As `heading`, in English."""
    own = catalogue().get(f"heading.{name}.{column}")
    return own.en if own else word_en("column", column)


def title_of(row: Mapping[str, Any], otherwise: str) -> str:
    """What a record is called."""
    return next((cell(name, row[name]) for name in NAMING if row.get(name)), otherwise)
