"""The stores that the contract suite runs over, and helpers that wait for them with an end."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from shared.eventstore.connect import connect
from shared.eventstore.port import EventStore, NewEvent, RecordedEvent, Subscription

PATIENCE = 30.0
"""Seconds after which a wait has failed: far more than anything takes, so that speed decides nothing."""

ROOT = Path(__file__).parents[3]
"""Where a process must be started for `shared` to be found."""


class EmbeddedServer:
    """The embedded server as a process of its own, on a port that stays the same over restarts."""

    def __init__(self, data: Path, *options: str | Path) -> None:
        """`options` go onto the command line, besides folder and port."""
        self.data = data
        self.options = options
        self.port = 0
        self.ready_line = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def uri(self) -> str:
        return f"esdb://127.0.0.1:{self.port}?Tls=false"

    def start(self) -> None:
        """Return when clients may come; fails with what the server said where it ends instead."""
        self._process = self.spawn()
        line = self.ready_line = self.next_line()
        if not line.startswith("ready esdb://127.0.0.1:"):
            self._process.kill()
            _, said = self._process.communicate(timeout=PATIENCE)
            pytest.fail(f"the server did not start: {line}{said}")
        self.port = int(line.split(":")[2].partition("?")[0])

    def next_line(self) -> str:
        """What it says next on its stdout; "" when it ends, or is given up, without a word."""
        assert self._process is not None
        return _first_line(self._process)

    def spawn(self, *, data: Path | None = None, port: int | None = None) -> "subprocess.Popen[str]":
        """A server process on this folder and port, or on others."""
        arguments = {"--data": data or self.data, "--port": self.port if port is None else port}
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "shared.eventstore.embedded",
                *(str(x) for kv in arguments.items() for x in kv),
                *map(str, self.options),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def kill(self) -> None:
        """As if the machine had lost the process: no handler runs."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        return self._end(signal.SIGTERM)[0]

    def stopped(self) -> tuple[int, str]:
        """Ask it to stop; its exit code and what it said on its standard error."""
        return self._end(signal.SIGTERM)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def wait_for_end(self) -> tuple[int, str]:
        """Exit code and last words of a server that ends by itself."""
        return self._end(None)

    def pause(self) -> None:
        """Let it hold its connections and answer nothing, as behind a network that swallows everything."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def _end(self, number: signal.Signals | None) -> tuple[int, str]:
        assert self._process is not None
        if number is not None and self._process.poll() is None:
            self._process.send_signal(number)
        _, said = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, said


def _first_line(process: "subprocess.Popen[str]") -> str:
    """The first line on its stdout; "" when it ends, or is given up, without one."""
    assert process.stdout is not None
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        return process.stdout.readline()
    finally:
        watchdog.cancel()


@pytest.fixture(scope="session")
def embedded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """One server for all tests that leave it running."""
    server = EmbeddedServer(tmp_path_factory.mktemp("embedded"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server that the test may kill."""
    server = EmbeddedServer(tmp_path / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["memory", "embedded", "esdb"])
def store(request: pytest.FixtureRequest) -> Iterator[EventStore]:
    """Every backend in turn; "esdb" is whatever ESDB_URI names, used or not."""
    match request.param:
        case "memory":
            opened = connect("memory://")
        case "embedded":
            opened = connect(request.getfixturevalue("embedded_server").uri)
        case _:
            uri = os.environ.get("ESDB_URI")
            if uri is None:
                pytest.skip("ESDB_URI names no store")
            opened = connect(uri)
    yield opened
    opened.close()


@pytest.fixture
def stream() -> str:
    """A stream name that no earlier run has used."""
    return f"contract-{uuid4().hex}"


def event(number: int = 0) -> NewEvent:
    """A new event with an id of its own; the number is its content."""
    return NewEvent(id=uuid4(), type="Counted", data=b'{"number": %d}' % number, metadata=b'{"schema": 1}')


def fill(store: EventStore, stream: str, count: int) -> list[NewEvent]:
    """Append `count` events to a new stream, in batches."""
    events = [event(n) for n in range(count)]
    for start in range(0, count, 500):
        store.append(stream, events[start : start + 500], expected=start - 1)
    return events


class Follower:
    """Reads a subscription in a thread of its own and keeps what came, and how it ended."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription
        self._came = threading.Condition()
        self._events: list[RecordedEvent] = []
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait_for(self, count: int) -> list[RecordedEvent]:
        """The first `count` events, once they are there; fails where they do not come."""
        with self._came:
            self._came.wait_for(lambda: len(self._events) >= count or self.error, PATIENCE)
            if len(self._events) < count:
                pytest.fail(f"{len(self._events)} of {count} events came; error: {self.error}")
            return list(self._events)

    def stop(self) -> list[RecordedEvent]:
        """Stop the subscription; everything that came."""
        self._subscription.stop()
        self.join()
        return self._events

    def join(self) -> None:
        """Wait until the iteration has ended by itself."""
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            pytest.fail("the subscription's iteration did not end")

    def _read(self) -> None:
        try:
            for recorded in self._subscription:
                with self._came:
                    self._events.append(recorded)
                    self._came.notify_all()
        except Exception as error:
            with self._came:
                self.error = error
                self._came.notify_all()


def in_threads(*jobs: Callable[[], None]) -> None:
    """Run the jobs side by side, and raise what the first of them raised."""
    errors: list[Exception] = []

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
        if thread.is_alive():
            pytest.fail("a thread did not come to its end")
    if errors:
        raise errors[0]
