"""The one loop of all followers: read on from the checkpoint, hand over a batch, and when in doubt reopen.

A follower keeps its own checkpoint, in the same transaction as its effect; the loop keeps none. Whatever
goes wrong, the loop asks `resume` again and reads on from there: at least once, in order, nothing lost.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from shared.catalogue import both
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import EventStore, RecordedEvent, StoreUnavailable, SubscriptionEnded
from shared.followers.errors import Moved, NotNow, Paused, Unhealthy
from shared.followers.reader import Reader
from shared.followers.status import StatusFile, now

log = logging.getLogger(__name__)


class Follower(Protocol):
    """What follows the store. Its methods are called by one thread, never at the same time."""

    name: str

    def resume(self, epoch: UUID) -> int:
        """The position after which to read. Raises WrongEpoch, NotNow, Paused."""
        ...

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        """Take effect and save the position of the last event. Raises NotNow, Moved, Paused."""
        ...

    def idle(self) -> None:
        """Called while nothing arrives. Raises NotNow, Moved, Paused."""
        ...

    def state(self) -> dict[str, Any]:
        """What `bcd status` should show besides the position."""
        ...


@dataclass(frozen=True)
class Pace:
    """Sizes in events, times in seconds. `failures` in a row, with nothing handled between, end the loop."""

    batch: int = 500
    room: int = 1000
    poll: float = 0.5
    quiet: float = 30.0
    failures: int = 20
    first_pause: float = 0.2
    longest_pause: float = 10.0


class Loop:
    """Runs one follower until it is stopped; `clock` is the monotonic time in seconds."""

    def __init__(
        self,
        store: EventStore,
        follower: Follower,
        status: StatusFile,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._follower, self._status = store, follower, status
        self._pace, self._clock = pace or Pace(), clock
        self._stopping = threading.Event()
        self._failures = 0
        self._position = 0

    def stop(self) -> None:
        """Ask for an end after the batch that is being handled; from any thread or signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Return after `stop()`. Raises WrongEpoch, Unhealthy, and whatever the follower itself raises."""
        while not self._stopping.is_set():
            try:
                self._follow()
            except Moved:
                log.info("%s reads on from another place", self._follower.name)
            except Paused as pause:
                self._position = pause.position
                self._note("paused")
                self._stopping.wait(self._pace.poll)
            except (NotNow, StoreUnavailable, SubscriptionEnded) as failure:
                self._failed(failure)
        self._note("stopped")
        self._status.write()

    def _follow(self) -> None:
        epoch = current_epoch(self._store)
        self._position = self._follower.resume(epoch)
        head = self._store.head()
        if self._position > head:
            raise NotNow(f"the checkpoint {self._position} lies behind the end of the store, {head}")
        self._note("following", head=head, epoch=str(epoch))
        reader = Reader(self._store.subscribe_all(after=self._position), self._pace.room)
        quiet = _Quiet(self._store, self._pace.quiet, self._clock)
        try:
            while not self._stopping.is_set():
                batch = reader.batch(self._pace.batch, self._pace.poll)
                if batch:
                    self._follower.handle(batch)
                    self._position, self._failures = batch[-1].position, 0
                    quiet.ended()
                    self._note("following", handled_at=now(), head=max(quiet.head, self._position))
                else:
                    self._follower.idle()
                    quiet.look(self._position)
                    self._note("following", head=max(quiet.head, self._position))
        finally:
            reader.stop()

    def _failed(self, failure: Exception) -> None:
        """Pause before the next attempt; raises Unhealthy after too many in a row."""
        self._failures += 1
        name, count = self._follower.name, self._failures
        self._status.error(str(failure))
        if count >= self._pace.failures:
            said = both("process.no_progress", name=name, count=count)
            raise Unhealthy(f"{said}: {failure}") from failure
        level = logging.ERROR if count == 3 else logging.WARNING
        log.log(level, "%s pauses after failure %d: %s", name, count, failure)
        self._note("retrying")
        longest = min(self._pace.first_pause * 2 ** (count - 1), self._pace.longest_pause)
        self._stopping.wait(longest * random.uniform(0.5, 1.0))

    def _note(self, state: str, **facts: Any) -> None:
        self._status.note(
            state, position=self._position, failures=self._failures, **facts, **self._follower.state()
        )


class _Quiet:
    """The watchdog: a subscription that stays silent while the store moved on has stalled."""

    def __init__(self, store: EventStore, limit: float, clock: Callable[[], float]) -> None:
        self._store, self._limit, self._clock = store, limit, clock
        self._since = clock()
        self._expected = 0
        self.head = 0

    def ended(self) -> None:
        self._since = self._clock()

    def look(self, position: int) -> None:
        """After each `limit` seconds of silence ask the store; raises SubscriptionEnded at the second
        silence in which an event that the store had is still missing."""
        if self._clock() - self._since < self._limit:
            return
        if position < self._expected:
            raise SubscriptionEnded(
                f"nothing arrived after {position} though the store is at {self._expected}"
            )
        self._since = self._clock()
        self.head = self._expected = self._store.head()
