"""`bcd events`: the facts themselves, straight from the store, without any read model."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Annotated, Any

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.console import output, print_json
from services.cli.errors import USAGE, cli_error
from services.cli.records import day_of
from services.cli.tables import event_text, grid
from shared.catalogue import both, catalogue, say, word
from shared.catalogue.presentation import day
from shared.dates import VIETNAM
from shared.eventstore.connect import open_store
from shared.eventstore.port import EventStore, RecordedEvent

SHOWN = ("position", "day", "type", "capacity")


def command(
    stream: Annotated[str | None, typer.Option(help=both("cli.events_stream"))] = None,
    type_: Annotated[str | None, typer.Option("--type", help=both("cli.events_type"))] = None,
    since: Annotated[str | None, typer.Option(help=both("cli.events_since"), metavar="YYYY-MM-DD")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help=both("cli.limit"))] = None,
    follow: Annotated[bool, typer.Option("--follow", help=both("cli.events_follow"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=both("cli.events_json"))] = False,
) -> None:
    first_day = day_of("--since", since)
    if type_ is not None and f"event.{type_}" not in catalogue():
        raise cli_error("no_event_type", USAGE, type=type_, near=_near(type_))
    settings = running("esdb_uri")
    store = open_store(settings)
    try:
        events = _follow(store, stream) if follow else store.read_all()
        wanted = islice((e for e in events if _is_wanted(e, stream, type_, first_day)), limit)
        if follow:
            _as_they_come(wanted, as_json)
        elif as_json:
            print_json({"events": [as_dict(event) for event in wanted]})
        else:
            _table(wanted)
    finally:
        store.close()


def _near(type_: str) -> str:
    """The type that was perhaps meant, in brackets."""
    known = [key.removeprefix("event.") for key in catalogue() if key.startswith("event.")]
    found = get_close_matches(type_, known, 1)
    return f" ({found[0]}?)" if found else ""


def as_dict(event: RecordedEvent) -> dict[str, Any]:
    """The whole event, its data and metadata as they were recorded."""
    return {
        "position": event.position,
        "stream": event.stream,
        "revision": event.revision,
        "reference": f"{event.stream}@{event.revision}",
        "id": str(event.id),
        "type": event.type,
        "recorded": event.recorded_at.isoformat(),
        "data": json.loads(event.data),
        "metadata": json.loads(event.metadata),
    }


def _is_wanted(event: RecordedEvent, stream: str | None, type_: str | None, since: str | None) -> bool:
    if stream is not None and not event.stream.startswith(stream):
        return False
    if type_ is not None and event.type != type_:
        return False
    return since is None or event.recorded_at.astimezone(VIETNAM).date() >= date.fromisoformat(since)


def _follow(store: EventStore, stream: str | None) -> Iterator[RecordedEvent]:
    return iter(store.subscribe_all(streams=[stream] if stream else ()))


def _as_they_come(events: Iterable[RecordedEvent], as_json: bool) -> None:
    try:
        for event in events:
            if as_json:
                print_json(as_dict(event), one_line=True)
            else:
                output().print("  ".join(_line(event)), markup=False, soft_wrap=True)
    except KeyboardInterrupt:
        return


def _line(event: RecordedEvent) -> tuple[str, ...]:
    meta = json.loads(event.metadata)
    capacity = str(meta.get("actor", {}).get("capacity", ""))
    return (
        str(event.position),
        day(event.recorded_at.isoformat()),
        day(str(meta.get("effective_at", ""))),
        event.type,
        f"{event.stream}@{event.revision}",
        word("capacity", capacity) if capacity else "",
    )


def _row(event: RecordedEvent) -> tuple[str | Text, ...]:
    """An event in two lines: what happened and when, below where it stands and when it was recorded."""
    meta = json.loads(event.metadata)
    capacity = str(meta.get("actor", {}).get("capacity", ""))
    recorded = say("label.recorded", when=day(event.recorded_at.isoformat())[:10])
    when = Text.assemble(day(str(meta.get("effective_at", "")))[:10], "\n", (recorded, "dim"))
    what = event_text(event.type, f"{event.stream}@{event.revision}")
    return str(event.position), when, what, word("capacity", capacity) if capacity else ""


def _table(events: Iterable[RecordedEvent]) -> None:
    rows = [_row(event) for event in events]
    console = output()
    headings = [word("column", name) for name in SHOWN]
    console.print(grid(say("register.journal"), headings, rows, right=(0,), whole=(1, 2)))
    console.print(say("label.events_shown", count=len(rows)), style="dim")
