"""`bcd records`: look at a register, or at one record with the events that prove it."""

from datetime import date
from typing import Annotated, Final

import typer

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import output, print_json
from services.cli.errors import USAGE, cli_error
from services.cli.tables import grid, print_register, record_sheet, register_table
from shared.catalogue import both, catalogue, say, text, word
from shared.catalogue.presentation import cell, day

app = typer.Typer(no_args_is_help=True)

EVIDENCE: Final = ("effective", "type", "reference", "clauses")
"""What is shown of each event behind a record."""

Name = Annotated[str, typer.Argument(help=both("cli.register"))]
AsOf = Annotated[str | None, typer.Option("--as-of", help=both("cli.as_of"), metavar="YYYY-MM-DD")]
Committee = Annotated[str | None, typer.Option(help=both("cli.committee"))]
Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]


@app.command("list", help=both("cli.records_list"))
def list_(
    name: Name,
    as_of: AsOf = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help=both("cli.filter"), metavar="COLUMN=VALUE")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=both("cli.limit"))] = 100,
    offset: Annotated[int, typer.Option(min=0, help=both("cli.offset"))] = 0,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on, filters = day_of("--as-of", as_of), filters_of(where or [])
    with asking(running("amqp_uri")) as records:
        answer = records.register(
            name, committee, as_of=on, limit=limit, offset=offset, filters=filters or None
        )
        names = {} if as_json else records.names(committee)
    if as_json:
        print_json(answer)
        return
    console = output()
    print_register(console, f"{word('register', name)}, {_on(on)}", answer, names)
    if offset + len(answer["rows"]) < answer["total"]:
        console.print(say("label.more", offset=offset + len(answer["rows"])), style="dim")


@app.command("show", help=both("cli.records_show"))
def show(
    name: Name,
    record: Annotated[str, typer.Argument(help=both("cli.record_id"))],
    as_of: AsOf = None,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on = day_of("--as-of", as_of)
    with asking(running("amqp_uri")) as records:
        answer = records.show(name, record, committee, as_of=on)
        names = {} if as_json else records.names(committee)
    if as_json:
        print_json(answer)
        return
    console = output()
    for row in answer["rows"]:
        console.print(record_sheet(f"{word('register', name)}: {record}, {_on(on)}", row, names))
    for related, rows in answer["related"].items():
        console.print(register_table(related, word("register", related), list(rows[0]), rows, names))
    headings = [word("column", column) for column in EVIDENCE]
    cells = [[cell(column, event[column]) for column in EVIDENCE] for event in answer["events"]]
    console.print(grid(say("page.events"), headings, cells))


@app.command("names", help=both("cli.records_names"))
def names(as_json: Json = False) -> None:
    keys = sorted(key for key in catalogue() if key.startswith("about."))
    known = {key.removeprefix("about."): text(key) for key in keys}
    if as_json:
        print_json({name: {"vi": about.vi, "en": about.en} for name, about in known.items()})
        return
    rows = [(name, word("register", name), about.vi) for name, about in known.items()]
    output().print(grid(say("page.registers"), ("", say("column.name"), say("page.content")), rows))


def day_of(option: str, value: str | None) -> str | None:
    """A day as people write it for a program, checked."""
    if value is None:
        return None
    try:
        if date.fromisoformat(value).isoformat() == value:  # Python reads other forms of ISO 8601 too
            return value
    except ValueError:
        pass
    raise cli_error("bad_date", USAGE, option=option, value=value)


def filters_of(pairs: list[str]) -> dict[str, str]:
    """`column=value` pairs as a filter."""
    for pair in pairs:
        if "=" not in pair:
            raise cli_error("bad_filter", USAGE, value=pair)
    return dict(pair.split("=", 1) for pair in pairs)


def _on(as_of: str | None) -> str:
    return say("label.as_of", day=day(as_of)) if as_of else say("label.now")
