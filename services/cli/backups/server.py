"""The embedded server for a moment, on a folder that nobody else serves."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from services.cli.errors import cli_error
from shared.eventstore.connect import connect
from shared.eventstore.port import EventStore
from shared.runtime.child import start_child, stop_child

READY = "ready "


@contextmanager
def served(folder: Path, limit: float) -> Iterator[EventStore]:
    """The store in this folder; its server ends with the block, or with this process.

    `limit` is the longest wait for its start, for its end, and for one call, in seconds. Raises CliError
    where it does not start.
    """
    command = (sys.executable, "-m", "shared.eventstore.embedded", "--data", str(folder), "--port", "0")
    child = start_child(command, env=os.environ, output=subprocess.PIPE)
    try:
        with closing(connect(_address(child, limit), deadline=limit)) as store:
            yield store
    finally:
        stop_child(child, limit)
        if child.stdout is not None:
            child.stdout.close()


def _address(child: "subprocess.Popen[bytes]", limit: float) -> str:
    """What it says once clients may come."""
    assert child.stdout is not None
    watchdog = threading.Timer(limit, child.kill)
    watchdog.start()
    said = ""
    try:
        for line in child.stdout:
            said = line.decode(errors="replace").strip()
            if said.startswith(READY):
                return said.removeprefix(READY)
    finally:
        watchdog.cancel()
    raise cli_error("store_did_not_start", said=said or "—")
