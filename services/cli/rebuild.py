"""`bcd rebuild`: every register again from the events alone, compared with what was there."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from services.cli.addresses import running
from services.cli.console import notes, output, print_json
from services.cli.errors import FAILED, OK
from services.cli.tables import grid
from services.records.database import read_database
from services.records.rebuild import Compared, Report, rebuild
from shared.catalogue import both, say, word
from shared.eventstore.connect import open_store
from shared.settings import Settings

HASH: tuple[int, int] = (0, 12)
"""The part of a hash that a table shows."""


def command(as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False) -> None:
    report = _rebuilt(running("esdb_uri", "database_url"))
    healthy = not report.quarantine and (report.not_compared is not None or report.equal)
    if as_json:
        print_json({**asdict(report), "equal": report.equal})
    else:
        _show(report)
    raise typer.Exit(OK if healthy else FAILED)


def _rebuilt(settings: Settings) -> Report:
    """Rebuild with a progress bar on standard error where somebody watches."""
    from services.records.everything import MODELS

    store, database = open_store(settings), read_database(settings)
    console = notes()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(say("rebuild.working"), total=None)

            def progress(_events: int, position: int, head: int) -> None:
                bar.update(task, completed=position, total=head)

            return rebuild(store, database, MODELS, progress)
    finally:
        database.close()
        store.close()


def _show(report: Report) -> None:
    console = output()
    headings = [word("column", name) for name in ("model", "rows", "old_hash", "new_hash", "same")]
    console.print(grid(say("rebuild.heading"), headings, [_row(one) for one in report.models]))
    told = {"events": report.events, "position": report.position, "seconds": f"{report.seconds:.1f}"}
    console.print(both("rebuild.done", **told), soft_wrap=True)
    if report.not_compared:
        console.print(both("rebuild.not_compared") + f": {report.not_compared}", soft_wrap=True)
    elif report.equal:
        console.print(both("rebuild.same"), soft_wrap=True)
    else:
        names = ", ".join(one.model for one in report.models if not one.equal)
        console.print(both("rebuild.different", names=names), soft_wrap=True, style="red")
    if report.quarantine:
        console.print(both("error.quarantined"), soft_wrap=True, style="red")


def _row(one: Compared) -> tuple[str | Text, ...]:
    same = {True: Text("✓", style="green"), False: Text("✗", style="red"), None: Text("—")}[one.equal]
    before = (one.before or "—")[slice(*HASH)]
    return word("register", one.model), str(one.rows), before, one.after[slice(*HASH)], same
