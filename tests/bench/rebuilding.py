"""Rebuilding every read model in events/s, against a bare esdbclient `read_all` of the same store.

    python -m tests.bench.rebuilding 100000 1000000

does it once for each of these numbers of events. Exit code 1 where the memory was not the same for all.
"""

import os
import sys
import time
from collections.abc import Iterator
from statistics import median
from uuid import UUID, uuid5

from esdbclient import EventStoreDBClient

from services.records.database import read_database
from services.records.everything import MODELS
from services.records.rebuild import rebuild
from services.tasks.events import ContextNoted, TaskAssigned, TaskOrigin
from shared.dates import Deadline
from shared.eventstore.connect import connect
from shared.eventstore.port import NO_STREAM, EventStore
from shared.history import encode
from shared.messages import AgencyId, Event
from shared.settings import load_settings
from tests.bench import house
from tests.bench.processes import forget_peak, resident
from tests.unit.given import SOURCE, act
from tests.unit.rows import metadata_of

EVENTS, STREAM_LENGTH, ROUNDS = 20_000, 200, 3
FLAT = 24.0
"""MB by which the memory may differ: SQLite's pages, and a little."""
NAMES = UUID("00000000-0000-5000-8000-00000000be9c")


def run(events: int = EVENTS, rounds: int = ROUNDS) -> Iterator[str]:
    line, _ = measured(events, rounds)
    yield line


def measured(events: int, rounds: int) -> tuple[str, float]:
    """The line, and the MB that a rebuild needed at the most beyond what the process held before."""
    with house.scratch() as folder, house.store(folder) as uri:
        store = connect(uri)
        fill(store, events)
        database = read_database(
            load_settings(data=folder, database_url=f"sqlite:///{folder}/records.sqlite")
        )
        read, rebuilt, needed = [], [], 0.0
        for _ in range(rounds):
            read.append(_read_all(uri))
            forget_peak(os.getpid())
            before = resident(os.getpid())
            report = rebuild(store, database, MODELS)
            needed = max(needed, resident(os.getpid(), "VmHWM") - before)
            rebuilt.append(report.events / report.seconds)
        database.close()
        store.close()
    rate = median(rebuilt) / median(read)
    line = (
        f"rebuild of {len(MODELS.models)} read models : {rate:5.3f} × a bare esdbclient read_all"
        f"   [{events} events; {median(rebuilt):.0f} against {median(read):.0f} events/s in this run; "
        f"+{needed:.0f} MB]"
    )
    return line, needed


def _read_all(uri: str) -> float:
    """Events/s of esdbclient alone, doing nothing with what it reads."""
    client = EventStoreDBClient(uri=uri)
    began = time.perf_counter()
    count = sum(1 for _ in client.read_all())
    rate = count / (time.perf_counter() - began)
    client.close()
    return rate


def fill(store: EventStore, count: int = EVENTS) -> None:
    by = act("record_keeper", source=SOURCE)
    for number in range(count // STREAM_LENGTH):
        stream = f"context-bench.{number}"
        events = [_event(number, n) for n in range(STREAM_LENGTH)]
        new = [
            encode(event, uuid5(NAMES, f"{stream}:{n}"), metadata_of(event, by))
            for n, event in enumerate(events)
        ]
        store.append(stream, new, expected=NO_STREAM)


def _event(stream: int, n: int) -> Event:
    if n % 2:
        return TaskAssigned(
            task_id=f"{stream}-{n}",
            title="Việc hư cấu",
            lead=(AgencyId("so-a"),),
            deadline=Deadline.parse("quý IV/2022"),
            origin=TaskOrigin.EXTERNAL,
        )
    return ContextNoted(
        context_id=f"{stream}-{n}",
        kind="report",
        title="Số liệu hư cấu",
        figures={"dat": n},
        agencies=("Sở A",),
        positions=(),
        because="đo tốc độ",
    )


def main() -> None:
    found = [measured(int(number), 1) for number in sys.argv[1:]]
    for line, _ in found:
        print(line)
    needed = [memory for _, memory in found]
    sys.exit(max(needed) - min(needed) > FLAT)


if __name__ == "__main__":
    main()
