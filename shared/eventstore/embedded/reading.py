"""Walking through the log page by page, so that neither a long history nor a slow reader costs memory."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

from shared.eventstore.embedded.log import Log, Row
from shared.eventstore.embedded.rules import NO_STREAM

END = 2**63 - 1
"""Beyond every revision and position: the largest integer that SQLite keeps."""

_PAGE_EVENTS = 250
_PAGE_BYTES = 1024 * 1024


def take(rows: Iterator[Row]) -> list[Row]:
    """The next rows: at least one where there is one, at most a page, whatever its events weigh."""
    page: list[Row] = []
    weight = 0
    for row in rows:
        page.append(row)
        weight += len(row.data) + len(row.metadata)
        if len(page) == _PAGE_EVENTS or weight >= _PAGE_BYTES:
            break
    return page


async def walk(log: Log, stream: str | None, start: int | None, *, backwards: bool) -> AsyncIterator[Row]:
    """Events as they stand when the walk begins: of one stream, or of `$all` where `stream` is None.

    A stream's `start` is included both ways; a position is included forwards and excluded backwards,
    as in EventStoreDB. None starts at the end that lies behind.
    """
    if stream is None:
        last = log.head()
        beyond = END if start is None else min(start, END)
        first, last = (0, min(beyond - 1, last)) if backwards else (min(start or 0, END), last)
    else:
        last = log.last_revision(stream)
        at = END if start is None else min(start, END)
        first, last = (0, min(at, last)) if backwards else (min(start or 0, END), last)
    async for page in _pages(log, stream, first, last, backwards):
        for row in page:
            yield row


async def _pages(
    log: Log, stream: str | None, first: int, last: int, backwards: bool
) -> AsyncIterator[list[Row]]:
    while first <= last:
        page = take(_fetch(log, stream, backwards)(first, last))
        if not page:
            return
        yield page
        reached = page[-1].position if stream is None else page[-1].revision
        if backwards:
            last = reached - 1
        else:
            first = reached + 1
        await asyncio.sleep(0)  # a long walk that finds nothing to send must not hold up the others


def _fetch(log: Log, stream: str | None, backwards: bool) -> Callable[[int, int], Iterator[Row]]:
    if stream is None:
        return log.all_backwards if backwards else log.all_forwards
    if backwards:
        return lambda first, last: log.stream_backwards(stream, first, last)
    return lambda first, last: log.stream_forwards(stream, first, last)


def exists(log: Log, stream: str) -> bool:
    return log.last_revision(stream) != NO_STREAM
