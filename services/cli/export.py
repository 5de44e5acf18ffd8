"""`bcd export`: registers as files, the books of documents, the invitation to a meeting for a calendar."""

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from services.cli.addresses import running
from services.cli.asking import Records, asking
from services.cli.bars import bars
from services.cli.console import complain, notes
from services.cli.errors import NOT_FOUND, USAGE, cli_error
from services.cli.outfile import format_of, whole
from services.cli.records import AsOf, Committee, Name, day_of, filters_of
from services.cli.register_options import (
    AtPosition,
    Columns,
    From,
    RecordedBy,
    Search,
    Sort,
    Where,
    ranges_of,
)
from services.records.printed.books import BOOKS
from shared.catalogue import both
from shared.errors import InvalidRequest
from shared.followers.clock import shown

app = typer.Typer(no_args_is_help=True)

TABLES: Final = ("xlsx", "csv")
PRINTED: Final = ("docx", "pdf", "csv", "xlsx")
To = Annotated[Path, typer.Option("--to", help=both("cli.export_to"), dir_okay=False, metavar="FILE")]
Until = Annotated[list[str] | None, typer.Option("--until", help=both("looking.to"), metavar="COLUMN=VALUE")]
"""`--to` is the file here."""


@app.command("register", help=both("cli.export_register"))
def register(
    name: Name,
    to: To,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    recorded_by: RecordedBy = None,
    search: Search = None,
    where: Where = None,
    first: From = None,
    last: Until = None,
    sort: Sort = None,
    column: Columns = None,
    committee: Committee = None,
) -> None:
    from services.records.printed import comma, spreadsheet
    from services.records.printed.listing import listing

    form = format_of(to, TABLES)
    settings, day = running("amqp_uri"), day_of("--as-of", as_of)
    on = date.fromisoformat(day) if day else shown(settings.clock)()
    asked: dict[str, Any] = {"as_of": day, "at_position": at_position, "recorded_by": recorded_by}
    asked |= {"filters": filters_of(where or []), "ranges": ranges_of(first or [], last or [])}
    asked |= {"search": search, "sort": sort, "columns": column, "exported_as": form}
    with asking(settings) as records, whole(to) as target, bars() as begin:
        told = partial(begin("exports.reading"), None)
        listed = listing(_ask(records, committee), name, on, told, **asked)
        listed.names = records.names(listed.columns, committee, day)
        (spreadsheet if form == "xlsx" else comma).write_register(target, listed)
        unknown = None if listed.total else records.unknown(committee)
    if unknown:
        complain(unknown)
    _done(to, rows=listed.count, position=listed.position, digest=listed.digest)


@app.command("book", help=both("cli.export_book"))
def book(
    name: Annotated[str, typer.Argument(help=both("cli.export_book_name"), metavar="|".join(BOOKS))],
    to: To,
    year: Annotated[int, typer.Option(min=1945, max=9999, help=both("cli.export_year"))],
    series: Annotated[str | None, typer.Option(help=both("cli.export_series"))] = None,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    recorded_by: RecordedBy = None,
    committee: Committee = None,
) -> None:
    from services.records.printed.book_files import read_book, write_book

    if name not in BOOKS:
        raise cli_error("no_book", USAGE, book=name, books=", ".join(BOOKS))
    form = format_of(to, PRINTED)
    settings, day = running("amqp_uri"), day_of("--as-of", as_of)
    on = date.fromisoformat(day) if day else shown(settings.clock)()
    moment = {"as_of": day, "at_position": at_position, "recorded_by": recorded_by, "exported_as": form}
    with asking(settings) as records, whole(to) as target, bars() as begin:
        ask = _ask(records, committee)
        made = read_book(
            ask, BOOKS[name], year, series, on, partial(begin("exports.reading"), None), **moment
        )
        write_book(target, form, made, settings.soffice)
    _done(to, rows=len(made.rows), position=made.listed.position, digest=made.listed.digest)


@app.command("calendar", help=both("cli.export_calendar"))
def calendar(
    meeting: Annotated[str, typer.Argument(help=both("cli.record_id"))],
    to: Annotated[
        Path | None, typer.Option("--to", help=both("cli.export_ics"), dir_okay=False, metavar="FILE.ics")
    ] = None,
    committee: Committee = None,
) -> None:
    from services.records.printed.meeting_file import meeting_file

    if to is not None:
        format_of(to, ("ics",))
    with asking(running("amqp_uri")) as records:
        names = records.names(("presiding",), committee)
        sheet = records.register("committees", committee, limit=1)
        called = sheet["rows"][0]["name"] if sheet["rows"] else sheet["committee"]
        journal = partial(records.ask, "journal", committee=sheet["committee"])
        try:
            made = meeting_file(journal, meeting, sheet["committee"], names, called)
        except InvalidRequest as refused:
            if refused.where == "meeting":
                raise cli_error("no_invitation", NOT_FOUND, why=refused.what) from refused
            raise
    if to is None:
        sys.stdout.write(made.decode())
        return
    with whole(to) as target:
        target.write_bytes(made)


def _ask(records: Records, committee: str | None) -> Any:
    return lambda name, **question: records.register(name, committee, **question)


def _done(to: Path, **told: object) -> None:
    notes().print(both("exports.written", file=to, **told), soft_wrap=True, markup=False)
