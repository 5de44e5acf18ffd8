"""The product's own follower loop over an account, which fails where an event is missed or doubled."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.loop import Follower, Loop, Pace
from shared.followers.status import StatusFile
from tests.faults.ledger import Account

PACE = Pace(poll=0.1, quiet=10.0, failures=100_000, first_pause=0.05, longest_pause=0.5)


class Accountant:
    """Follows with an account; its position is the checkpoint."""

    name = "account"

    def __init__(self) -> None:
        self.account = Account()
        self._changed = threading.Condition()
        self._epochs: set[UUID] = set()

    def resume(self, epoch: UUID) -> int:
        self._epochs.add(epoch)
        assert len(self._epochs) == 1, "the store lost its epoch"
        return self.account.position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        with self._changed:
            self.account.take(batch)
            self._changed.notify_all()

    def idle(self) -> None:
        """Nothing is due."""

    def state(self) -> dict[str, Any]:
        return {}

    @contextmanager
    def at(self, position: int, patience: float) -> Iterator[Account]:
        """The account, held still once it has come as far; fails where it does not within the patience."""
        with self._changed:
            came = self._changed.wait_for(lambda: self.account.position >= position, patience)
            assert came, f"the follower is at {self.account.position} and not at {position}"
            yield self.account


@contextmanager
def following(store: EventStore, follower: Follower, patience: float) -> Iterator[StatusFile]:
    """Run a follower in a thread; what it says of itself. Raises what it failed with when the body ends."""
    status = StatusFile(follower.name, None)
    loop = Loop(store, follower, status, PACE)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            loop.run()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield status
    finally:
        loop.stop()
        thread.join(patience)
    assert not thread.is_alive(), f"the follower {follower.name} did not end"
    if failed:
        raise failed[0]
