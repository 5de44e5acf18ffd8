"""`bcd records completeness`: what Điều 7.8 says should be kept of a year against what is."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import complain, output, print_json
from services.cli.errors import FAILED, OK
from services.cli.records import Committee, Json
from services.cli.tables import grid, short
from shared.catalogue import both, say, word
from shared.catalogue.presentation import day

MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "kept": ("✓", "green"),
    "waived": ("–", "dim"),
    "cited": ("!", "yellow"),
    "no_content": ("!", "yellow"),
    "source_only": ("?", "blue"),
    "missing": ("✗", "red"),
}
"""The sign and colour of each state; the words stand beside it."""
COMPLETE: Final = ("kept", "waived", "source_only")
HEADINGS: Final = ("day", "matter", "record", "standing")


def command(
    year: Annotated[int | None, typer.Option(min=1945, max=2999, help=both("cli.completeness_year"))] = None,
    lacking: Annotated[bool, typer.Option("--lacking", help=both("cli.completeness_lacking"))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=both("cli.completeness_strict"))] = False,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    with asking(running("amqp_uri")) as records:
        answer = records.completeness(committee, year=year)
        unknown = None if answer["lines"] else records.unknown(committee)
    if unknown:
        complain(unknown)
    if lacking:
        answer = {**answer, "lines": [one for one in answer["lines"] if one["state"] not in COMPLETE]}
    if as_json:
        print_json(answer)
    else:
        _show(answer)
    raise typer.Exit(FAILED if strict and not answer["whole"] else OK)


def _show(answer: Mapping[str, Any]) -> None:
    console = output()
    if answer["lines"]:
        title = f"{say('completeness.title')}: {answer['committee']}, {answer['year']}"
        headings = [say(f"completeness.{one}") for one in HEADINGS]
        console.print(grid(title, headings, [_row(one) for one in answer["lines"]], whole=(0,)))
    else:
        empty = "completeness.all_kept" if any(answer["totals"].values()) else "completeness.no_lines"
        console.print(both(empty, year=answer["year"]), soft_wrap=True)
    counts = [(_state(state), str(count)) for state, count in answer["totals"].items()]
    console.print(grid(say("completeness.totals"), ("", ""), counts, right=(1,)))


def _row(line: Mapping[str, Any]) -> tuple[str | Text, ...]:
    what = Text(word("completeness.what", line["what"]))
    if line["document"]:
        what.append(f"\n{line['document']}", "dim")
    matter = Text.assemble(short(line["title"]), (f"\n{line['register']} {line['record']}", "dim"))
    state = _state(line["state"])
    state.append(f"\n{say('completeness.events', count=len(line['evidence']))}", "dim")
    return day(line["day"]), matter, what, state


def _state(state: str) -> Text:
    mark, colour = MARKS[state]
    return Text(f"{mark} {word('completeness.state', state)}", style=colour)
