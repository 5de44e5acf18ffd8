"""The embedded store against a server that does nothing, the limit of the wire, and against SQLite alone,
the limit of the disk: with the same rows, the same client, and in turns within one run.

`CORES=0,1 python -m tests.bench.store` runs the servers on one core and the client on the other: Python's
gRPC loses much time where its threads wander between cores. Without it nothing is pinned, as in use.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from tests.bench import events, house
from tests.bench.processes import doing_nothing, forget_peak, pinned, resident
from tests.bench.subjects import AT_ONCE, Alone, OverTheWire, Subject
from tests.contract.store.stores import EmbeddedServer

FLAT = 0.1
"""Memory is flat where reading everything adds no more than this share of what was read."""


@dataclass(frozen=True)
class Measure:
    """Something that every subject can do: how many rounds, how often in a round, with how many events."""

    title: str
    rounds: int
    count: int
    size: int
    act: Callable[[Subject, int], None]
    goal: float | None = None
    """The least ratio to the do-nothing server."""


SINGLE = Measure("single append", 12, 50, 1, lambda subject, n: subject.append(n, 1), goal=0.7)
CALLS = Measure(f"{AT_ONCE} appends at once", 8, 200, 1, lambda subject, n: subject.append_at_once(n))
ONE_CALL = Measure("the same in one call", 8, 400, 1, lambda subject, n: subject.append_in_one_call(n))
MEASURES = (
    SINGLE,
    CALLS,
    ONE_CALL,
    Measure("batches of 100", 8, 10, 100, lambda subject, n: subject.append(n, 100)),
    Measure("batches of 1000", 6, 3, 1000, lambda subject, n: subject.append(n, 1000)),
    Measure("read_all", 3, events.STORED, 1, lambda subject, n: subject.read_all(n), goal=0.5),
    Measure("catch-up", 3, events.STORED, 1, lambda subject, n: subject.catch_up(n)),
)
AT_ONCE_GOAL = 3.0
Rates = dict[tuple[Measure, str], list[float]]


def run() -> Iterator[str]:
    cores = os.environ.get("CORES", "")
    with ExitStack() as stack:
        folder = stack.enter_context(house.scratch())
        server = EmbeddedServer(folder / "store")
        server.start()
        stack.callback(server.kill)
        nothing, pid = stack.enter_context(doing_nothing())
        stack.enter_context(pinned(cores, [server.pid, pid]))
        store, wire, disk = OverTheWire(server.uri), OverTheWire(nothing), Alone(folder / "alone.sqlite")
        for subject in (store, wire, disk):
            stack.callback(subject.close)
        store.fill()
        disk.fill()
        yield _title(cores)
        yield from _report(_measured({"store": store, "wire": wire, "disk": disk}))
        yield _memory(store, server.pid)


def _measured(subjects: dict[str, Subject]) -> Rates:
    """Events/s of each subject in each round; the rounds alternate, so that a noisy neighbour meets all."""
    rates: Rates = {(measure, name): [] for measure in MEASURES for name in subjects}
    for measure in MEASURES:
        for number in range(measure.rounds + 1):
            for name, subject in subjects.items():
                began = time.perf_counter()
                measure.act(subject, measure.count)
                if number:  # the first round warms everything up
                    rate = measure.count * measure.size / (time.perf_counter() - began)
                    rates[measure, name].append(rate)
    return rates


def _title(cores: str) -> str:
    pinning = f"server and client on the cores {cores}" if cores else "nothing pinned"
    return (
        f"embedded store, {pinning}: × a server that does nothing, × SQLite alone"
        "   [store | wire | disk in events/s]"
    )


def _report(rates: Rates) -> Iterator[str]:
    for measure in MEASURES:
        store, wire, disk = (median(rates[measure, name]) for name in ("store", "wire", "disk"))
        goal = "" if measure.goal is None else _judged(store / wire >= measure.goal, f"≥ {measure.goal}")
        yield (
            f"  {measure.title:22} : {store / wire:5.2f} × wire {store / disk:5.2f} × disk{goal}"
            f"   [{store:.0f} | {wire:.0f} | {disk:.0f}]"
        )
    for measure in (CALLS, ONE_CALL):
        store, wire = (
            median(rates[measure, name]) / median(rates[SINGLE, name]) for name in ("store", "wire")
        )
        goal = _judged(store >= AT_ONCE_GOAL, f"≥ {AT_ONCE_GOAL:g}")
        yield f"  {measure.title:22} : {store:5.2f} × one by one, where the wire reaches {wire:.2f} ×{goal}"


def _memory(store: OverTheWire, pid: int) -> str:
    """What the server holds more of while everything is read."""
    forget_peak(pid)
    before, read = resident(pid), 4 * events.STORED
    for _ in range(4):
        store.read_all(events.STORED)
    grown = resident(pid, "VmHWM") - before
    volume = read * (len(events.DATA) + len(events.METADATA)) / 1e6
    flat = _judged(grown <= FLAT * volume, f"≤ {FLAT:.0%} of it")
    title = "memory of the server"
    return f"  {title:22} : {before:.0f} MB, at most {grown:+.1f} MB while {volume:.0f} MB are read{flat}"


def _judged(reached: bool, goal: str) -> str:
    return f"  {'✔' if reached else '✘'} goal {goal}"


if __name__ == "__main__":
    for line in run():
        print(line)
        sys.stdout.flush()
