"""`bcd tail`: listen on the bus to what the relay publishes, as any other system could."""

from typing import Annotated

import typer

from services.cli.addresses import running
from services.cli.errors import cli_error
from shared.catalogue import both


def command(
    count: Annotated[int | None, typer.Option(min=1, help=both("cli.tail_count"))] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help=both("cli.tail_seconds"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.events_json"))] = False,
) -> None:
    running("amqp_uri")
    raise cli_error("missing_part", what="shared.bus.tail")
