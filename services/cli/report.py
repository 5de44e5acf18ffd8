"""`bcd report`: the figures of a period, a draft of the activity report, with the number of their events."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import output, print_json
from services.cli.records import Committee, Json
from services.cli.tables import grid
from shared.catalogue import both, say
from shared.catalogue.presentation import cell, number

HEADINGS = ("figure", "value", "unit", "evidence")


def command(
    period: Annotated[str, typer.Option("--period", help=both("cli.report_period"), metavar="2026-Q3")],
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    with asking(running("amqp_uri")) as records:
        answer = records.activity(period, committee)
    if as_json:
        print_json(answer)
        return
    show(answer)


def show(answer: Mapping[str, Any]) -> None:
    """The figures as a table; one that is nothing is grey. The events themselves are in `--json`."""
    console = output()
    title = say(
        "activity_draft.title", committee=answer["committee"], period=cell("period", answer["period"])
    )
    headings = [say(f"activity_draft.{name}") for name in HEADINGS]
    rows = [_row(one) for one in answer["figures"]]
    console.print(grid(title, headings, rows, right=(1, 3)))
    console.print(say("activity_draft.note"), style="dim")


def _row(figure: Mapping[str, Any]) -> tuple[Text, ...]:
    said = (
        str(figure["label"]),
        number(figure["value"]),
        str(figure["unit"] or ""),
        number(len(figure["evidence"])),
    )
    return tuple(Text(one, style="" if figure["evidence"] else "dim") for one in said)
