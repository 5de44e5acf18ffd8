"""A log of ten million events, read whole: how fast, and with how much memory on either side.

    python -m tests.bench.large [--folder DIR] [--events 10000000] [--limit EVENTS] [--keep]

Not part of `make bench`: the log takes about 4 GB and minutes to write, and its reading half an hour.
Stopped while it writes, it goes on where it was; `--limit` reads only so many events of `$all`; the folder
goes away at the end unless it is kept. Exit code 1 where memory was not flat.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from shared.eventstore.connect import connect
from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.paging import stream_events
from shared.eventstore.port import RecordedEvent
from tests.bench import events
from tests.bench.processes import resident
from tests.contract.store.stores import EmbeddedServer

STREAM_LENGTH, LONG_STREAM, LONG_LENGTH = 1000, "long", 100_000
BLOCK = 10_000
"""Events in one transaction of the filling: either of the long stream or of ten others."""
POINTS = (0.01, 0.1, 0.5, 1.0)
FLAT = 24.0
"""MB that either side may hold more at a later point than at the first: SQLite's page cache, and a little."""
DATA, METADATA = b'{"text":"' + b"x" * 90 + b'"}', b'{"text":"' + b"x" * 90 + b'"}'


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.large", description="A large log, read whole.")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "bcd-bench-large")
    parser.add_argument("--events", type=int, default=10_000_000, help="in the log, in whole 10,000s")
    parser.add_argument("--limit", type=int, default=None, help="events to read of $all; all where not given")
    parser.add_argument("--keep", action="store_true", help="leave the folder for another run")
    given = parser.parse_args()
    fill(given.folder, given.events)
    flat = read(given.folder, min(given.events, given.limit or given.events))
    if not given.keep:
        shutil.rmtree(given.folder)
    return 0 if flat else 1


def fill(folder: Path, count: int) -> None:
    """Write what is missing, straight into the log."""
    data = DataFolder(folder)
    log = Log(data.log_path)
    log.create(events.CREATED)
    written = log.count()[1] - 1  # besides the system event that stands first
    began, first = time.monotonic(), written
    while written < count:
        log.begin()
        for stream, revision, length in _streams(written):
            log.add(stream, revision, _proposed(written, length), events.CREATED)
            written += length
        log.commit()
        rate = (written - first) / (time.monotonic() - began)
        _progress(f"written: {written:,} of {count:,}, {rate:,.0f} events/s")
    _progress(f"the log holds {written:,} events in {data.log_path.stat().st_size / 1e9:.1f} GB\n")
    log.close()
    data.close()


def _streams(written: int) -> Iterator[tuple[str, int, int]]:
    """The streams of the block that begins after so many events: name, first revision, number of events."""
    if written < LONG_LENGTH:
        yield LONG_STREAM, written, BLOCK
    else:
        for first in range(written, written + BLOCK, STREAM_LENGTH):
            yield f"large-{first // STREAM_LENGTH}", 0, STREAM_LENGTH


def _proposed(first: int, length: int) -> list[Proposed]:
    """Events whose ids rise, so that the index of ids is written as fast as the rest."""
    return [
        Proposed(number.to_bytes(16, "big"), events.TYPE, "application/json", METADATA, DATA)
        for number in range(first, first + length)
    ]


def read(folder: Path, count: int) -> bool:
    """Read one long stream and `$all` through the product's client; whether memory stayed flat."""
    server = EmbeddedServer(folder)
    server.start()
    store = connect(server.uri)
    try:
        pids = {"server": server.pid, "client": os.getpid()}
        _read("one stream", stream_events(store, LONG_STREAM), LONG_LENGTH, pids)
        return _read("$all", store.read_all(limit=count), count, pids)
    finally:
        store.close()
        server.stop()


def _read(what: str, found: Iterable[RecordedEvent], count: int, pids: dict[str, int]) -> bool:
    began, number = time.monotonic(), 0
    memory: list[dict[str, float]] = []
    points = [int(count * share) for share in POINTS]
    for number, _ in enumerate(found, 1):
        if number % BLOCK and number not in points:
            continue
        said = f"{what}: {number:,} of {count:,}, {number / (time.monotonic() - began):,.0f} events/s"
        if number not in points:
            _progress(said)
            continue
        memory.append({name: resident(pid) for name, pid in pids.items()})
        _progress(said + "".join(f", {name} {held:.0f} MB" for name, held in memory[-1].items()) + "\n")
    if number != count:
        raise RuntimeError(f"{number:,} of {count:,} events of {what} were read")
    flat = all(later[name] <= memory[0][name] + FLAT for later in memory for name in pids)
    _progress(f"{what}: memory {'✔ flat' if flat else '✘ not flat'}\n")
    return flat


def _progress(said: str) -> None:
    sys.stdout.write(f"\r{said}".ljust(100) if not said.endswith("\n") else f"\r{said[:-1]:100}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
