"""The relay: publishes every recorded event to the bus, in the order of the store, at least once.

Run it with `python -m shared.bus.relay`. The position is saved after the broker confirmed; a broker that was
emptied is noticed by its missing mark and filled again from the beginning of the store. Consumers tell
repetitions by the message id (the event's id) and gaps by stream and revision.
"""

# mypy: allow-untyped-calls
# (kombu carries no types)

import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from kombu.connection import Connection
from sqlalchemy import Connection as Db
from sqlalchemy import Engine, MetaData

from shared.bus.cloudevent import CONTENT_TYPE, published
from shared.bus.connection import BROKEN, connected
from shared.bus.publisher import Outgoing, Publisher
from shared.bus.topology import EVENTS, declare, is_marked, mark
from shared.eventstore.epoch import of_store
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.books import Books, Held, as_state
from shared.followers.database import OUT_OF_REACH, Place, place
from shared.followers.errors import Moved, NotNow
from shared.followers.process import run_follower
from shared.settings import Settings, amqp_uri_or_exit

log = logging.getLogger(__name__)

NAME: Final = "relay"
LOOK_EVERY: Final = 5.0
"""Seconds between two looks at a broker that gets nothing."""
TABLES: Final = MetaData(schema="records")
BOOKS: Final = Books(TABLES)


class Relay:
    """Follows the store, feeds the bus. Its books hold the position and the events nobody could read."""

    name = NAME

    def __init__(self, amqp_uri: str, where: Place) -> None:
        self._amqp_uri, self._place = amqp_uri, where
        self._connection: Connection | None = None
        self._publisher: Publisher | None = None
        self._position, self._epoch, self._sent = 0, "", 0
        self._held: dict[str, Held] = {}
        self._next_look = 0.0

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
            self._publisher = Publisher(self._connection)
        return self._position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        """Publish all, wait for the confirmation of all, then save the position."""
        poison: dict[str, tuple[RecordedEvent, str]] = {}
        waiting: Counter[str] = Counter()
        messages = []
        for event in batch:
            if event.stream in self._held or event.stream in poison:
                waiting[event.stream] += 1
            elif not of_store(event):
                try:
                    messages.append(_outgoing(event, self._epoch))
                except (ValueError, KeyError, TypeError) as fault:
                    poison[event.stream] = event, repr(fault)
                    log.error("%s@%d cannot be published: %r", event.stream, event.revision, fault)
        with self._reaching_the_broker():
            assert self._publisher is not None
            self._publisher.publish(messages)
        with self._transaction() as db:
            BOOKS.advance(db, self._position, batch[-1].position)
            for event, why in poison.values():
                BOOKS.quarantine_stream(db, event, why)
            for stream, count in waiting.items():
                BOOKS.hold(db, stream, count)
            self._held = BOOKS.held(db)
        self._position = batch[-1].position
        self._sent += len(messages)

    def idle(self) -> None:
        """Look now and then whether the broker is still there, and still the same."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_EVERY
        with self._reaching_the_broker():
            assert self._connection is not None
            self._connection.heartbeat_check()
            if not is_marked(self._connection, self._epoch):
                raise Moved

    def state(self) -> dict[str, Any]:
        return {"published": self._sent, **as_state(list(self._held.values()))}

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(*BROKEN):
                self._connection.collect()
        self._connection = self._publisher = None

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


def _outgoing(event: RecordedEvent, epoch: str) -> Outgoing:
    message = published(event, epoch)
    properties = {"message_id": str(event.id), "timestamp": int(event.recorded_at.timestamp())}
    return Outgoing(EVENTS.name, message.routing_key, message.body, CONTENT_TYPE, properties, message.headers)


def make(settings: Settings, _store: EventStore) -> Relay:
    amqp_uri = amqp_uri_or_exit(settings)
    url = settings.database_url or f"sqlite:///{settings.data.resolve() / 'records.sqlite'}"
    return Relay(amqp_uri, place(url, NAME, settings.store_limit))


if __name__ == "__main__":
    run_follower(NAME, make)
