"""Walking through the log page by page, so that neither a long history nor a slow reader costs memory."""

import asyncio
import time
from collections.abc import AsyncIterator, Generator
from contextlib import closing
from dataclasses import replace

from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import Row, size_of
from shared.eventstore.embedded.log.rules import END, Standing
from shared.eventstore.embedded.log.stream_metadata import described_by

_PAGE_EVENTS = 250
_PAGE_BYTES = 1024 * 1024
_REVISION_DIGITS = len(str(END))
_TICKS = 10_000_000
"""Of 100 ns, in a second."""


def take(rows: Generator[Row], most: int = _PAGE_EVENTS) -> list[Row]:
    """The next rows: at least one where there is one, at most a page, whatever its events weigh.

    What is left of them is closed: SQLite's write-ahead log grows for as long as anybody is reading.
    """
    page: list[Row] = []
    weight = 0
    with closing(rows):
        for row in rows:
            page.append(row)
            weight += size_of(row.stream, row)
            if len(page) >= min(most, _PAGE_EVENTS) or weight >= _PAGE_BYTES:
                break
    return page


def too_old(row: Row, at: Standing) -> bool:
    """Whether the stream's `$maxAge` hides the event by now."""
    return at.max_age is not None and row.created < time.time_ns() // 100 - at.max_age * _TICKS


def visible(log: Log, stream: str) -> Standing:
    """Where a stream stands for its readers; a writer asks the log itself.

    A metadata stream shows its last event, and nothing any more once the stream that it describes has ended.
    """
    at = log.standing(stream)
    described = described_by(stream)
    if described is None:
        return at
    return replace(at, max_count=1, tombstoned=at.tombstoned or log.standing(described).tombstoned)


def linked(log: Log, row: Row) -> Row | None:
    """The event that a link points to, where its stream still shows it."""
    number, _, stream = row.data.decode("utf-8", "replace").partition("@")
    if not (number.isascii() and number.isdigit() and len(number) <= _REVISION_DIGITS) or not stream:
        return None
    at, revision = visible(log, stream), int(number)
    if at.tombstoned or not at.exists or not at.first <= revision <= at.last:
        return None
    target = log.event_at(stream, revision)
    return None if target is None or too_old(target, at) else target


async def walk_all(log: Log, start: int | None, *, backwards: bool) -> AsyncIterator[list[Row]]:
    """Pages of `$all` as it stands when the walk begins.

    `start` is included forwards and excluded backwards, as in EventStoreDB; None is the end behind.
    """
    head = log.head()
    first, last = (0, head) if start is None else (min(start, END), head)
    if backwards:
        first, last = 0, head if start is None else min(start - 1, head)
    while first <= last:
        page = take((log.all_backwards if backwards else log.all_forwards)(first, last))
        if not page:
            return
        yield page
        if backwards:
            last = page[-1].position - 1
        else:
            first = page[-1].position + 1
        await asyncio.sleep(0)  # a long walk that finds nothing to send must not hold up the others


async def walk_stream(
    log: Log, stream: str, start: int | None, *, backwards: bool
) -> AsyncIterator[list[Row]]:
    """Pages of what a stream shows when the walk begins; `start` is included both ways."""
    at = visible(log, stream)
    first, last = at.first, at.last
    if start is not None and backwards:
        last = min(start, last)
    elif start is not None:
        first = max(min(start, END), first)
    while first <= last:
        page = take((log.stream_backwards if backwards else log.stream_forwards)(stream, first, last))
        if not page:
            return
        yield [row for row in page if not too_old(row, at)]
        if backwards:
            last = page[-1].revision - 1
        else:
            first = page[-1].revision + 1
        await asyncio.sleep(0)
