"""Catch-up subscriptions: history and live are one loop over the log, so nothing is lost between them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.errors import StreamDeletedError
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.pages import take, too_old, visible
from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.log.rules import END
from shared.eventstore.embedded.streams.filters import Filter

_Resp = streams_pb2.ReadResp
Message = Callable[[Row], _Resp]
"""How an event goes over the wire."""


def _confirmation() -> _Resp:
    return _Resp(confirmation=_Resp.SubscriptionConfirmation(subscription_id=str(uuid4())))


def _checkpoint(position: int) -> _Resp:
    return _Resp(checkpoint=_Resp.Checkpoint(commit_position=position, prepare_position=position))


async def follow_stream(
    log: Log, news: News, stream: str, after: int, message: Message
) -> AsyncIterator[_Resp]:
    """Every event of a stream after a revision, for ever; the stream need not exist yet.

    What its metadata hides by the time it is due is passed over. Raises StreamDeletedError at a tombstone:
    at once where the stream had ended before, else after the events that were written until then.
    """
    if visible(log, stream).tombstoned:
        raise StreamDeletedError(stream)
    yield _confirmation()
    caught_up = False
    while True:
        seen = news.head  # taken before the look into the log: what is committed after it wakes us
        at = visible(log, stream)
        first = max(after + 1, 0 if at.deleted else at.first)
        page = [] if at.deleted else take(log.stream_forwards(stream, first, END - 1))
        for row in page:
            if not too_old(row, at):
                yield message(row)
            after = row.revision
        if page:
            await asyncio.sleep(0)  # pages of which nothing is sent must not hold up the others
            continue
        if at.tombstoned:
            raise StreamDeletedError(stream)
        if not caught_up:
            caught_up = True
            yield _Resp(caught_up=_Resp.CaughtUp())
        await news.beyond(seen)


async def follow_all(
    log: Log, news: News, after: int, wanted: Filter, message: Message
) -> AsyncIterator[_Resp]:
    """Every wanted event after a position, for ever.

    Where there is a filter, checkpoints tell how far it has looked: after each interval of considered
    events and once when history is through, always at the position of an event.
    """
    yield _confirmation()
    caught_up = False
    considered = 0  # since the last checkpoint
    while True:
        page = take(log.all_forwards(after + 1, END))
        for row in page:
            after = row.position
            considered += 1
            if wanted.keeps(row):
                yield message(row)
            if wanted.interval is not None and considered >= wanted.interval:
                considered = 0
                yield _checkpoint(after)
        if page:
            await asyncio.sleep(0)
            continue
        if not caught_up:
            caught_up = True
            if wanted.interval is not None and considered:
                considered = 0
                yield _checkpoint(after)
            yield _Resp(caught_up=_Resp.CaughtUp())
        await news.beyond(after)
