"""A book of documents as a file: .docx and PDF to print and sign, .xlsx and CSV to work with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from services.records.printed import comma, spreadsheet
from services.records.printed.books import Book, padded
from services.records.printed.layout import Masthead
from services.records.printed.linked import LinkedSheet
from services.records.printed.listing import Ask, Listing, Told, code_version, listing
from services.records.printed.pdf import as_pdf
from services.records.printed.source import told
from shared.catalogue import say
from shared.catalogue.presentation import day

NOTHING: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The time of a book in which nothing stands."""
FORMS: Final = ("docx", "pdf", "xlsx", "csv")


@dataclass
class FilledBook:
    """The lines of a book in its order; `called` is the committee's name on the day."""

    book: Book
    year: int
    called: str
    series: str | None
    rows: Sequence[Mapping[str, Any]]
    listed: Listing

    @property
    def lines(self) -> list[list[str]]:
        return [self.book.line(row) for row in self.rows]

    @property
    def title(self) -> str:
        return say(f"books.{self.book.name}")


def read_book(
    ask: Ask,
    book: Book,
    year: int,
    series: str | None,
    on: date,
    progress: Told | None = None,
    **moment: Any,
) -> FilledBook:
    """The book of a year; of the documents that went out of one series or, without it, of all."""
    filters: dict[str, Any] = {"year": year}
    if series and book.register == "outgoing":
        filters["series"] = series
    listed = listing(ask, book.register, on, progress, filters=filters, **moment)
    rows = sorted((row for row in listed.rows if book.has(row)), key=lambda row: _place(book, row))
    return FilledBook(book, year, called(ask, listed.committee, moment), series, rows, listed)


def called(ask: Ask, committee: str, moment: Mapping[str, Any]) -> str:
    """The name of the committee, as of the same moment; its id where nothing was recorded of it."""
    parts = {name: moment[name] for name in ("as_of", "at_position", "recorded_by") if moment.get(name)}
    rows = ask("committees", limit=1, **parts)["rows"]
    return str(rows[0]["name"]) if rows else committee


def write_book(target: Path, form: str, made: FilledBook, soffice: Path | None = None) -> None:
    """In one of `FORMS`. Raises NoPdf."""
    match form:
        case "csv":
            comma.write_rows(target, made.book.headings, made.lines)
        case "xlsx":
            source = {say("exports.book"): f"{made.title}, {made.year}", **told(made.listed)}
            spreadsheet.write_workbook(target, made.title, made.book.headings, made.lines, lambda: source)
        case "pdf":
            target.write_bytes(as_pdf(printed(made), soffice))
        case _:
            target.write_bytes(printed(made))


def printed(made: FilledBook) -> bytes:
    """The cover and the pages, A4 across; the headings stand on each of them."""
    sheet = LinkedSheet(mark=_mark(made.listed), landscape=True)
    sheet.masthead(Masthead(body=made.called))
    for _ in range(4):
        sheet.add("text", "")
    sheet.title(made.title, say("books.year", year=made.year))
    for line in _cover(made):
        sheet.add("to", line)
    sheet.section(landscape=True)
    numbers = [f"({number})" for number in range(1, len(made.book.columns) + 1)]
    sheet.table(
        made.book.headings,
        [numbers, *(made.lines or [[""] * len(numbers)])],
        [one.width for one in made.book.columns],
        [one.aligned for one in made.book.columns],
    )
    sheet.centred(1)
    version = str(made.listed.position)
    return sheet.docx(f"{made.title}, {made.year}", made.called, _last(made.rows), version)


def _cover(made: FilledBook) -> Sequence[str]:
    """From which day and number to which; the number of the volume is for the hand."""
    days = [str(row[made.book.begun]) for row in made.rows if row.get(made.book.begun)]
    numbers = [int(row[made.book.number]) for row in made.rows]
    lines = [say("books.series", series=made.series)] if made.series else []
    if days:
        lines.append(say("books.days", first=day(min(days)), last=day(max(days))))
    several = len({row.get("series") for row in made.rows}) > 1
    if numbers and not several:  # numbers of several series are no range
        lines.append(say("books.numbers", first=padded(min(numbers)), last=padded(max(numbers))))
    return [*lines, say("books.volume")]


def _mark(listed: Listing) -> str:
    return say("books.mark", position=listed.position, epoch=listed.epoch or "—", code=code_version())


def _last(rows: Sequence[Mapping[str, Any]]) -> datetime:
    """When the last of their events was recorded."""
    return max((datetime.fromisoformat(str(row["recorded"])) for row in rows), default=NOTHING)


def _place(book: Book, row: Mapping[str, Any]) -> tuple[str, int]:
    return str(row.get("series") or ""), int(row[book.number])
