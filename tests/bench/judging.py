"""Judging how every clause stands, against merely decoding the same events: what `bcd compliance` costs."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

from services.published import CODEC
from services.records.compliance.telling import Listed
from services.records.compliance.view import compliance
from shared.eventstore.memory import MemoryStore
from tests.bench.rebuilding import EVENTS, ROUNDS, fill

FIRST, DAY = date(2022, 1, 1), date(2022, 12, 31)


def run() -> Iterator[str]:
    store = MemoryStore()
    fill(store)
    recorded = list(store.read_all())
    events = [CODEC.decode(event) for event in recorded]
    decoded = median(_seconds(lambda: [CODEC.decode(event) for event in recorded]) for _ in range(ROUNDS))
    judged = median(_seconds(lambda: compliance(Listed(events), FIRST, DAY)) for _ in range(ROUNDS))
    yield (
        f"every clause in four quarters: {judged / decoded:5.2f} × decoding the same events"
        f"   [{EVENTS} events; {judged * 1000:.0f} against {decoded * 1000:.0f} ms in this run]"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
