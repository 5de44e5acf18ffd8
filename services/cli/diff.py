"""`bcd diff`: the records at two moments side by side, with the events that made each difference."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import complain, output, print_json
from services.cli.records import Committee, Json
from services.cli.tables import grid, short
from services.records.timetravel.moments import moment_written
from shared.catalogue import both, say, word
from shared.catalogue.columns import heading
from shared.catalogue.presentation import Names, cell, day

COLOURS: Final[Mapping[str, str]] = {"added": "green", "removed": "red", "changed": "yellow"}
CAUSES: Final = 5
"""Events that a table names for one record; `--json` has all."""


def command(
    before: Annotated[str, typer.Option("--from", help=both("cli.diff_from"), metavar="MOMENT")],
    after: Annotated[str, typer.Option("--to", help=both("cli.diff_to"), metavar="MOMENT")] = "now",
    register: Annotated[
        list[str] | None, typer.Option("--register", help=both("cli.diff_register"), metavar="NAME")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=both("cli.limit"))] = 100,
    offset: Annotated[int, typer.Option(min=0, help=both("cli.offset"))] = 0,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    for option, written in (("--from", before), ("--to", after)):
        moment_written(option, written)
    with asking(running("amqp_uri")) as records:
        answer = records.difference(
            committee, before=before, after=after, registers=register, limit=limit, offset=offset
        )
        if as_json:
            print_json(answer)
            return
        columns = {name for one in answer["differences"] for name in (*one["key"], *one["columns"])}
        names = records.names(columns, committee)
        unknown = None if answer["total"] else records.unknown(committee)
    if unknown:
        complain(unknown)
    _show(answer, names)


def _show(answer: Mapping[str, Any], names: Names) -> None:
    console = output()
    console.print(
        say("difference.heading", before=_moment(answer["before"]), after=_moment(answer["after"])),
        style="bold",
    )
    if not answer["total"]:
        console.print(both("difference.none"), soft_wrap=True)
        return
    for name in dict.fromkeys(one["register"] for one in answer["differences"]):
        rows = [
            _row(one, names, answer["committee"]) for one in answer["differences"] if one["register"] == name
        ]
        headings = [say(f"difference.{part}") for part in ("record", "columns", "causes")]
        console.print(grid(f"{word('register', name)}{_counts(answer['totals'][name])}", headings, rows))
    console.print(both("difference.totals", total=answer["total"], events=answer["events"]), soft_wrap=True)
    shown = answer["offset"] + len(answer["differences"])
    if shown < answer["total"]:
        console.print(both("difference.more", offset=shown), soft_wrap=True, style="dim")


def _row(one: Mapping[str, Any], names: Names, committee: str) -> tuple[Text, Text, str]:
    key = ", ".join(cell(column, value, names) or str(value) for column, value in one["key"].items())
    kind = Text(f"\n{say('difference.' + one['kind'])}", style=COLOURS[one["kind"]])
    changed = Text()
    for column, pair in one["columns"].items():
        told = [short(cell(column, pair[side], names)) for side in ("from", "to")]
        if any(told):
            line = f"{told[0]} → {told[1]}" if one["kind"] == "changed" else told[one["kind"] == "added"]
            changed.append(f"{heading(one['register'], column)}: ", style="dim").append(f"{line}\n")
    causes = [*one["causes"][:CAUSES], *(["…"] if len(one["causes"]) > CAUSES else [])]
    return Text(short(key or committee)) + kind, changed, "\n".join(causes)


def _counts(totals: Mapping[str, int]) -> str:
    counts = ", ".join(f"{count} {say(f'difference.{kind}')}" for kind, count in totals.items() if count)
    return f": {counts}"


def _moment(written: str) -> str:
    return say("difference.now") if written == "now" else day(written)
