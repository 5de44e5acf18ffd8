"""How a register is asked for on the command line: filters, ranges, search, order, and the moment."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from services.cli.errors import USAGE, cli_error
from shared.catalogue import both, say
from shared.catalogue.presentation import day

Where = Annotated[list[str] | None, typer.Option("--where", help=both("cli.filter"), metavar="COLUMN=VALUE")]
From = Annotated[list[str] | None, typer.Option("--from", help=both("looking.from"), metavar="COLUMN=VALUE")]
To = Annotated[list[str] | None, typer.Option("--to", help=both("looking.to"), metavar="COLUMN=VALUE")]
Search = Annotated[str | None, typer.Option(help=both("looking.search"))]
Sort = Annotated[list[str] | None, typer.Option(help=both("looking.sort"), metavar="COLUMN|-COLUMN")]
Columns = Annotated[list[str] | None, typer.Option("--column", help=both("looking.columns"))]
AtPosition = Annotated[int | None, typer.Option(min=0, help=both("looking.at_position"))]
RecordedBy = Annotated[
    str | None, typer.Option(help=both("looking.recorded_by"), metavar="YYYY-MM-DDTHH:MM:SS+07:00")
]


def pairs_of(option: str, pairs: Sequence[str]) -> dict[str, str]:
    """`column=value` pairs by column."""
    for pair in pairs:
        if "=" not in pair:
            raise cli_error("bad_pair", USAGE, option=option, value=pair)
    return dict(pair.split("=", 1) for pair in pairs)


def ranges_of(first: Sequence[str], last: Sequence[str]) -> dict[str, dict[str, str]]:
    """The ranges, by column."""
    found: dict[str, dict[str, str]] = {}
    for bound, pairs in (("from", pairs_of("--from", first)), ("to", pairs_of("--to", last))):
        for column, value in pairs.items():
            found.setdefault(column, {})[bound] = value
    return found


def moment_told(moment: Mapping[str, Any]) -> str:
    """The parts of a moment for a heading; "now" without any."""
    parts = [
        *([say("label.as_of", day=day(moment["as_of"]))] if moment.get("as_of") else []),
        *(
            [say("looking.at", position=moment["at_position"])]
            if moment.get("at_position") is not None
            else []
        ),
        *([say("looking.known", time=day(moment["recorded_by"]))] if moment.get("recorded_by") else []),
    ]
    return ", ".join(parts) or say("label.now")
