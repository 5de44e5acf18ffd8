"""`bcd tail`: listen on the bus to what the relay publishes, as any other system could."""

from typing import Annotated, Any

import typer

from services.cli.addresses import running
from services.cli.console import notes, output, print_json
from services.cli.errors import UNAVAILABLE, CliError
from shared.bus.connection import BROKEN
from shared.bus.tail import tail
from shared.catalogue import both
from shared.catalogue.presentation import day


def command(
    pattern: Annotated[str, typer.Argument(help=both("cli.tail_pattern"))] = "#",
    count: Annotated[int | None, typer.Option(min=1, help=both("cli.tail_count"))] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help=both("cli.tail_seconds"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.tail_json"))] = False,
) -> None:
    settings = running("amqp_uri")
    shown = 0
    try:
        for event in tail(str(settings.amqp_uri), pattern, limit=count, seconds=seconds):
            if as_json:
                print_json(event, one_line=True)
            else:
                output().print("  ".join(_line(event)), markup=False, soft_wrap=True)
            shown += 1
    except KeyboardInterrupt:
        pass
    except BROKEN as broken:
        raise CliError(f"{both('error.broker')}: {broken or type(broken).__name__}", UNAVAILABLE) from broken
    notes().print(both("label.messages_shown", count=shown), soft_wrap=True)


def _line(event: dict[str, Any]) -> tuple[str, ...]:
    """A CloudEvent in one line; attributes that it lacks are left out."""
    wanted = (day(str(event.get("time", ""))), event.get("type"), event.get("subject"), event.get("id"))
    return tuple(str(one) for one in wanted if one)
