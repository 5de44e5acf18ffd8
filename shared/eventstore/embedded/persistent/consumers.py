"""The consumers of a group, and the strategies that choose one of them for a message: pure."""

import zlib
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

BUCKETS = 1024
"""What is pinned is pinned by the bucket it falls into."""


@dataclass(frozen=True, slots=True)
class Message:
    """An event that is due to the group; its content stays in the log until it is sent.

    `id` is what consumers acknowledge. `position` orders it among its like: in the group's source, or in
    the stream of parked messages where it is `replayed` from there. `bucket` says what it is pinned with.
    """

    id: bytes
    position: int
    stream: str
    revision: int
    bucket: int = 0
    retries: int = 0
    replayed: bool = False


@dataclass(eq=False, slots=True)
class Consumer:
    """One reader of the group: it may hold `slots` messages without acknowledging them."""

    slots: int
    held: int = 0
    outbox: OrderedDict[bytes, Message] = field(default_factory=OrderedDict)
    """Held, but not sent yet: the reader may be slow."""
    delivered: int = 0

    @property
    def free(self) -> int:
        return self.slots - self.held


class Strategy(Protocol):
    """Chooses who gets a message."""

    def join(self, consumer: Consumer, in_flight: Iterable[Message]) -> None: ...

    def leave(self, consumer: Consumer) -> None: ...

    def choose(self, message: Message) -> Consumer | None:
        """A consumer with a free slot; None where this message has to wait, though others may not."""


class RoundRobin:
    """Everybody in turn."""

    def __init__(self) -> None:
        self._turns: deque[Consumer] = deque()

    def join(self, consumer: Consumer, in_flight: Iterable[Message]) -> None:
        self._turns.append(consumer)

    def leave(self, consumer: Consumer) -> None:
        self._turns.remove(consumer)

    def choose(self, message: Message) -> Consumer | None:
        for _ in range(len(self._turns)):
            consumer = self._turns[0]
            self._turns.rotate(-1)
            if consumer.free > 0:
                return consumer
        return None


class DispatchToSingle(RoundRobin):
    """One consumer until it has no slot left, then the next."""

    def choose(self, message: Message) -> Consumer | None:
        for _ in range(len(self._turns)):
            if self._turns[0].free > 0:
                return self._turns[0]
            self._turns.rotate(-1)
        return None


class Pinned:
    """Messages of one bucket go to one consumer while it is there; a newcomer takes over its share."""

    def __init__(self) -> None:
        self._buckets: dict[Consumer, set[int]] = {}
        self._assigned: dict[int, Consumer] = {}

    def join(self, consumer: Consumer, in_flight: Iterable[Message]) -> None:
        self._buckets[consumer] = set()
        share = -(-len(self._assigned) // len(self._buckets))
        busy = Counter(message.bucket for message in in_flight)
        for other, buckets in self._buckets.items():
            idle_first = sorted(buckets, key=lambda bucket: busy[bucket])
            for bucket in idle_first[: max(0, len(buckets) - share)]:
                self._buckets[other].remove(bucket)
                self._assign(bucket, consumer)

    def leave(self, consumer: Consumer) -> None:
        for bucket in self._buckets.pop(consumer):
            del self._assigned[bucket]

    def choose(self, message: Message) -> Consumer | None:
        consumer = self._assigned.get(message.bucket)
        if consumer is None:
            if not self._buckets:
                return None
            consumer = min(self._buckets, key=lambda each: len(self._buckets[each]))
            self._assign(message.bucket, consumer)
        return consumer if consumer.free > 0 else None

    def _assign(self, bucket: int, consumer: Consumer) -> None:
        self._assigned[bucket] = consumer
        self._buckets[consumer].add(bucket)


def bucket_of(pin: str) -> int:
    """Where a stream name or a correlation id falls, in every process alike."""
    return zlib.crc32(pin.encode("utf-8", "surrogatepass")) % BUCKETS


STRATEGIES: dict[str, Callable[[], Strategy]] = {
    "DispatchToSingle": DispatchToSingle,
    "RoundRobin": RoundRobin,
    "Pinned": Pinned,
    "PinnedByCorrelation": Pinned,
}
"""By the names that clients know."""
