"""What a store holds costs its readers no memory: neither the process that folds it nor the server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.store.growing import ALL, EVENTS, write_log
from tests.contract.store.stores import PATIENCE, ROOT, EmbeddedServer

TOLERATED = 0.2
"""Growth of memory, as a share of what is read; events kept as objects would take more than all of it."""


class Watched(EmbeddedServer):
    """Tells which process it is."""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Watched]:
    server = Watched(tmp_path)
    yield server
    server.kill()


@pytest.mark.timeout(20 * PATIENCE)  # what takes seconds takes a loaded machine minutes
def test_a_long_history_is_read_with_flat_memory(server: Watched) -> None:
    size = write_log(server.data / "events.sqlite")
    server.start()
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.store.growing", server.uri, str(server.pid)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=18 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    peaks = {(told["what"], told["number"]): told for told in map(json.loads, done.stdout.splitlines())}

    def grown(process: str, what: str, count: int) -> float:
        """Growth while it was read, as a share of the bytes read."""
        more: int = peaks[what, count][process] - peaks[what, 0][process]
        return more / (count * size)

    assert grown("reader", "all", ALL) < TOLERATED
    assert grown("reader", "stream", EVENTS) < TOLERATED
    assert grown("server", "stream", EVENTS) < TOLERATED  # by then its page cache, 16 MB, is full
