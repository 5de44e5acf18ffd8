"""The loop of all followers: reads on from the checkpoint, reopens, notices silence, gives up in time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from shared.eventstore.epoch import STREAM, current_epoch
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import RecordedEvent, StoreUnavailable, Subscription, SubscriptionEnded
from shared.followers.errors import Moved, NotNow, Paused, Unhealthy
from shared.followers.loop import Loop, Pace
from shared.followers.status import StatusFile, read_statuses
from tests.unit.records.facts import COMMITTEE, Recorder, appointed

ROSTER = f"member-{COMMITTEE}.roster"
PATIENCE = 60.0
"""Seconds after which a wait has failed: far more than anything takes."""
QUICK = Pace(poll=0.01, first_pause=0.001, longest_pause=0.002, failures=5)


class Notebook:
    """A follower that remembers what it handled, and fails as it is told."""

    name = "notebook"

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self.seen: list[RecordedEvent] = []
        self.resumed: list[int] = []
        self.failures: list[Exception] = []
        self.handled = threading.Condition()

    def resume(self, epoch: UUID) -> int:
        self.resumed.append(self.position)
        return self.position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        with self.handled:
            if self.failures:
                raise self.failures.pop(0)
            self.seen += [event for event in batch if event.stream != STREAM]
            self.position = batch[-1].position
            self.handled.notify_all()

    def idle(self) -> None:
        with self.handled:
            self.handled.notify_all()

    def state(self) -> dict[str, Any]:
        return {}

    def wait_for(self, count: int) -> None:
        with self.handled:
            assert self.handled.wait_for(lambda: len(self.seen) >= count, PATIENCE)


@contextmanager
def running(loop: Loop) -> Iterator[None]:
    thread = threading.Thread(target=loop.run)
    thread.start()
    try:
        yield
    finally:
        loop.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def loop_of(store: Any, follower: Notebook, pace: Pace = QUICK, **more: Any) -> Loop:
    return Loop(store, follower, StatusFile(follower.name, None), pace, **more)


@pytest.fixture
def recorder() -> Recorder:
    made = Recorder()
    current_epoch(made.store)
    made.record(ROSTER, *(appointed(f"s{n}") for n in range(5)))
    return made


def test_it_handles_all_history_then_what_comes(recorder: Recorder) -> None:
    notebook = Notebook()
    with running(loop_of(recorder.store, notebook)):
        notebook.wait_for(5)
        recorder.record(ROSTER, appointed("new"))
        notebook.wait_for(6)
    assert [event.revision for event in notebook.seen] == list(range(6))


def test_it_goes_on_after_the_checkpoint(recorder: Recorder) -> None:
    third = list(recorder.store.read_stream(ROSTER))[2]
    notebook = Notebook(third.position)
    with running(loop_of(recorder.store, notebook)):
        notebook.wait_for(2)
    assert [event.revision for event in notebook.seen] == [3, 4]


def test_a_failed_batch_is_handled_again(recorder: Recorder) -> None:
    notebook = Notebook()
    notebook.failures = [NotNow("the database is away"), NotNow("the database is away")]
    with running(loop_of(recorder.store, notebook)):
        notebook.wait_for(5)
    assert notebook.resumed == [0, 0, 0]
    assert len(notebook.seen) == 5


def test_a_follower_that_moved_is_asked_again_without_a_failure(recorder: Recorder) -> None:
    notebook = Notebook()
    notebook.failures = [Moved() for _ in range(50)]  # more than the failures that are allowed
    with running(loop_of(recorder.store, notebook)):
        notebook.wait_for(5)
    assert len(notebook.resumed) == 51


def test_batches_are_bounded(recorder: Recorder) -> None:
    notebook = Notebook()
    sizes: list[int] = []
    handle = notebook.handle

    def measured(batch: Sequence[RecordedEvent]) -> None:
        sizes.append(len(batch))
        handle(batch)

    notebook.handle = measured  # type: ignore[method-assign]
    with running(loop_of(recorder.store, notebook, Pace(batch=2, room=3, poll=0.01))):
        notebook.wait_for(5)
    assert max(sizes) <= 2


def test_a_pause_is_said_and_waited_out_however_long_it_takes(recorder: Recorder, tmp_path: Path) -> None:
    notebook = Notebook()
    notebook.failures = [Paused(0)] * (3 * QUICK.failures)
    said: list[object] = []

    class Told(StatusFile):
        def note(self, state: str, /, **facts: Any) -> None:
            said.append((state, facts.get("position")))
            super().note(state, **facts)

    with running(Loop(recorder.store, notebook, Told("notebook", tmp_path), QUICK)):
        notebook.wait_for(5)
    assert said.count(("paused", 0)) == 3 * QUICK.failures
    assert [event.revision for event in notebook.seen] == list(range(5))


def test_too_many_failures_in_a_row_are_unhealthy(recorder: Recorder) -> None:
    notebook = Notebook()
    notebook.failures = [NotNow("the database is away")] * 10
    with pytest.raises(Unhealthy, match="the database is away"):
        loop_of(recorder.store, notebook).run()


def test_failures_with_progress_between_them_are_healthy(recorder: Recorder) -> None:
    notebook = Notebook()
    with running(loop_of(recorder.store, notebook)):
        for n in range(10):
            notebook.wait_for(5 + n)
            with notebook.handled:
                notebook.failures = [NotNow("a moment")] * 3
            recorder.record(ROSTER, appointed(f"more {n}"))
        notebook.wait_for(15)


class Flaky:
    """A store whose subscriptions go wrong in the way that a test says."""

    def __init__(self, store: MemoryStore, spoil: Callable[[Subscription, int], Any]) -> None:
        self._store, self._spoil, self.opened = store, spoil, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def subscribe_all(self, *, after: int = 0, streams: Sequence[str] = ()) -> Any:
        self.opened += 1
        return self._spoil(self._store.subscribe_all(after=after, streams=streams), self.opened)


class Broken:
    """A subscription that gives two events and then fails or falls silent."""

    def __init__(self, inner: Subscription, failure: Exception | None) -> None:
        self._inner, self._failure = inner, failure
        self._stopped = threading.Event()

    def __iter__(self) -> Iterator[RecordedEvent]:
        for n, event in enumerate(self._inner):
            if n == 2:
                break
            yield event
        if self._failure is not None:
            raise self._failure
        self._stopped.wait()

    def stop(self) -> None:
        self._stopped.set()
        self._inner.stop()


@pytest.mark.parametrize("failure", [SubscriptionEnded("ended"), StoreUnavailable("broke")])
def test_a_subscription_that_ends_is_opened_again(recorder: Recorder, failure: Exception) -> None:
    assert isinstance(recorder.store, MemoryStore)
    store = Flaky(recorder.store, lambda inner, _n: Broken(inner, failure))
    notebook = Notebook()
    with running(loop_of(store, notebook)):
        notebook.wait_for(5)
    assert [event.revision for event in notebook.seen] == list(range(5))
    assert store.opened >= 3


def test_a_silent_subscription_is_noticed_by_the_watchdog(recorder: Recorder) -> None:
    assert isinstance(recorder.store, MemoryStore)
    store = Flaky(recorder.store, lambda inner, n: Broken(inner, None) if n == 1 else inner)
    notebook = Notebook()
    ticks = iter(range(10**9))  # a clock of its own: every look at it is a second later
    with running(
        loop_of(store, notebook, Pace(poll=0.01, quiet=10.0, first_pause=0.001), clock=ticks.__next__)
    ):
        notebook.wait_for(5)
    assert store.opened == 2
    assert [event.revision for event in notebook.seen] == list(range(5))


def test_a_checkpoint_behind_the_end_of_the_store_is_unhealthy(recorder: Recorder) -> None:
    notebook = Notebook(recorder.store.head() + 1)
    with pytest.raises(Unhealthy, match="behind the end of the store"):
        loop_of(recorder.store, notebook).run()


def test_the_status_file_tells_how_far_it_is(recorder: Recorder, tmp_path: Path) -> None:
    notebook = Notebook()
    loop = Loop(recorder.store, notebook, StatusFile("notebook", tmp_path), QUICK)
    with running(loop):
        notebook.wait_for(5)
    said = read_statuses(tmp_path)["notebook"]
    assert (said["state"], said["position"], said["head"]) == ("stopped", *[recorder.store.head()] * 2)
    assert said["epoch"] == str(current_epoch(recorder.store))
