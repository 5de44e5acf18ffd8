"""A group at work: it reads ahead, gives its consumers messages, and takes their answers."""

import asyncio
from collections.abc import Coroutine, Sequence
from enum import Enum
from typing import Any

from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.persistent import refusals
from shared.eventstore.embedded.persistent.checkpoints import Checkpoints
from shared.eventstore.embedded.persistent.connection import Connection, Peer
from shared.eventstore.embedded.persistent.consumers import STRATEGIES, Consumer, Message
from shared.eventstore.embedded.persistent.deliveries import Deliveries
from shared.eventstore.embedded.persistent.keeping import Keeping, NotWrittenError, ToPark
from shared.eventstore.embedded.persistent.links import resolved
from shared.eventstore.embedded.persistent.reading_ahead import ReadingAhead
from shared.eventstore.embedded.persistent.settings import GroupName, Settings
from shared.eventstore.embedded.persistent.sources import source_of
from shared.eventstore.embedded.persistent.statistics import Meter


class Answer(Enum):
    """What a consumer says of a message that it does not acknowledge."""

    RETRY = "retry"
    PARK = "park"
    SKIP = "skip"


class Group:
    """Runs from `start` to `stop`, on the event loop."""

    def __init__(self, name: GroupName, settings: Settings, log: Log, news: News, writer: Writer) -> None:
        """Raises BadRequestError where the filter cannot be understood, ValueError where the checkpoint."""
        self.name, self.settings = name, settings
        self._log, self._loop = log, asyncio.get_running_loop()
        self.source = source_of(log, name.stream, settings)
        self.keeping = Keeping(log, writer, name)
        self.checkpoints = Checkpoints(self.keeping, settings, self.source.text)
        known = self.checkpoints.last
        self.deliveries = Deliveries(
            STRATEGIES[settings.strategy](),
            start=self.source.number(known) if known else settings.start_after,
            max_retries=settings.max_retry_count,
            timeout=settings.message_timeout / 1000,
        )
        self.ahead = ReadingAhead(
            log, news, self.source, self.keeping, self.deliveries, settings, self._deliver
        )
        self.connections: dict[Consumer, Connection] = {}
        self.meter = Meter(self._loop.time())
        self._reading: set[asyncio.Task[None]] = set()
        self._writing: set[asyncio.Task[None]] = set()
        self._error: Exception | None = None

    def start(self) -> None:
        self._spawn(self.ahead.run(), self._reading)

    async def stop(self, error: Exception) -> None:
        """End with this error for all readers; what is being written is waited for."""
        self.end(error)
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, *self._writing, return_exceptions=True)

    def end(self, error: Exception) -> None:
        """End all readers with this error, also those that come later."""
        self._error = self._error or error
        for connection in self.connections.values():
            connection.end(self._error)

    def join(self, slots: int, peer: Peer) -> Connection:
        """Raises RefusedError where the group has as many readers as it may."""
        most = self.settings.max_subscriber_count
        if 0 < most <= len(self.connections):
            raise refusals.full(self.name)
        connection = Connection(Consumer(slots), peer, Meter(self._loop.time()))
        self.connections[connection.consumer] = connection
        self.deliveries.join(connection.consumer)
        if self._error is not None:
            connection.end(self._error)
        self._deliver()
        return connection

    def leave(self, connection: Connection) -> None:
        """What it held goes to others."""
        del self.connections[connection.consumer]
        self.deliveries.leave(connection.consumer)
        self._deliver()

    def acknowledge(self, ids: Sequence[bytes]) -> None:
        if self._error is not None:
            return  # stopped: what it keeps in the log may be another's by now
        now = self._loop.time()
        for each in self.deliveries.acknowledge(ids):
            if self.settings.extra_statistics:
                self.connections[each.consumer].timings.append(int((now - each.since) * 1000))
        self._checkpoint(tick=False)
        self._deliver()

    def refuse(self, ids: Sequence[bytes], answer: Answer, reason: str) -> None:
        if self._error is not None:
            return
        match answer:
            case Answer.RETRY:
                self._give_up(self.deliveries.retry(ids))
            case Answer.PARK:
                self._park(self.deliveries.take(ids), f"Client explicitly NAK'ed message.\n{reason}")
            case Answer.SKIP:
                self.deliveries.acknowledge(ids)
        self._checkpoint(tick=False)
        self._deliver()

    async def replay(self, stop_at: int | None) -> None:
        """Deliver again what is parked; it stays among the parked until it is done.

        What was refused before belongs to it, though it may not be on disk yet. Raises what the group was
        ended with meanwhile.
        """
        if self._writing:
            await asyncio.wait(self._writing)  # not `gather`, which would cancel them with this call
        if self._error is not None:
            raise self._error
        if self.ahead.begin_replay(stop_at):
            self._spawn(self.ahead.replay(), self._reading)

    def tick(self) -> None:
        """Once a second: what waits for an answer too long, and a checkpoint for what is done."""
        self._give_up(self.deliveries.expire(self._loop.time()))
        self._checkpoint(tick=True)
        before = self.deliveries.replayed + 1
        if before > 0 and before > self.keeping.parked().start:
            self._spawn(self._forget_parked(before), self._writing)
        self._deliver()

    def content(self, message: Message) -> tuple[Row | None, Row | None]:
        """The event of a message and the link that led to it, either of which may be missing."""
        row = self._log.event_at(message.stream, message.revision)
        if row is None:
            return None, None
        return resolved(self._log, row, self.settings.resolve_links or message.replayed)

    def _deliver(self) -> None:
        for consumer in self.deliveries.deliver(self._loop.time()):
            self.connections[consumer].wake()
        self.ahead.moved()

    def _checkpoint(self, *, tick: bool) -> None:
        done, now = self.deliveries.done, self._loop.time()
        if self.checkpoints.claim(done, now, tick=tick):
            self._spawn(self.checkpoints.write(done, now), self._writing)

    def _give_up(self, messages: list[Message]) -> None:
        self._park(messages, f"Reached retry count of {self.settings.max_retry_count}")

    def _park(self, messages: list[Message], reason: str) -> None:
        if messages:
            self._spawn(self._write_parked(messages, reason), self._writing)

    async def _write_parked(self, messages: list[Message], reason: str) -> None:
        try:
            await self.keeping.park([ToPark(self._target(m), m.position, reason) for m in messages])
        except NotWrittenError:
            done = self.deliveries.not_parked
        else:
            done = self.deliveries.parked
        for message in messages:
            done(message)
        self._deliver()

    def _target(self, message: Message) -> str:
        event, link = self.content(message)
        if event is not None:
            return f"{event.revision}@{event.stream}"
        return link.data.decode("utf-8", "replace") if link else f"{message.revision}@{message.stream}"

    async def _forget_parked(self, before: int) -> None:
        try:
            await self.keeping.forget_parked(before)
        except NotWrittenError:
            return  # the next tick tries again

    def _spawn(self, work: Coroutine[Any, Any, None], among: "set[asyncio.Task[None]]") -> None:
        """Run it beside; an error that nobody expected ends the group's readers instead of hiding."""

        def over(task: "asyncio.Task[None]") -> None:
            among.discard(task)
            error = None if task.cancelled() else task.exception()
            if isinstance(error, Exception):
                self.end(error)

        task = self._loop.create_task(work)
        among.add(task)
        task.add_done_callback(over)
