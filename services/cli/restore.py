"""`bcd restore`: a backup into a new data folder, or with `--drill` into a scratch place, to compare."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from services.cli.console import output, print_json
from services.cli.errors import FAILED, OK, USAGE, cli_error
from services.cli.tables import grid, short
from shared.catalogue import both, say, word
from shared.settings import load_settings


def command(
    backup: Annotated[Path, typer.Argument(help=both("cli.restore_backup"))],
    data: Annotated[Path | None, typer.Option("--data", help=both("cli.restore_data"))] = None,
    drill: Annotated[bool, typer.Option("--drill", help=both("cli.restore_drill"))] = False,
    scratch: Annotated[Path | None, typer.Option("--scratch", help=both("cli.restore_scratch"))] = None,
    by: Annotated[str, typer.Option("--by", help=both("cli.restore_by"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False,
) -> None:
    if drill == (data is not None):
        raise cli_error("data_or_drill", USAGE)
    if data is None:
        raise typer.Exit(_drilled(backup, scratch, by, as_json))
    _restored(backup, data, by, as_json)


def _restored(backup: Path, data: Path, by: str, as_json: bool) -> None:
    from services.cli.backups.restoring import restore
    from services.cli.bars import bars
    from services.records.pausing import who

    settings = load_settings()
    with bars() as begin:
        made = restore(backup, data, by or who(), begin, settings.start_limit)
    manifest = made.manifest
    if as_json:
        print_json({"data": made.data, "epoch": str(made.epoch), "why": made.why, "backup": manifest.id})
        return
    told = {"events": manifest.store.events, "head": manifest.store.head, "id": manifest.id}
    output().print(both("restore.done", data=data, epoch=made.epoch, **told), soft_wrap=True, markup=False)
    output().print(both("restore.left"), soft_wrap=True)
    keys = "restore.left_keys_old" if manifest.with_keys else "restore.left_keys"
    contents = () if settings.contents is None else ("restore.left_contents",)
    steps = (
        "restore.left_run",
        "restore.left_database",
        "restore.left_bus",
        keys,
        *contents,
        "restore.left_lost",
    )
    for step in steps:
        sentence = both(step, data=data, made_at=manifest.made_at)
        output().print(f"  – {sentence}", soft_wrap=True, markup=False)


def _drilled(backup: Path, scratch: Path | None, by: str, as_json: bool) -> int:
    from services.cli.backups.drilling import drill
    from services.cli.backups.manifest import Manifest
    from services.cli.bars import bars
    from services.records.everything import MODELS
    from services.records.generation import code_of_models
    from services.records.pausing import who

    settings = load_settings()
    with bars() as begin:
        lines = drill(backup, scratch, MODELS, by or who(), begin, settings.start_limit)
    same = all(line.same for line in lines)
    records = Manifest.read(backup).records
    if as_json:
        print_json({"same": same, "compared": [{**asdict(line), "same": line.same} for line in lines]})
        return OK if same else FAILED
    console = output()
    headings = [word("column", name) for name in ("compared", "in_backup", "restored", "same")]
    rows = [
        (
            line.what,
            short(line.expected, 16),
            short(line.found, 16),
            Text("✓", style="green") if line.same else Text("✗", style="red"),
        )
        for line in lines
    ]
    console.print(grid(say("restore.drill_title"), headings, rows))
    if records is None:
        console.print(both("restore.no_records"), style="yellow", soft_wrap=True)
    elif not same and records.code != code_of_models():
        console.print(both("operations.other_code"), style="yellow", soft_wrap=True)
    sentence = both("restore.drill_same" if same else "restore.drill_differs")
    console.print(sentence, style="green" if same else "red", soft_wrap=True)
    return OK if same else FAILED
