"""`bcd rebuild`: every register again from the events alone, compared with what was there, then switched."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.bars import bars
from services.cli.console import complain, output, print_json
from services.cli.errors import FAILED, OK, USAGE, cli_error
from services.cli.opened import of_read_database
from services.cli.tables import grid, short
from services.records.database import read_database
from services.records.rebuild import Compared, Report, rebuild
from shared.catalogue import both, say, word
from shared.eventstore.connect import open_store
from shared.settings import Settings

HASH: tuple[int, int] = (0, 12)
"""The part of a hash that a table shows."""


def command(
    switch: Annotated[
        bool | None, typer.Option("--switch/--no-switch", help=both("cli.rebuild_switch"))
    ] = None,
    discard: Annotated[bool, typer.Option("--discard", help=both("cli.rebuild_discard"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False,
) -> None:
    if discard:
        if switch is not None:
            raise cli_error("discard_or_switch", USAGE)
        _discard(of_read_database())
        return
    raise typer.Exit(rebuilt(running("esdb_uri", "database_url"), switch, as_json))


def rebuilt(settings: Settings, switch: bool | None, as_json: bool) -> int:
    """Rebuild and tell about it; the exit status, FAILED where a person has to look."""
    report = _rebuilt(settings, switch)
    if as_json:
        print_json({**asdict(report), "equal": report.equal})
    else:
        _show(report, asked=switch is not None)
    well = report.switched or (switch is False and report.equal)
    return OK if well and not report.quarantine else FAILED


def _rebuilt(settings: Settings, switch: bool | None) -> Report:
    """Rebuild with a progress bar on standard error where somebody watches."""
    from services.records.everything import MODELS

    store, database = open_store(settings), read_database(settings)
    try:
        with bars() as begin:
            return rebuild(store, database, MODELS, begin("rebuild.working"), switch=switch)
    except KeyboardInterrupt:
        if (begun := database.building()) is not None:
            complain(both("operations.goes_on", position=begun.checkpoint().position))
        raise
    finally:
        database.close()
        store.close()


def _discard(settings: Settings) -> None:
    database = read_database(settings)
    try:
        with database.rebuilding():
            gone = database.discard()
    finally:
        database.close()
    output().print(both("operations.discarded" if gone else "operations.no_candidate"), soft_wrap=True)


def _show(report: Report, *, asked: bool) -> None:
    console = output()
    headings = [word("column", name) for name in ("model", "rows", "old_hash", "new_hash", "same")]
    console.print(grid(say("rebuild.heading"), headings, [_row(one) for one in report.models]))
    if report.resumed_after:
        console.print(both("operations.resumed", position=report.resumed_after), soft_wrap=True)
    told = {"events": report.events, "position": report.position, "seconds": f"{report.seconds:.1f}"}
    console.print(both("rebuild.done", **told), soft_wrap=True)
    differing = [one for one in report.models if one.equal is False]
    if report.not_compared:
        console.print(both("rebuild.not_compared") + f": {report.not_compared}", soft_wrap=True, markup=False)
    elif not differing:
        console.print(both("rebuild.same"), soft_wrap=True)
    else:
        _differences(differing)
        names = ", ".join(one.model for one in differing)
        console.print(both("rebuild.different", names=names), soft_wrap=True, style="red")
    if report.explained and differing:
        why = "; ".join(report.explained)
        console.print(f"{both('operations.explained')}: {why}", soft_wrap=True, markup=False)
    if report.quarantine:
        console.print(both("error.quarantined"), soft_wrap=True, style="red")
    if report.switched:
        console.print(both("operations.switched", number=report.generation), soft_wrap=True)
    else:
        why = "operations.candidate_kept" if asked else "operations.not_switched"
        console.print(both(why, number=report.generation), soft_wrap=True, style="yellow")


def _row(one: Compared) -> tuple[str | Text, ...]:
    same = {True: Text("✓", style="green"), False: Text("✗", style="red"), None: Text("—")}[one.equal]
    before = (one.before or "—")[slice(*HASH)]
    return word("register", one.model), str(one.rows), before, one.after[slice(*HASH)], same


def _differences(models: Sequence[Compared]) -> None:
    """Per model how many rows differ, and examples: key, event, each column old → new."""
    console = output()
    for one in models:
        if one.difference is None:
            continue
        counts = {kind: getattr(one.difference, kind) for kind in ("added", "removed", "changed")}
        told = f"{word('register', one.model)} ({one.model}): {both('operations.counts', **counts)}"
        console.print(told, soft_wrap=True, markup=False)
        for change in one.difference.examples:
            key = ", ".join(str(value) for value in change.key.values())
            line = f"  {word('change', change.kind)}  {change.table}: {key}  ← {change.event or '—'}"
            console.print(line, soft_wrap=True, markup=False)
            for name, (old, new) in change.columns.items():
                console.print(f"       {name}: {_told(old)} → {_told(new)}", soft_wrap=True, markup=False)


def _told(value: Any) -> str:
    return "—" if value is None else short(str(value))
