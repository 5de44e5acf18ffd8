"""What an event is about where it may be a link: what is sent for it, and what it is pinned with."""

import json
from collections.abc import Callable

from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.pages import linked
from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.persistent.consumers import bucket_of
from shared.eventstore.embedded.persistent.settings import Settings

LINK = "$>"


def resolved(log: Log, row: Row, resolve: bool) -> tuple[Row | None, Row | None]:
    """The event and the link as they are sent: a link that leads nowhere comes without an event."""
    if not resolve or row.type != LINK:
        return row, None
    return linked(log, row), row


def bucketing(log: Log, settings: Settings) -> Callable[[Row], int]:
    """By the stream an event was written to, or by what it correlates with; links by what they lead to."""

    def origin(row: Row) -> tuple[str, Row]:
        event, _ = resolved(log, row, settings.resolve_links)
        if event is not None and event.type != LINK:
            return event.stream, event
        return row.data.decode("utf-8", "replace").partition("@")[2] or row.stream, row

    match settings.strategy:
        case "Pinned":
            return lambda row: bucket_of(origin(row)[0])
        case "PinnedByCorrelation":

            def by_correlation(row: Row) -> int:
                stream, event = origin(row)
                return bucket_of(_correlation(event.metadata) or stream)

            return by_correlation
        case _:
            return lambda _row: 0


def _correlation(metadata: bytes) -> str | None:
    try:
        said = json.loads(metadata)
    except (ValueError, RecursionError):
        return None
    value = said.get("$correlationId") if isinstance(said, dict) else None
    return value if isinstance(value, str) else None
