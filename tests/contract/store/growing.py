"""A log with one long stream, and a process that reads it and tells what that took of memory.

`python -m tests.contract.store.growing URI PID` writes lines of JSON: what was read, how much of it so far,
and the peaks of its own memory and of the server's, whose process is PID.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Final
from uuid import UUID

from shared.eventstore.connect import connect
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.port import EventStore
from shared.handling import CommandHandler
from tests.unit import tally
from tests.unit.tally import CODEC, STREAM, Anyone, Count, Counted, counted, request

EVENTS: Final = int(os.environ.get("GROWTH_EVENTS", "50000"))
"""In the long stream; a multiple of the batch. More of them only take longer."""
WARM: Final = 2_000
"""By then everything has been allocated once; what is read later may take no more."""
ALL: Final = 10_000
"""`$all` is read less far: it is the same for every page."""
_BATCH: Final = 1000
_PADDING: Final = b"x" * 400
"""Makes an event as large as one of the product's."""


def write_log(path: Path) -> int:
    """Fill a new log, without a server; the bytes of data and metadata of an event, about."""
    log, now = Log(path), time.time_ns() // 100
    log.create(now)
    around = counted(0).metadata
    log.begin()
    for first in range(0, EVENTS, _BATCH):
        events = [_event(total, around) for total in range(first + 1, first + _BATCH + 1)]
        log.add(STREAM, first, events, now)
    log.commit()
    log.close()
    return len(around) + len(_event(EVENTS, around).data)


def _event(total: int, around: bytes) -> Proposed:
    data = b'{"total":%d,"padding":"%s"}' % (total, _PADDING)
    return Proposed(UUID(int=total).bytes, Counted.__name__, "application/json", around, data)


def peak_memory(process: str) -> int:
    """The most bytes that a process has had in memory since it was started."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


class Reading:
    """Reads the store, and notes the peaks before and after."""

    def __init__(self, store: EventStore, server: str) -> None:
        self._store, self._server = store, server

    def all_events(self, count: int) -> None:
        self._note("all", 0)
        assert sum(1 for _ in self._store.read_all(limit=count)) == count
        self._note("all", count)

    def decision(self) -> None:
        """A command is decided on the whole stream, or its decider would fail."""
        self._note("stream", 0)
        receipt = CommandHandler(self._store, CODEC, Anyone()).handle(tally.decider, Count, request())
        assert receipt["revision"] == EVENTS
        self._note("stream", EVENTS)

    def _note(self, what: str, number: int) -> None:
        peaks = {"reader": peak_memory("self"), "server": peak_memory(self._server)}
        sys.stdout.write(json.dumps({"what": what, "number": number, **peaks}) + "\n")


if __name__ == "__main__":
    reading = Reading(connect(sys.argv[1]), sys.argv[2])
    reading.all_events(WARM)
    reading.all_events(ALL)
    reading.decision()
