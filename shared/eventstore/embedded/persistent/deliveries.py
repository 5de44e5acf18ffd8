"""What becomes of every message of a group: pure, no clock, no log, no wire.

A message is in one place: it waits, it waits for another try, it is in flight with a consumer, it is being
parked, or it is done. The checkpoint never passes one that is not done.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.eventstore.embedded.persistent.consumers import Consumer, Message, Strategy
from shared.eventstore.embedded.persistent.progress import Mark, Progress


@dataclass(frozen=True, slots=True)
class InFlight:
    """Delivered and not answered; `since` and `due` are seconds of the caller's clock."""

    message: Message
    consumer: Consumer
    since: float
    due: float


class Deliveries:
    """The messages and consumers of one group."""

    def __init__(self, strategy: Strategy, *, start: int, max_retries: int, timeout: float) -> None:
        """`start` is the position before the first message; `timeout`, in seconds, is for each delivery."""
        self._strategy, self._max_retries, self._timeout = strategy, max_retries, timeout
        self._source, self._parked = Progress(start), Progress(-1)
        self._waiting: list[Message] = []
        self._retry: list[Message] = []
        self._in_flight: dict[bytes, InFlight] = {}
        self.consumers: list[Consumer] = []
        self.delivered = 0

    # What comes in

    def add(self, message: Message) -> None:
        """The next message of the source."""
        self._source.begin(message.position)
        self._waiting.append(message)

    def pass_over(self, position: int, *, counts: bool) -> None:
        """The next event of the source is none for this group."""
        self._source.pass_over(position, counts=counts)

    def replay(self, message: Message) -> None:
        """The next parked message, which goes before what waits."""
        self._parked.begin(message.position)
        self._queue_retry(message)

    def pass_over_parked(self, position: int) -> None:
        self._parked.pass_over(position)

    def join(self, consumer: Consumer) -> None:
        self.consumers.append(consumer)
        self._strategy.join(consumer, [each.message for each in self._in_flight.values()])

    def leave(self, consumer: Consumer) -> None:
        """What the consumer held is tried again, with others or later; nothing is parked for that."""
        self.consumers.remove(consumer)
        self._strategy.leave(consumer)
        for each in [each for each in self._in_flight.values() if each.consumer is consumer]:
            self._land(each.message.id)
            self._queue_retry(replace(each.message, retries=each.message.retries + 1))

    # What goes out

    def deliver(self, now: float) -> set[Consumer]:
        """Put messages into outboxes while there is room, those for another try first; who got some."""
        got: set[Consumer] = set()
        self._retry = self._send(self._retry, now, got)
        self._waiting = self._send(self._waiting, now, got)
        return got

    def _send(self, line: list[Message], now: float, got: set[Consumer]) -> list[Message]:
        """Those that have to stay in line."""
        free = sum(max(0, consumer.free) for consumer in self.consumers)
        stay: list[Message] = []
        for index, message in enumerate(line):
            if free == 0:
                return stay + line[index:]
            # Two events of one id, in two streams, cannot be told apart once acknowledged: one by one.
            same = message.id in self._in_flight
            consumer = None if same else self._strategy.choose(message)
            if consumer is None:
                stay.append(message)
                continue
            self._in_flight[message.id] = InFlight(message, consumer, now, now + self._timeout)
            consumer.held += 1
            consumer.delivered += 1
            consumer.outbox[message.id] = message
            self.delivered += 1
            free -= 1
            got.add(consumer)
        return stay

    # What becomes of it

    def acknowledge(self, ids: Iterable[bytes]) -> list[InFlight]:
        """Done; what is not in flight is ignored, so nothing is done twice. Those that were."""
        landed = self._land_all(ids)
        for each in landed:
            self._finish(each.message)
        return landed

    def retry(self, ids: Iterable[bytes]) -> list[Message]:
        """To be tried again; those that were tried often enough come back, to be parked."""
        return self._try_again(self._land_all(ids))

    def expire(self, now: float) -> list[Message]:
        """Take back what was not answered in time; those that were tried often enough, to be parked."""
        late = [each.message.id for each in self._in_flight.values() if each.due <= now]
        return self.retry(late)

    def take(self, ids: Iterable[bytes]) -> list[Message]:
        """Out of flight, to be parked: each has to be `parked` or `not_parked` next."""
        return [each.message for each in self._land_all(ids)]

    def parked(self, message: Message) -> None:
        """It is on disk among the parked, so it is done here."""
        self._finish(message)

    def not_parked(self, message: Message) -> None:
        """It could not be parked: it is delivered again rather than lost."""
        self._queue_retry(message)

    # How it stands

    @property
    def done(self) -> Mark:
        """How far everything of the source is done."""
        return self._source.done

    @property
    def last(self) -> Mark:
        """How far the source was looked at."""
        return self._source.last

    @property
    def replayed(self) -> int:
        """The revision among the parked up to which all that was replayed is done."""
        return self._parked.done.position

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def retrying(self) -> int:
        return len(self._retry)

    @property
    def in_flight(self) -> int:
        return len(self._in_flight)

    def _land_all(self, ids: Iterable[bytes]) -> list[InFlight]:
        return [self._land(id_) for id_ in dict.fromkeys(ids) if id_ in self._in_flight]

    def _land(self, id_: bytes) -> InFlight:
        each = self._in_flight.pop(id_)
        each.consumer.held -= 1
        each.consumer.outbox.pop(id_, None)
        return each

    def _try_again(self, landed: list[InFlight]) -> list[Message]:
        given_up = []
        for each in landed:
            if each.message.retries < self._max_retries:
                self._queue_retry(replace(each.message, retries=each.message.retries + 1))
            else:
                given_up.append(each.message)
        return given_up

    def _queue_retry(self, message: Message) -> None:
        """In the order of the source; replayed messages after all others, in theirs."""
        insort(self._retry, message, key=lambda each: (each.replayed, each.position))

    def _finish(self, message: Message) -> None:
        (self._parked if message.replayed else self._source).finish(message.position)
