"""`bcd records`: look at a register, or at one record with the events that prove it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import complain, output, print_json
from services.cli.errors import USAGE, cli_error
from services.cli.register_options import (
    AtPosition,
    Columns,
    From,
    RecordedBy,
    Search,
    Sort,
    To,
    Where,
    moment_told,
    pairs_of,
    ranges_of,
)
from services.cli.tables import (
    actor_text,
    event_text,
    grid,
    print_register,
    record_sheet,
    register_table,
)
from shared.catalogue import both, catalogue, say, text, word
from shared.catalogue.columns import heading, identity
from shared.catalogue.presentation import Names, cell, day
from shared.catalogue.seen import seen
from shared.followers.clock import shown

app = typer.Typer(no_args_is_help=True)

EVIDENCE: Final = ("day", "type", "actor")
"""What is shown of each event behind a record."""

Name = Annotated[str, typer.Argument(help=both("cli.register"))]
AsOf = Annotated[str | None, typer.Option("--as-of", help=both("cli.as_of"), metavar="YYYY-MM-DD")]
Committee = Annotated[str | None, typer.Option(help=both("cli.committee"))]
Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]


@app.command("list", help=both("cli.records_list"))
def list_(
    name: Name,
    as_of: AsOf = None,
    at_position: AtPosition = None,
    recorded_by: RecordedBy = None,
    search: Search = None,
    where: Where = None,
    first: From = None,
    last: To = None,
    sort: Sort = None,
    column: Columns = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=both("cli.limit"))] = 100,
    offset: Annotated[int, typer.Option(min=0, help=both("cli.offset"))] = 0,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on = day_of("--as-of", as_of)
    moment = {"as_of": on, "at_position": at_position, "recorded_by": recorded_by}
    asked: dict[str, Any] = {
        "search": search,
        "filters": filters_of(where or []),
        "ranges": ranges_of(first or [], last or []),
        "sort": sort,
        "columns": column,
    }
    settings = running("amqp_uri")
    now = shown(settings.clock)()
    with asking(settings) as records:
        wanted = {part: value for part, value in asked.items() if value}
        answer = records.register(name, committee, **moment, limit=limit, offset=offset, **wanted)
        if as_json:
            print_json(answer)
            return
        names = records.names(answer["columns"], committee, on)
        unknown = None if answer["total"] else records.unknown(committee)
        together = name == "opinions" and not wanted
        beside = records.register("opinion_rounds", committee, **moment) if together else None
    if unknown:
        complain(unknown)
    console, at = output(), date.fromisoformat(on) if on else now
    if beside is not None:
        title = f"{word('register', beside['name'])}, {moment_told(moment)}"
        print_register(console, title, _seen(beside, at), names)
    title = f"{word('register', name)}, {moment_told(moment)}"
    if column:
        cells = [[cell(one, row[one], names) for one in answer["columns"]] for row in answer["rows"]]
        console.print(grid(title, [heading(name, one) for one in answer["columns"]], cells))
        console.print(say("label.rows_of", shown=len(cells), total=answer["total"]), style="dim")
    else:
        print_register(console, title, _seen(answer, at), names)
    if offset + len(answer["rows"]) < answer["total"]:
        console.print(say("label.more", offset=offset + len(answer["rows"])), style="dim")


@app.command("show", help=both("cli.records_show"))
def show(
    name: Name,
    record: Annotated[str, typer.Argument(help=both("cli.record_id"))],
    as_of: AsOf = None,
    at_position: AtPosition = None,
    recorded_by: RecordedBy = None,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on = day_of("--as-of", as_of)
    moment = {"as_of": on, "at_position": at_position, "recorded_by": recorded_by}
    settings = running("amqp_uri")
    at = date.fromisoformat(on) if on else shown(settings.clock)()
    with asking(settings) as records:
        answer = records.show(name, record, committee, **moment)
        if as_json:
            print_json(answer)
            return
        roster = answer.get("roster") or []
        columns = {column for rows in (*answer["related"].values(), roster) for column in (rows or [{}])[0]}
        names = records.names({*answer["columns"], *columns, "person"}, committee, on)
    console, owner = output(), identity(answer["columns"])
    for row in seen(name, answer["rows"], at):
        console.print(
            record_sheet(name, f"{word('register', name)}: {record}, {moment_told(moment)}", row, names)
        )
    for related, rows in answer["related"].items():
        told = seen(related, rows, at)
        console.print(register_table(related, word("register", related), list(rows[0]), told, names, owner))
    if roster:
        title = say("page.roster", day=day(answer["roster_as_of"]))
        console.print(register_table("members", title, list(roster[0]), roster, names, owner))
    headings = [word("column", column) for column in EVIDENCE]
    cells = [_evidence(event, names) for event in answer["events"]]
    console.print(grid(say("page.events"), headings, cells, whole=(0, 1)))


@app.command("names", help=both("cli.records_names"))
def names(as_json: Json = False) -> None:
    keys = [key for key in catalogue() if key.startswith("about.")]
    known = {key.removeprefix("about."): text(key) for key in keys}
    if as_json:
        print_json({name: {"vi": known[name].vi, "en": known[name].en} for name in sorted(known)})
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
    return pairs_of("--where", pairs)


def _evidence(event: Mapping[str, Any], names: Names) -> tuple[str | Text, ...]:
    """An event behind a record: its day, what happened and where it stands, who acted and why they might."""
    what = event_text(str(event["type"]), str(event["reference"]), event["clauses"])
    return day(str(event["effective"])), what, actor_text(event, names)


def _seen(answer: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The answer with its rows as they read on the day."""
    return {**answer, "rows": seen(str(answer["name"]), answer["rows"], on)}
