"""Writers as the product has them: exact revisions, and an answer that did not come is asked for again."""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from shared.eventstore.port import (
    NO_STREAM,
    Appended,
    EventStore,
    NewEvent,
    StoreError,
    WrongExpectedRevision,
)
from tests.faults.ledger import Batch, Ledger

SHARED_STREAMS = 2
SIZES = (1, 1, 1, 2, 3, 5, 10, 40)
"""Of batches, in events."""


class Writer:
    """Appends to a stream of its own and to streams that all share; it goes on where it was after a fault."""

    def __init__(self, name: str, number: int, ledger: Ledger, seed: object) -> None:
        self._ledger, self._random = ledger, random.Random(f"{seed} {number}")
        self._own = f"{name}.own-{number}"
        self._shared = [f"{name}.shared-{n}" for n in range(SHARED_STREAMS)]
        self._last: dict[str, int] = {}
        self._pending: Batch | None = None

    def write(self, store: EventStore, answered: Callable[[], None]) -> None:
        """Append until the store fails. It begins with what became of the append before, if that is unclear;
        the server that got it must be dead, so that a look at the stream may settle it as well."""
        try:
            self.settle(store, looking=self._random.random() < 0.5)
            while True:
                self._append(store, self._next())
                answered()
        except StoreError:
            return

    def settle(self, store: EventStore, *, looking: bool = False) -> None:
        """Find out what became of the append whose answer did not come, by asking again or by looking."""
        batch = self._pending
        if batch is None:
            return
        if not looking:
            self._append(store, batch)
            return
        there = store.read_stream(batch.stream, after=batch.first - 1, limit=len(batch.events))
        if [event.id for event in there] == batch.ids:
            self._acknowledged(batch, Appended(there[-1].revision, there[-1].position))
        else:
            self._refused(batch, batch.first - 1)

    def _append(self, store: EventStore, batch: Batch) -> None:
        self._pending = batch
        self._ledger.ask(batch)
        try:
            self._acknowledged(batch, store.append(batch.stream, batch.events, expected=batch.first - 1))
        except WrongExpectedRevision as conflict:
            if batch.stream == self._own or conflict.actual is None:
                raise AssertionError(f"nobody else writes there: {conflict}") from conflict
            self._refused(batch, conflict.actual)
        except StoreError:
            self._ledger.doubt()
            raise

    def _acknowledged(self, batch: Batch, outcome: Appended) -> None:
        self._ledger.acknowledge(batch, outcome)
        self._last[batch.stream], self._pending = outcome.revision, None

    def _refused(self, batch: Batch, last: int) -> None:
        self._ledger.refuse(batch)
        self._last[batch.stream], self._pending = last, None

    def _next(self) -> Batch:
        stream = self._random.choice([self._own, self._own, *self._shared])
        first = self._last.get(stream, NO_STREAM) + 1
        return Batch(stream, first, tuple(self._event() for _ in range(self._random.choice(SIZES))))

    def _event(self) -> NewEvent:
        data = b'{"noise": "%s"}' % self._random.randbytes(self._random.randrange(200)).hex().encode()
        return NewEvent(UUID(bytes=self._random.randbytes(16), version=4), "Counted", data, b"{}")


class Answers:
    """Counts the answers that writers get, so that a fault may come after some of them."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, more: int, limit: float) -> bool:
        """Until so many more have come, or the limit in seconds has passed; whether they came."""
        with self._changed:
            end = self._count + more
            return self._changed.wait_for(lambda: self._count >= end, limit)


@contextmanager
def at_work(jobs: Sequence[Callable[[], None]], patience: float) -> Iterator[None]:
    """Run the jobs while the body runs; afterwards they end by themselves within `patience` seconds."""
    errors: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(patience)
    assert not any(thread.is_alive() for thread in threads), "a writer did not come to its end"
    if errors:
        raise errors[0]
