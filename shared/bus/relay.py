"""The relay: publishes every recorded event to the bus, in the order of the store, at least once.

Run it with `python -m shared.bus.relay`. The position is saved after the broker confirmed; a broker that was
emptied is noticed by its missing mark and filled again from the beginning of the store. Consumers tell
repetitions by the message id (the event's id) and gaps by stream and revision.
"""

# mypy: allow-untyped-calls
# (kombu carries no types)

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from kombu.connection import Connection
from kombu.messaging import Producer
from sqlalchemy import Connection as Db
from sqlalchemy import Engine, MetaData

from shared.bus.cloudevent import CONTENT_TYPE, published
from shared.bus.connection import BROKEN, connected
from shared.bus.topology import EVENTS, declare, is_marked, mark
from shared.eventstore.epoch import is_epoch
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.books import Books, Held, as_state
from shared.followers.database import OUT_OF_REACH, Place, place
from shared.followers.errors import Moved, NotNow
from shared.followers.process import run_follower
from shared.settings import Settings, exit_with

log = logging.getLogger(__name__)

NAME: Final = "relay"
CONFIRM_LIMIT: Final = 5.0
"""Seconds in which the broker confirms; not confirmed is not sent."""
TABLES: Final = MetaData(schema="records")
BOOKS: Final = Books(TABLES)


class Relay:
    """Follows the store, feeds the bus. Its books hold the position and the events nobody could read."""

    name = NAME

    def __init__(self, amqp_uri: str, where: Place) -> None:
        self._amqp_uri, self._place = amqp_uri, where
        self._connection: Connection | None = None
        self._producer: Producer | None = None
        self._position, self._epoch, self._sent = 0, "", 0
        self._held: dict[str, Held] = {}

    @cached_property
    def _engine(self) -> Engine:
        self._place.create(TABLES)
        return self._place.engine("write")

    def resume(self, epoch: UUID) -> int:
        """The saved position, or the beginning where the broker is not the one that was filled so far.

        A new epoch of the store is such a case too: consumers see it in every message.
        """
        self._close()
        self._epoch = str(epoch)
        with self._reaching_the_broker():
            self._connection = connected(self._amqp_uri)
            declare(self._connection)
            marked = is_marked(self._connection, self._epoch)
            with self._transaction() as db:
                saved = BOOKS.read(db)
                if saved is None or not marked or saved.epoch != self._epoch:
                    log.warning("the bus is filled from the beginning of the store")
                    BOOKS.begin(db, epoch)
                    for stream in BOOKS.held(db):
                        BOOKS.release(db, stream)
                    saved = BOOKS.read(db)
                assert saved is not None
                self._position, self._held = saved.position, BOOKS.held(db)
            mark(self._connection, self._epoch)  # only now: a crash before it begins again
            channel = self._connection.channel()
            self._producer = Producer(channel, EVENTS, auto_declare=False)
        return self._position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        done = self._position
        try:
            for event in batch:
                self._publish(event)
                done = event.position
        finally:
            if done != self._position:  # what was confirmed is not sent again after a broken batch
                with self._transaction() as db:
                    BOOKS.advance(db, self._position, done)
                self._position = done

    def idle(self) -> None:
        """Look whether the broker is still there, and still the same."""
        with self._reaching_the_broker():
            assert self._connection is not None
            self._connection.heartbeat_check()
            if not is_marked(self._connection, self._epoch):
                raise Moved

    def state(self) -> dict[str, Any]:
        return {"published": self._sent, **as_state(list(self._held.values()))}

    def _publish(self, event: RecordedEvent) -> None:
        if is_epoch(event):
            return
        if event.stream in self._held:
            with self._transaction() as db:
                BOOKS.hold(db, event.stream)
            return
        try:
            message = published(event, self._epoch)
        except (ValueError, KeyError, TypeError) as poison:
            with self._transaction() as db:
                self._held[event.stream] = BOOKS.quarantine_stream(db, event, repr(poison))
            log.error("stream %s@%d cannot be published: %r", event.stream, event.revision, poison)
            return
        with self._reaching_the_broker():
            assert self._producer is not None
            self._producer.publish(
                message.body,
                routing_key=message.routing_key,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                headers=message.headers,
                message_id=str(event.id),
                timestamp=int(event.recorded_at.timestamp()),
                delivery_mode=2,
                mandatory=True,
                retry=False,
                confirm_timeout=CONFIRM_LIMIT,
            )
        self._sent += 1

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(*BROKEN):
                self._connection.collect()
        self._connection = self._producer = None

    @contextmanager
    def _reaching_the_broker(self) -> Iterator[None]:
        try:
            yield
        except BROKEN as broken:
            raise NotNow(f"the broker does not take messages: {broken!r}") from broken

    @contextmanager
    def _transaction(self) -> Iterator[Db]:
        try:
            with self._engine.begin() as db:
                yield db
        except OUT_OF_REACH as error:
            raise NotNow(f"the relay's database does not answer: {error}") from error


def make(settings: Settings, _store: EventStore) -> Relay:
    if settings.amqp_uri is None:
        exit_with("Thiếu thiết lập AMQP_URI. / The setting AMQP_URI is missing.", 2)
    url = settings.database_url or f"sqlite:///{settings.data.resolve() / 'records.sqlite'}"
    return Relay(settings.amqp_uri, place(url, NAME, settings.store_limit))


if __name__ == "__main__":
    run_follower(NAME, make)
