"""`bcd backup`: the store, the contents and the notary's logs as one set, taken while the system runs."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.console import complain, output, print_json
from services.cli.errors import FAILED, OK
from shared.catalogue import both
from shared.settings import load_settings


def command(
    folder: Annotated[Path, typer.Argument(help=both("cli.backup_folder"))],
    with_keys: Annotated[bool, typer.Option("--with-keys", help=both("cli.backup_with_keys"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False,
) -> None:
    from services.cli.backups.making import make_backup
    from services.cli.bars import bars
    from services.records.everything import MODELS

    settings = load_settings()
    with bars() as begin:
        made = make_backup(settings, folder, MODELS, begin, with_keys=with_keys)
    if as_json:
        print_json(made.model_dump(mode="json"))
    else:
        files, size = len(made.files), sum(file.bytes for file in made.files.values())
        told = {"events": made.store.events, "head": made.store.head, "epoch": made.store.epoch}
        output().print(
            both("backup.made", folder=folder, id=made.id, files=files, bytes=size, **told),
            soft_wrap=True,
            markup=False,
        )
        output().print(f"{both('backup.tree', size=made.tree.size)}: {made.tree.root}", soft_wrap=True)
        output().print(both("backup.with_keys" if with_keys else "backup.without_keys"), soft_wrap=True)
        output().print(both("backup.drill", folder=folder), soft_wrap=True, markup=False)
    for warning in made.warnings:
        complain(warning)
    raise typer.Exit(FAILED if made.warnings else OK)
