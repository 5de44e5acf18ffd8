"""`bcd records looks`: who looked at which record, and how often."""

from typing import Annotated

import typer

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import output, print_json
from services.cli.records import Committee, Json, day_of
from services.cli.tables import grid
from shared.catalogue import both, catalogue, say
from shared.catalogue.presentation import cell


def command(
    since: Annotated[str | None, typer.Option(help=both("looking.since"), metavar="YYYY-MM-DD")] = None,
    by_record: Annotated[bool, typer.Option("--by-record", help=both("looking.by_record"))] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=both("cli.limit"))] = 100,
    offset: Annotated[int, typer.Option(min=0, help=both("cli.offset"))] = 0,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    asked = {"since": day_of("--since", since), "by_record": by_record, "limit": limit, "offset": offset}
    with asking(running("amqp_uri")) as records:
        answer = records.looks(committee, **asked)
    if as_json:
        print_json(answer)
        return
    console, rows = output(), answer["rows"]
    names = [name for name in answer["columns"] if any(row[name] is not None for row in rows)]
    shown = [name for name in names if f"looking.column.{name}" in catalogue()]
    cells = [[_told(name, row[name]) for name in shown] for row in rows]
    console.print(grid(say("looking.title"), [say(f"looking.column.{name}") for name in shown], cells))
    console.print(say("label.rows_of", shown=len(rows), total=answer["total"]), style="dim")


def _told(column: str, value: object) -> str:
    if column == "question":
        return say(f"looking.question.{value}")
    return "" if value is None else cell("recorded" if column in ("at", "first", "last") else column, value)
