"""Rebuilding every read model in events/s, against a bare esdbclient `read_all` of the same store."""

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
from tests.unit.given import SOURCE, act
from tests.unit.rows import metadata_of

EVENTS, STREAM_LENGTH, ROUNDS = 20_000, 200, 3
NAMES = UUID("00000000-0000-5000-8000-00000000be9c")


def run() -> Iterator[str]:
    with house.scratch() as folder, house.store(folder) as uri:
        store = connect(uri)
        fill(store)
        database = read_database(
            load_settings(data=folder, database_url=f"sqlite:///{folder}/records.sqlite")
        )
        read, rebuilt = [], []
        for _ in range(ROUNDS):
            read.append(_read_all(uri))
            report = rebuild(store, database, MODELS)
            rebuilt.append(report.events / report.seconds)
        database.close()
        store.close()
        rate = median(rebuilt) / median(read)
        yield (
            f"rebuild of {len(MODELS.models)} read models : {rate:5.3f} × a bare esdbclient read_all"
            f"   [{EVENTS} events; {median(rebuilt):.0f} against {median(read):.0f} events/s in this run]"
        )


def _read_all(uri: str) -> float:
    """Events/s of esdbclient alone, doing nothing with what it reads."""
    client = EventStoreDBClient(uri=uri)
    began = time.perf_counter()
    count = sum(1 for _ in client.read_all())
    rate = count / (time.perf_counter() - began)
    client.close()
    return rate


def fill(store: EventStore) -> None:
    by = act("record_keeper", source=SOURCE)
    for number in range(EVENTS // STREAM_LENGTH):
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
