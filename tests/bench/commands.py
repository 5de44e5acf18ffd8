"""A command through RPC, against a bare Nameko echo plus a bare append; and 50 at once against one by one."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any
from uuid import uuid4

from shared.bus.rpc import Services
from shared.eventstore.connect import connect
from shared.eventstore.port import NO_STREAM, EventStore, NewEvent
from tests.bench import house

ROUNDS, EACH, AT_ONCE = 6, 40, 50
LIMIT = 60.0


def run() -> Iterator[str]:
    with house.scratch() as folder, house.store(folder) as uri:
        wanted = {"tasks": "services.tasks.service:TasksService", "echo": "tests.component.rpc_echo:Echo"}
        with house.services(folder, uri, **wanted) as services:
            bare = connect(uri)
            yield from _measured(services, bare)
            bare.close()


def _measured(services: Services, bare: EventStore) -> Iterator[str]:
    kinds: dict[str, Callable[[], object]] = {
        "echo": lambda: services.call("echo", "repeat", _request(), timeout=LIMIT),
        "append": lambda: _append(bare),
        "command": lambda: services.call("tasks", "note_context", _request(), timeout=LIMIT),
    }
    for act in kinds.values():  # connections, caches and code are warm
        for _ in range(10):
            act()
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):  # in turns, so that a noisy neighbour meets all of them
        for name, act in kinds.items():
            seconds[name].append(_timed(act))
    cost = {name: median(measured) for name, measured in seconds.items()}
    baseline = cost["echo"] + cost["append"]
    append, command = cost["append"] / cost["echo"], cost["command"] / cost["echo"]
    yield (
        f"command through RPC      : {cost['command'] / baseline:5.2f} × (bare Nameko echo + bare append)"
        f"   [echo : append : command = 1 : {append:.2f} : {command:.2f}]"
    )
    gain = cost["command"] / _at_once(kinds["command"])
    yield f"{AT_ONCE} commands at once      : {gain:5.2f} × the rate one by one"


def _timed(act: Callable[[], object]) -> float:
    """Seconds for one, as the mean of a round."""
    began = time.perf_counter()
    for _ in range(EACH):
        act()
    return (time.perf_counter() - began) / EACH


def _at_once(act: Callable[[], object]) -> float:
    """Seconds for one while many are under way."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        began = time.perf_counter()
        for done in [threads.submit(act) for _ in range(AT_ONCE * 4)]:
            done.result(LIMIT)
        return (time.perf_counter() - began) / (AT_ONCE * 4)


def _request() -> dict[str, Any]:
    return {
        "command_id": str(uuid4()),
        "committee": "bench",
        "actor": {"person": "to-giup-viec", "capacity": "record_keeper"},
        "source": {"reference": "https://example.org"},
        "effective_at": "2022-09-28",
        "data": {
            "context_id": str(uuid4()),
            "kind": "report",
            "title": "Số liệu hư cấu",
            "figures": {"dat": 19},
            "agencies": ["Sở A"],
            "positions": [],
            "because": "đo tốc độ",
        },
    }


def _append(store: EventStore) -> None:
    """As many bytes as the command's event, and nothing else."""
    event = NewEvent(uuid4(), "Bare", b'{"text":"' + b"x" * 170 + b'"}', b'{"text":"' + b"x" * 650 + b'"}')
    store.append(f"bare-bench.{uuid4()}", [event], expected=NO_STREAM)
