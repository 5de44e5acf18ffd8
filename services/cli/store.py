"""`bcd store`: the embedded event store as an operator meets it: serve, check, back up."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from services.cli.bars import bars
from services.cli.console import output, print_json
from services.cli.errors import FAILED, OK, CliError
from shared.catalogue import both
from shared.eventstore.embedded.log.backup import Backup, BackupError, back_up
from shared.eventstore.embedded.log.checking import check
from shared.eventstore.embedded.log.examination import Examined
from shared.eventstore.embedded.log.folder import LOG
from shared.eventstore.embedded.log.opening import OpeningError
from shared.settings import load_settings

app = typer.Typer(no_args_is_help=True)

Data = Annotated[Path | None, typer.Option("--data", help=both("cli.store_data"))]
Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]


@app.command(
    "serve",
    help=both("cli.store_serve"),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def serve(context: typer.Context, data: Data = None) -> None:
    from shared.eventstore.embedded.__main__ import EXPECTED, run

    try:
        run(context.command_path, ["--data", str(_folder(data)), *context.args])
    except EXPECTED as error:
        raise CliError(f"{both('error.store_not_served')}: {error}") from error


@app.command("check", help=both("cli.store_check"))
def check_(data: Data = None, as_json: Json = False) -> None:
    try:
        with bars() as bar:
            found = check(_folder(data), partial(bar("store.examining"), None))
    except OpeningError as error:
        raise CliError(f"{both('error.store_unusable')}: {error}") from error
    if as_json:
        print_json(asdict(found))
    else:
        console = output()
        if found.running:
            console.print(both("store.running"), soft_wrap=True)
        console.print(both("store.examined", **_counts(found.examined)), soft_wrap=True)
        if found.fault is None:
            console.print(both("store.whole"), style="green", soft_wrap=True)
        else:
            sentence = f"{both('store.faulty')}: {found.fault}"
            console.print(sentence, style="red", soft_wrap=True, markup=False)
            console.print(both("store.mend"), soft_wrap=True, markup=False)
    raise typer.Exit(OK if found.fault is None else FAILED)


@app.command("backup", help=both("cli.store_backup"))
def backup(
    target: Annotated[Path, typer.Argument(help=both("cli.store_target"))],
    data: Data = None,
    as_json: Json = False,
) -> None:
    try:
        with bars() as bar:
            made = back_up(
                _folder(data) / LOG,
                target,
                partial(bar("store.copying"), None),
                partial(bar("store.examining"), None),
            )
    except (BackupError, OSError) as error:
        raise CliError(f"{both('error.no_backup')}: {error}") from error
    if as_json:
        print_json(asdict(made))
        return
    console = output()
    told = both("store.saved", path=made.path, bytes=made.bytes, **_counts(made))
    console.print(told, soft_wrap=True, markup=False)
    console.print(f"{both('store.sha256')}: {made.sha256}", soft_wrap=True)
    console.print(both("store.restore"), soft_wrap=True)


def _folder(data: Path | None) -> Path:
    return load_settings().data / "store" if data is None else data


def _counts(found: Examined | Backup) -> dict[str, int]:
    return {"events": found.events, "streams": found.streams, "head": found.head}
