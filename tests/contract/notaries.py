"""Notaries as processes over the embedded server, and web servers for their witnesses and readers."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shared.eventstore.connect import connect
from shared.eventstore.port import EventStore
from tests.contract.store.stores import PATIENCE, ROOT, EmbeddedServer
from tests.unit.audit.logs import head_of


def until(ready: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > ends:
            pytest.fail(f"{what}: it did not come to that")
        threading.Event().wait(0.02)


class NotaryProcess:
    """`python -m shared.audit.notary` with a data folder and settings of its own."""

    def __init__(self, server: EmbeddedServer, data: Path, **settings: str) -> None:
        own = {name: value for name, value in os.environ.items() if not name.startswith("BCD_")}
        given = {f"BCD_{name.upper()}": value for name, value in settings.items()}
        self.data = data
        self._env = {
            **own,
            **given,
            "ESDB_URI": server.uri,
            "BCD_DATA": str(data),
            "BCD_FOLLOWER_POLL": "0.05",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "shared.audit.notary"]
        log = (self.data / "log").open("ab")
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=log, stderr=log)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self._process.wait(PATIENCE)

    def wait(self) -> int:
        assert self._process is not None
        return self._process.wait(PATIENCE)

    @property
    def folder(self) -> Path:
        return self.data / "notary"

    def signed(self) -> int:
        try:
            return head_of(self.folder).size
        except FileNotFoundError:
            return 0


Make = Callable[..., NotaryProcess]


@pytest.fixture
def make(own_server: EmbeddedServer, tmp_path: Path) -> Iterator[Make]:
    """Makes notaries over the server, all in one data folder; none outlives the test."""
    made: list[NotaryProcess] = []
    (tmp_path / "notary-data").mkdir()

    def one(**settings: str) -> NotaryProcess:
        made.append(NotaryProcess(own_server, tmp_path / "notary-data", **settings))
        return made[-1]

    yield one
    for process in made:
        process.end(signal.SIGKILL)


@pytest.fixture
def store(own_server: EmbeddedServer) -> Iterator[EventStore]:
    opened = connect(own_server.uri)
    yield opened
    opened.close()


@contextmanager
def served(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return
