"""`bcd replay`: the past folded once more from the store, into a folder that only reads."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from services.cli.addresses import running
from services.cli.bars import bars
from services.cli.console import output, print_json
from services.cli.errors import FAILED, OK, USAGE, CliError
from services.cli.tables import grid
from services.records.as_of import AsOf
from services.records.timetravel.moments import moment_written
from services.records.timetravel.replay import Replayed, replay
from shared.catalogue import both, say, word
from shared.eventstore.connect import open_store
from shared.eventstore.epoch import current_epoch
from shared.settings import Settings

HASH: int = 12
"""Digits of a hash that a table shows."""


def command(
    until: Annotated[str, typer.Option("--until", help=both("cli.replay_until"), metavar="MOMENT")],
    to: Annotated[Path, typer.Option("--to", help=both("cli.replay_to"), metavar="FOLDER")],
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False,
) -> None:
    moment = moment_written("--until", until)
    with _whole_or_nothing(to):
        done = _replayed(running("esdb_uri"), moment, to)
    if as_json:
        print_json(asdict(done))
    else:
        _show(done, until, to)
    raise typer.Exit(FAILED if done.quarantine else OK)


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """What an error or Ctrl-C leaves half done goes, so that the same command can be given again.

    Raises CliError where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CliError(both("replay.not_empty", folder=folder), USAGE)
    try:
        yield
    except FileExistsError:  # somebody else was quicker: what is there is theirs
        raise CliError(both("replay.not_empty", folder=folder), USAGE) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _replayed(settings: Settings, moment: AsOf, folder: Path) -> Replayed:
    from services.records.everything import MODELS

    store = open_store(settings)
    try:
        head = store.head()
        with bars() as bar:
            told = bar("replay.working")
            return replay(
                partial(store.read_all),
                current_epoch(store),
                MODELS,
                folder,
                moment,
                lambda looked_at, position: told(looked_at, position, moment.position or head),
            )
    finally:
        store.close()


def _show(done: Replayed, until: str, folder: Path) -> None:
    console = output()
    headings = [word("column", name) for name in ("model", "rows", "new_hash")]
    rows = [
        (word("register", name), str(done.rows[name]), done.hashes[name][:HASH])
        for name in done.rows
        if done.rows[name]
    ]
    console.print(grid(say("replay.heading", moment=until), headings, rows, right=(1,)))
    told = {"events": done.events, "position": done.position, "later": done.later}
    console.print(both("replay.done", seconds=f"{done.seconds:.1f}", **told), soft_wrap=True)
    if done.quarantine:
        console.print(both("error.quarantined"), soft_wrap=True, style="red")
    console.print(both("replay.look", folder=folder), soft_wrap=True, markup=False)
