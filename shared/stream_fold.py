"""What other streams say, folded once and kept up to date: the readers of a decision share it."""

from collections.abc import Callable, Iterator
from heapq import merge
from threading import Lock
from typing import Generic, TypeVar

from shared.envelope import Envelope
from shared.eventstore.paging import stream_events
from shared.eventstore.port import EventStore
from shared.history import Codec
from shared.messages import Event

S = TypeVar("S")


class StreamFold(Generic[S]):
    """A fold of a few streams that is kept up to date by reading only their tails. Safe between threads.

    A tail is read page by page, so that its length costs no memory.
    """

    def __init__(
        self,
        store: EventStore,
        codec: Codec,
        streams: tuple[str, ...],
        initial: S,
        evolve: Callable[[S, Envelope[Event]], S],
    ) -> None:
        self._store, self._codec, self._evolve = store, codec, evolve
        self._seen = dict.fromkeys(streams, -1)
        self._state = initial
        self._lock = Lock()

    def known(self) -> S:
        """The state as `now` last left it; nothing is read."""
        with self._lock:
            return self._state

    def now(self) -> S:
        """The state after everything that the streams hold at this moment.

        Raises StoreUnavailable, UnknownEvent; what was folded until then is thrown away.
        """
        with self._lock:
            state, seen = self._state, dict(self._seen)
            tails = (self._tail(stream, revision) for stream, revision in seen.items())
            for envelope in merge(*tails, key=lambda envelope: envelope.position):
                state = self._evolve(state, envelope)
                seen[envelope.stream] = envelope.revision
            self._state, self._seen = state, seen
            return state

    def _tail(self, stream: str, revision: int) -> Iterator[Envelope[Event]]:
        return map(self._codec.decode, stream_events(self._store, stream, after=revision))
