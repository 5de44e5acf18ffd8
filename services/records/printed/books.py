"""The registers of documents that the clerk keeps, with the columns of Nghị định 30/2020/NĐ-CP, Phụ lục IV.

What no event tells stays empty: nobody signs for a document here, and how far its settlement has come and by
which document it was answered is for the hand to fill in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from services.records.printed.styles import Align
from shared.catalogue import say, word
from shared.catalogue.presentation import cell, day

Row = Mapping[str, Any]


@dataclass(frozen=True)
class BookColumn:
    """A column: its text under `books` in the catalogue, its width in millimetres, what stands in it."""

    key: str
    width: float
    told: Callable[[Row], str]
    aligned: Align = "left"


@dataclass(frozen=True)
class Book:
    """A book of one year; `number` is the column by which its lines run, `begun` the day of a line."""

    name: str
    register: str
    columns: tuple[BookColumn, ...]
    number: Literal["ordinal", "arrival_number"]
    begun: str
    has: Callable[[Row], bool] = lambda row: True

    @property
    def headings(self) -> list[str]:
        return [say(f"books.{one.key}") for one in self.columns]

    def line(self, row: Row) -> list[str]:
        return [one.told(row) for one in self.columns]


def padded(number: Any) -> str:
    """A number below ten has a leading zero."""
    return "" if number is None else f"{int(number):02d}"


def _day(column: str) -> Callable[[Row], str]:
    return lambda row: day(str(row.get(column) or ""))


def _text(column: str) -> Callable[[Row], str]:
    return lambda row: cell(column, row.get(column))


def _blank(_row: Row) -> str:
    """For the hand."""
    return ""


def _dated(row: Row) -> str:
    return day(str(row.get("date") or row.get("date_wording") or ""))


def _kind_and_subject(row: Row) -> str:
    """The type of the document and what it is about; a number without a document says so."""
    kind, subject = row.get("kind"), str(row.get("subject") or "")
    if _state(row) == "voided":
        return say("books.voided")
    return ". ".join(part for part in (word("kind", str(kind)) if kind else "", subject) if part)


def _cited(row: Row) -> str:
    """Type, number, day and author of a document that came in."""
    kind = row.get("kind")
    named = " ".join(part for part in (word("kind", str(kind)) if kind else "", str(row["number"])) if part)
    dated = _dated(row)
    return "\n".join(
        part for part in (named, say("books.of_day", day=dated) if dated else "", row.get("issuer")) if part
    )


def _given_to(row: Row) -> str:
    with_units = [say("books.with_unit", unit=unit) for unit in row.get("with_units") or ()]
    return "\n".join(filter(None, (row.get("forwarded_to"), *with_units)))


def _of_outgoing(row: Row) -> str:
    """What happened to the document, and what shows that it was received."""
    told = []
    if _state(row) not in ("", "issued"):
        told.append(": ".join(filter(None, (cell("state", row["state"]), row.get("state_because")))))
    for column in ("replaced_by", "corrected_by"):
        if row.get(column):
            told.append(f"{word('column', column)}: {cell(column, row[column])}")
    told += [say("books.sent", told=more) for one in row.get("receipts") or () if (more := _parts(one))]
    return "\n".join(told)


def _state(row: Row) -> str:
    """The code of the state, without the register for which it has a word of its own."""
    return str(row.get("state") or "").rpartition(".")[2]


def _parts(told: str) -> str:
    """What a line of the register says, its day as people write it; nothing where it is a day alone."""
    first, *more = told.split(" · ")
    return " · ".join((day(first), *more)) if more else ""


def _of_incoming(row: Row) -> str:
    told = [say("books.receipt", receipt=row["receipt"])] if row.get("receipt") else []
    told += [say("books.duplicate", day=_parts(one).split(" · ")[0]) for one in row.get("duplicates") or ()]
    return "\n".join(told)


def _due(row: Row) -> str:
    """The last day of the deadline, or its words where they fix none."""
    return day(str(row.get("due_latest") or row.get("due") or ""))


OUTGOING: Final = Book(
    "outgoing",
    "outgoing",
    (
        BookColumn("number", 28, _text("number")),
        BookColumn("document_day", 25, _day("date"), "center"),
        BookColumn("subject", 48, _kind_and_subject),
        BookColumn("signatory", 22, _text("signatory_post")),
        BookColumn("recipients", 30, _text("recipients")),
        BookColumn("archived_by", 20, _text("archived_by")),
        BookColumn("copies", 15, _text("copies"), "center"),
        BookColumn("sent_on", 25, _day("sent_on"), "center"),
        BookColumn("signed", 14, _blank),
        BookColumn("note", 20, _of_outgoing),
    ),
    "ordinal",
    "date",
)

INCOMING: Final = Book(
    "incoming",
    "incoming",
    (
        BookColumn("arrived_on", 25, _day("received_on"), "center"),
        BookColumn("arrival_number", 14, lambda row: padded(row.get("arrival_number")), "center"),
        BookColumn("author", 28, _text("issuer")),
        BookColumn("number", 28, _text("number")),
        BookColumn("document_day", 25, _dated, "center"),
        BookColumn("subject", 46, _kind_and_subject),
        BookColumn("given_to", 26, _given_to),
        BookColumn("given_on", 25, _day("forwarded_on"), "center"),
        BookColumn("signed", 13, _blank),
        BookColumn("note", 17, _of_incoming),
    ),
    "arrival_number",
    "received_on",
)

FOLLOW_UP: Final = Book(
    "follow_up",
    "incoming",
    (
        BookColumn("arrival_number", 16, lambda row: padded(row.get("arrival_number")), "center"),
        BookColumn("cited", 64, _cited),
        BookColumn("given_to", 44, _given_to),
        BookColumn("due", 26, _due, "center"),
        BookColumn("progress", 36, _blank),
        BookColumn("answered_by", 34, _blank),
        BookColumn("note", 40, _text("instruction")),
    ),
    "arrival_number",
    "received_on",
    lambda row: bool(row.get("forwarded_to")),
)
"""Of the documents that were given to somebody who deals with them."""

BOOKS: Final[Mapping[str, Book]] = {one.name: one for one in (OUTGOING, INCOMING, FOLLOW_UP)}
