"""Downloads: registers as .xlsx or CSV, the books of documents, invitations to meetings for calendars."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file

from services.gateway.asking import MORE, REGISTERS, Records
from services.gateway.looking import looking
from services.gateway.questions import BadNumber, NoRecord, day_asked
from services.records.printed import comma, spreadsheet
from services.records.printed.book_files import FORMS, called, read_book, write_book
from services.records.printed.books import BOOKS
from services.records.printed.listing import Listing, listing
from services.records.printed.meeting_file import meeting_file
from shared.catalogue import both
from shared.errors import InvalidRequest

exports = Blueprint("exports", __name__)

MOST: Final = 20_000
"""Rows of one download; the command line writes any number."""
FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 9999
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "docx": WORD,
    "pdf": "application/pdf",
    "ics": "text/calendar",
}


def records() -> Records:
    found: Records = current_app.config["RECORDS"]
    return found


@exports.get("/<name>.<any(xlsx, csv):form>")
def register(name: str, form: str) -> Response:
    if name not in (*REGISTERS, *MORE):
        abort(404)
    asked = looking(request.args)
    as_of = asked.as_of
    listed = listing(records().page, name, on(as_of), as_of=as_of, exported_as=form, **asked.question)
    _limited(listed)
    listed.names = records().names(listed.columns, as_of)
    write = spreadsheet.write_register if form == "xlsx" else comma.write_register
    return made_file(f"{name}{f'-{as_of}' if as_of else ''}", form, lambda target: write(target, listed))


@exports.get("/books")
def books() -> str:
    year, series = _year(), request.args.get("series", "").strip()
    return render_template("books.html", books=BOOKS, year=year, series=series, forms=FORMS)


@exports.get("/books/<name>.<any(docx, pdf, xlsx, csv):form>")
def book(name: str, form: str) -> Response:
    if name not in BOOKS:
        abort(404)
    as_of, year, series = day_asked(request.args), _year(), request.args.get("series", "").strip()
    made = read_book(
        records().page, BOOKS[name], year, series or None, on(as_of), as_of=as_of, exported_as=form
    )
    soffice = current_app.config.get("SOFFICE")
    return made_file(f"{name}-{year}", form, lambda target: write_book(target, form, made, soffice))


@exports.get("/meetings/<path:meeting>.ics")
def invitation(meeting: str) -> Response:
    asked = records()
    names = asked.names(("presiding",))
    committee = asked.committee
    try:
        made = meeting_file(asked.journal, meeting, committee, names, called(asked.page, committee, {}))
    except InvalidRequest as refused:
        if refused.where == "meeting":
            raise NoRecord("meetings", meeting) from refused
        raise
    return made_file(meeting, "ics", lambda target: target.write_bytes(made))


def on(as_of: str | None) -> date:
    """The day on which rows are read: the one asked for, or that of the system's clock."""
    if as_of:
        return date.fromisoformat(as_of)
    now: date = current_app.config["TODAY"]()
    return now


def made_file(name: str, form: str, write: Callable[[Path], Any]) -> Response:
    """The answer that hands out what `write` puts into a file; the file is gone from the folders at once."""
    with TemporaryDirectory(prefix="bcd-") as folder:
        target = Path(folder) / f"made.{form}"
        write(target)
        content = target.open("rb")
    return send_file(content, TYPES[form], as_attachment=True, download_name=f"{name}.{form}", max_age=0)


def _limited(listed: Listing) -> None:
    if listed.total > MOST:
        command = f"bcd export register {listed.name} --to {listed.name}.csv"
        raise InvalidRequest(
            "format", both("exports.download_limit", rows=listed.total, most=MOST, command=command)
        )


def _year() -> int:
    """The year asked for, or that of the day. Raises BadNumber."""
    value = request.args.get("year", "").strip()
    if not value:
        return on(None).year
    if not (value.isascii() and value.isdecimal() and FIRST_YEAR <= int(value[:9]) <= LAST_YEAR):
        raise BadNumber("year", FIRST_YEAR, LAST_YEAR)
    return int(value)
