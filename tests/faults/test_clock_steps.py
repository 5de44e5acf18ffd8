"""The server's clock jumps back and forth: order is that of positions and revisions, whatever the time."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.exceptions import NotFound

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NO_STREAM
from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.contract.store.stores import event as new_event
from tests.faults.conftest import Say
from tests.faults.following import Accountant, following
from tests.faults.ledger import Account, Ledger
from tests.faults.writers import Answers, Writer, at_work

HOUR, DAY = 3600, 86400
STEPS = (-DAY, DAY, 0, -2000 * DAY, 3000 * DAY, -1, 0)
MOVED = """
import time
real = time.time_ns
def moved():
    with open({file!r}) as distance:
        return real() + int(distance.read()) * 10**9
time.time_ns = moved
"""


class Clock:
    """The time of the servers started under it, as a distance in seconds from the real one.

    What stamps events and tells their age is moved, from outside of the product. The rest stays: gRPC
    compares its own clock, in C, with Python's; and what libfaketime moves for it, the kernel does not
    know of, so that threads which sleep until a moment do not wake.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._file = folder / "distance"
        (folder / "sitecustomize.py").write_text(MOVED.format(file=str(self._file)))
        self.step(0)

    def step(self, distance: int) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(str(distance))
        new.replace(self._file)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What is started from now on has this clock."""
    made = Clock(tmp_path / "clock")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "clock"))
    return made


@pytest.fixture
def server(clock: Clock, tmp_path: Path) -> Iterator[EmbeddedServer]:
    started = EmbeddedServer(tmp_path / "data")
    started.start()
    yield started
    started.kill()


def test_order_does_not_come_from_the_clock(clock: Clock, server: EmbeddedServer, say: Say) -> None:
    ledger, answers, accountant = Ledger(), Answers(), Accountant()
    store, patient = EsdbStore(server.uri, deadline=PATIENCE), EsdbStore(server.uri, deadline=PATIENCE)
    writers = [Writer("clock", number, ledger, seed="clock") for number in range(4)]
    with following(patient, accountant, PATIENCE):
        with at_work([partial(writer.write, store, answers) for writer in writers], PATIENCE):
            for step in STEPS:
                clock.step(step)
                assert answers.wait(40, PATIENCE), f"the writers do not get on after {step}"
            store.close()
        for writer in writers:
            writer.settle(patient)
        with accountant.at(patient.head(), PATIENCE) as account:
            ledger.check(account)
    events = list(patient.read_all())
    assert Account().take(events).hash == accountant.account.hash
    times = [event.recorded_at for event in events]
    backwards = sum(later < earlier for earlier, later in pairwise(times))
    say(f"{len(events)} events; their times go back {backwards} times, up to {max(times) - min(times)}")
    assert backwards >= 3, "the clock was not stepped"
    assert max(times) - min(times) > timedelta(days=4000)
    patient.close()


def test_age_is_counted_by_the_clock_of_the_moment(clock: Clock, server: EmbeddedServer) -> None:
    """`$maxAge` hides by the time that it is now; a clock that is set right shows again what was hidden."""
    store = EsdbStore(server.uri)
    store.append("aged", [new_event(n) for n in range(3)], expected=NO_STREAM)
    with EventStoreDBClient(server.uri) as client:
        client.set_stream_metadata("aged", metadata={"$maxAge": 3600}, current_version=StreamState.NO_STREAM)
        assert len(client.get_stream("aged")) == 3
        clock.step(2 * HOUR)
        assert _shown(client) == 0
        assert store.append("aged", [new_event(3)], expected=2).revision == 3
        assert _shown(client) == 1
        clock.step(-2 * HOUR)
        assert _shown(client) == 4
        clock.step(0)
        assert _shown(client) == 4
    assert len(list(store.read_all())) == 4, "`$all` shows what streams hide"
    store.close()


def _shown(client: EventStoreDBClient) -> int:
    try:
        return len(client.get_stream("aged"))
    except NotFound:
        return 0
