"""What `bcd audit` says of a verification and of a drill, and how it ends."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final, NoReturn

import typer
from rich.text import Text

from services.audit.drilling import Drill
from services.audit.findings import Report
from services.audit.verifier.verify_bcd import plain
from services.cli.console import output, print_json
from services.cli.errors import FAILED, OK
from services.cli.tables import grid
from shared.catalogue import both, say

SHOWN: Final = 20
"""Findings that a person is shown; `--json` has more."""


def tell(report: Report, as_json: bool) -> NoReturn:
    """Ends the command: 0 only where nothing was found."""
    if as_json:
        print_json(report.as_dict())
        raise typer.Exit(OK if report.well else FAILED)
    console = output()
    for done in report.parts:
        counts = " · ".join(f"{word}: {count:,}" for word, count in _counted(done.counts))
        console.print(f"{say(f'audit.parts.{done.part}')}: {counts}", soft_wrap=True, markup=False)
        for remark in done.remarks:
            console.print(f"  {plain(remark)}", soft_wrap=True, markup=False)
    for finding in report.findings[:SHOWN]:
        console.print(f"✗ {plain(str(finding))}", style="red", soft_wrap=True, markup=False)
    if report.found > SHOWN:
        console.print(both("audit.more", count=report.found - SHOWN), soft_wrap=True)
    values = {"events": report.events, "position": report.position, "seconds": f"{report.seconds:.1f}"}
    if report.well:
        console.print(both("audit.well", **values), style="green", soft_wrap=True)
    else:
        first = report.findings[0].where
        told = plain(both("audit.not_well", found=report.found, first=first))
        console.print(told, style="red", soft_wrap=True, markup=False)
    raise typer.Exit(OK if report.well else FAILED)


def _counted(counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    for name, count in counts.items():
        yield say(f"audit.counts.{name}"), count


def tell_drill(done: Drill, as_json: bool) -> NoReturn:
    if as_json:
        print_json({**asdict(done), "well": done.well, "missed": done.missed})
        raise typer.Exit(OK if done.well else FAILED)
    console = output()
    rows = [
        (
            say(f"audit.tampering.{one.name}"),
            Text("✓", style="green") if one.found else Text("✗", style="red"),
            one.expected,
        )
        for one in done.tried
    ]
    headings = [say(f"audit.drill_{name}") for name in ("way", "found", "where")]
    console.print(grid(say("audit.drill_heading"), headings, rows))
    for told in done.untouched:
        console.print(f"✗ {told}", style="red", soft_wrap=True, markup=False)
    if done.lacking:
        console.print(both("audit.drill_lacking", count=done.lacking), soft_wrap=True)
    found = len(done.tried) - len(done.missed)
    if done.well:
        console.print(both("audit.drill_well", found=found, count=len(done.tried)), soft_wrap=True)
    else:
        names = ", ".join(done.missed) or say("audit.drill_untouched")
        console.print(both("audit.drill_missed", names=names), style="red", soft_wrap=True)
    raise typer.Exit(OK if done.well else FAILED)
