"""`bcd compliance`: how each clause of the regulation is kept, by quarter; one clause with its proof."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import complain, output, print_json
from services.cli.records import AsOf, Committee, Json, day_of
from services.cli.tables import grid
from shared.catalogue import both, say, word
from shared.catalogue.presentation import Names, cell, day

MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "breached": ("✗", "red"),
    "at_risk": ("!", "yellow"),
    "no_evidence": ("?", "blue"),
    "kept": ("✓", "green"),
    "no_occasion": ("·", "dim"),
}
"""The sign and colour of each state; the words stand below the table."""
MANY: Final = 5
"""Events that a table cites for one occasion; `--json` has all."""


def command(
    as_of: AsOf = None,
    since: Annotated[
        str | None, typer.Option("--since", help=both("cli.compliance_since"), metavar="YYYY-MM-DD")
    ] = None,
    clause: Annotated[str | None, typer.Option(help=both("cli.compliance_clause"), metavar="D8.1")] = None,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on, first = day_of("--as-of", as_of), day_of("--since", since)
    with asking(running("amqp_uri")) as records:
        answer = records.compliance(committee, as_of=on, since=first, clause=clause)
        if as_json:
            print_json(answer)
            return
        names = records.names(("asked",), committee, answer["as_of"])
        unknown = records.unknown(committee)
    if unknown:
        complain(unknown)
    if clause:
        _show_clause(answer["detail"], answer["quarters"], names)
    else:
        _show(answer)


def _show(answer: Mapping[str, Any]) -> None:
    console, quarters = output(), answer["quarters"]
    rows = [
        (one["clause"], one["duty"], *(sign(one["standings"][quarter]["standing"]) for quarter in quarters))
        for one in answer["clauses"]
    ]
    title = (
        f"{say('compliance.title')}: {answer['committee']}, {say('label.as_of', day=day(answer['as_of']))}"
    )
    headings = (say("compliance.clause"), say("compliance.duty"), *(cell("quarter", one) for one in quarters))
    console.print(grid(title, headings, rows, whole=(0,)))
    counts = [(_legend(state), str(count)) for state, count in answer["totals"].items()]
    console.print(grid(say("compliance.totals"), ("", ""), counts, right=(1,)))


def _show_clause(detail: Mapping[str, Any], quarters: list[str], names: Names) -> None:
    console = output()
    console.print(f"{detail['clause']} · {detail['cite']}", style="bold", markup=False)
    console.print(detail["text"], markup=False)
    states = [(cell("quarter", one), _legend(detail["standings"][one]["standing"])) for one in quarters]
    console.print(grid(say("compliance.standing"), ("", ""), states))
    rows = [
        (
            day(one["day"]),
            _legend(one["standing"]),
            Text.assemble(one["text"], (f"\n{_whose(one, names)}" if one["whose"] else "", "dim")),
            "\n".join(one["evidence"][:MANY]) + ("\n…" if len(one["evidence"]) > MANY else ""),
        )
        for one in detail["occasions"]
    ]
    if not rows:
        console.print(say("compliance.no_occasions"), style="dim")
    else:
        heads = ("day", "standing", "occasion", "evidence")
        headings = [say(f"compliance.{one}") for one in heads]
        console.print(grid(say("compliance.occasions"), headings, rows, whole=(0,)))
    proof = sum(len(found) for found in detail["evidence"].values())
    console.print(f"{say('compliance.evidence')}: {say('compliance.events', count=proof)}", style="dim")


def _whose(occasion: Mapping[str, Any], names: Names) -> str:
    """The agencies or the seat whose duty it is, by their names."""
    found = [names.get(one) or names.get(f"seat:{one}") or one for one in str(occasion["whose"]).split(", ")]
    return ", ".join(found)


def sign(standing: str) -> Text:
    mark, colour = MARKS[standing]
    return Text(mark, style=colour)


def _legend(standing: str) -> Text:
    mark, colour = MARKS[standing]
    return Text(f"{mark} {word('standing', standing)}", style=colour)
