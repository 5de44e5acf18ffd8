"""Keeps a group's buffer filled: from its source for ever, and from its parked messages when asked."""

import asyncio
from collections.abc import Callable

from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News, StoppingError
from shared.eventstore.embedded.log.pages import linked, take
from shared.eventstore.embedded.persistent.consumers import Message, bucket_of
from shared.eventstore.embedded.persistent.deliveries import Deliveries
from shared.eventstore.embedded.persistent.keeping import Keeping
from shared.eventstore.embedded.persistent.settings import Settings
from shared.eventstore.embedded.persistent.sources import Source


class ReadingAhead:
    """Reads while there is room, so that a group whose consumers are slow costs no more than its buffer."""

    def __init__(
        self,
        log: Log,
        news: News,
        source: Source,
        keeping: Keeping,
        deliveries: Deliveries,
        settings: Settings,
        came: Callable[[], None],
    ) -> None:
        """`came()` is called when there are new messages to deliver."""
        self._log, self._news, self._source, self._keeping = log, news, source, keeping
        self._deliveries, self._settings, self._came = deliveries, settings, came
        self._moved = asyncio.Event()
        self._replayed = 0  # the revision among the parked up to which they were taken in
        self._replay_before = 0
        self.live = False
        """There was no more to read when it was last looked."""
        self.last_known: int | None = None
        """The position of the last message that was read."""

    def moved(self) -> None:
        """Messages left the buffer."""
        self._moved.set()

    async def run(self) -> None:
        """Read the source until the server stops. Raises StreamDeletedError and DamagedError."""
        try:
            while True:
                await self._room()
                seen = self._news.head  # taken before the look: what is committed after it wakes us
                page = self._source.page(self._deliveries.last.position, self._settings.batch)
                for each in page:
                    if each.message is None:
                        self._deliveries.pass_over(each.position, counts=each.counts)
                    else:
                        self._deliveries.add(each.message)
                        self.last_known = each.position
                self._came()
                self.live = not page
                if page:
                    await asyncio.sleep(0)  # a long walk that finds nothing must not hold up the others
                else:
                    await self._news.beyond(seen)
        except StoppingError:
            return

    @property
    def replaying(self) -> bool:
        return self._replayed < self._replay_before

    def to_replay(self) -> range:
        """The parked messages that were not taken in yet."""
        parked = self._keeping.parked()
        return range(max(parked.start, self._replayed), parked.stop)

    def begin_replay(self, stop_at: int | None) -> bool:
        """Replay what is parked below a revision, or all; whether `replay` has to be run for it now."""
        running, parked = self.replaying, self.to_replay()
        before = parked.stop if stop_at is None else min(stop_at, parked.stop)
        self._replayed = max(self._replayed, parked.start)
        self._replay_before = max(self._replay_before, before)
        return self.replaying and not running

    async def replay(self) -> None:
        while self.replaying:
            await self._room()
            rows = self._log.stream_forwards(
                self._keeping.parked_stream, self._replayed, self._replay_before - 1
            )
            page = take(rows, self._settings.batch)
            for row in page:
                event = linked(self._log, row)
                if event is None:
                    self._deliveries.pass_over_parked(row.revision)  # what it was about is no more
                else:
                    bucket = bucket_of(event.stream)
                    self._deliveries.replay(
                        Message(row.id, row.revision, row.stream, row.revision, bucket, replayed=True)
                    )
            self._replayed = page[-1].revision + 1 if page else self._replay_before
            self._came()
            await asyncio.sleep(0)

    async def _room(self) -> None:
        """Return when a batch fits into the buffer."""
        most = self._settings.history_buffer_size - self._settings.batch
        while self._deliveries.waiting + self._deliveries.retrying >= max(most, 1):
            self._moved.clear()
            await self._moved.wait()
