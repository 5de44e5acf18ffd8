"""`bcd import FILE`: a chronicle of facts becomes commands to the running services."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli import demo
from services.cli.addresses import running
from services.cli.console import output
from services.cli.errors import USAGE, cli_error
from services.cli.importer import run as import_file
from shared.catalogue import both


def command(
    file: Annotated[Path, typer.Argument(help=both("cli.import_file"))],
    committee: Annotated[str | None, typer.Option(help=both("cli.committee"))] = None,
    check: Annotated[bool, typer.Option("--check", help=both("cli.import_check"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False,
) -> None:
    if not file.is_file():
        raise cli_error("no_file", USAGE, file=file)
    settings = running() if check else running("amqp_uri")
    if demo.began(settings) and not check:
        raise cli_error("demo_alone", USAGE)
    raise typer.Exit(import_file(file, committee, settings, output(), check=check, as_json=as_json))
