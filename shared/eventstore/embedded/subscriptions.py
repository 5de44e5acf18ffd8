"""Catch-up subscriptions: history and live are one loop over the log, so nothing is lost between them."""

from collections.abc import AsyncIterator
from uuid import uuid4

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.filters import Filter
from shared.eventstore.embedded.log import Log
from shared.eventstore.embedded.news import News
from shared.eventstore.embedded.reading import END, take
from shared.eventstore.embedded.wire import event_message

_Resp = streams_pb2.ReadResp


def _confirmation() -> _Resp:
    return _Resp(confirmation=_Resp.SubscriptionConfirmation(subscription_id=str(uuid4())))


def _checkpoint(position: int) -> _Resp:
    return _Resp(checkpoint=_Resp.Checkpoint(commit_position=position, prepare_position=position))


async def follow_stream(
    log: Log, news: News, stream: str, after: int, structured: bool
) -> AsyncIterator[_Resp]:
    """Every event of a stream after a revision, for ever; the stream need not exist yet."""
    yield _confirmation()
    caught_up = False
    while True:
        seen = news.head  # taken before the look into the log: what is committed after it wakes us
        page = take(log.stream_forwards(stream, after + 1, END))
        for row in page:
            yield event_message(row, structured)
            after = row.revision
        if page:
            continue
        if not caught_up:
            caught_up = True
            yield _Resp(caught_up=_Resp.CaughtUp())
        await news.beyond(seen)


async def follow_all(
    log: Log, news: News, after: int, wanted: Filter | None, structured: bool
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
            if wanted is None or wanted.keeps(row):
                yield event_message(row, structured)
            if wanted is not None and considered >= wanted.interval:
                considered = 0
                yield _checkpoint(after)
        if page:
            continue
        if not caught_up:
            caught_up = True
            if wanted is not None and considered:
                considered = 0
                yield _checkpoint(after)
            yield _Resp(caught_up=_Resp.CaughtUp())
        await news.beyond(after)
