"""One reader of a group: what it is sent next, how that ends, and how long it takes to answer."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from shared.eventstore.embedded.persistent.consumers import Consumer, Message
from shared.eventstore.embedded.persistent.statistics import Meter

_MEASUREMENTS = 1_000
"""Answers whose times are remembered."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Who reads, as far as it said so."""

    address: str
    user: str
    connection_name: str


@dataclass(eq=False)
class Connection:
    """For the event loop only."""

    consumer: Consumer
    peer: Peer
    meter: Meter
    timings: deque[int] = field(default_factory=lambda: deque(maxlen=_MEASUREMENTS))
    """Milliseconds from delivery to answer."""

    def __post_init__(self) -> None:
        self._ready = asyncio.Event()
        self._error: Exception | None = None

    def wake(self) -> None:
        """There is something in the outbox."""
        self._ready.set()

    def end(self, error: Exception) -> None:
        """Raise it from `next`, now or when that is next asked."""
        self._error = self._error or error
        self._ready.set()

    async def next(self) -> Message:
        """The next message to send, once there is one, or the error that the connection was ended with.

        A message that was taken back before it was due is not sent any more.
        """
        while self._error is None and not self.consumer.outbox:
            self._ready.clear()
            await self._ready.wait()
        if self._error is not None:
            raise self._error
        return self.consumer.outbox.popitem(last=False)[1]
