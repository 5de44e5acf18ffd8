"""A subscription read by a thread of its own into a bounded queue, and taken out of it in batches."""

import threading
from queue import Empty, Full, Queue

from shared.eventstore.port import RecordedEvent, StoreError, Subscription, SubscriptionEnded


class Reader:
    """Holds up to `room` events that nobody has taken yet; then the subscription waits."""

    def __init__(self, subscription: Subscription, room: int) -> None:
        self._subscription = subscription
        self._queue: Queue[RecordedEvent | StoreError] = Queue(room)
        self._stopped = threading.Event()
        self._end: StoreError | None = None
        self._thread = threading.Thread(target=self._read, name="subscription", daemon=True)
        self._thread.start()

    def batch(self, limit: int, wait: float) -> list[RecordedEvent]:
        """The next events, at most `limit`; empty where none arrives within `wait` seconds.

        Raises SubscriptionEnded or StoreUnavailable where the subscription ended, after all the events
        that came before its end were handed out.
        """
        taken: list[RecordedEvent] = []
        while len(taken) < limit and self._end is None:
            try:
                item = self._queue.get(timeout=wait) if not taken else self._queue.get_nowait()
            except Empty:
                break
            if isinstance(item, StoreError):
                self._end = item
            else:
                taken.append(item)
        if not taken and self._end is not None:
            raise self._end
        return taken

    def stop(self, limit: float = 5.0) -> None:
        """End the subscription; waits at most `limit` seconds for its thread."""
        self._stopped.set()
        self._subscription.stop()
        self._thread.join(limit)

    def _read(self) -> None:
        try:
            for event in self._subscription:
                if not self._put(event):
                    return
            self._put(SubscriptionEnded("the subscription ended though nobody stopped it"))
        except StoreError as error:
            self._put(error)
        except Exception as error:  # whatever ends the thread must be known to who waits for it
            self._put(SubscriptionEnded(f"the subscription failed: {error!r}"))

    def _put(self, item: RecordedEvent | StoreError) -> bool:
        while not self._stopped.is_set():
            try:
                self._queue.put(item, timeout=0.2)
                return True
            except Full:
                continue
        return False
