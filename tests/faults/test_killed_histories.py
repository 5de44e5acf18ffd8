"""Concurrent calls with a `kill -9` in their midst: before and after it, one call after the other."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from esdbclient import EventStoreDBClient
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.contract.store.linearizability import Unknown, linearizable
from tests.contract.store.programs import Program, programs
from tests.contract.store.recording import Recorder
from tests.contract.store.stores import EmbeddedServer
from tests.faults.conftest import ROUNDS, Say

EXAMPLES = max(5, ROUNDS // 5)
tallies = {"servers killed": 0, "calls without an answer": 0}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    started = EmbeddedServer(tmp_path_factory.mktemp("histories"))
    started.start()
    yield started
    started.kill()


@pytest.mark.timeout(60 + 15 * EXAMPLES)
@given(program=programs(steps=12), fatal=st.integers(1, 30), again=programs(steps=4))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_killed_server_leaves_a_linearizable_history(
    server: EmbeddedServer, program: Program, fatal: int, again: Program, say: Say
) -> None:
    blow = _Blow(server, fatal)
    clients = [EventStoreDBClient(server.uri) for _ in range(5)]
    recorder, before = Recorder(f"killed-{uuid4().hex}", blow), clients[0].get_commit_position()
    recorder.run(clients, program)
    blow.strike()
    died = time.monotonic()
    recorder.history = [
        replace(call, ended=died) if isinstance(call.answer, Unknown) else call for call in recorder.history
    ]
    for client in clients:
        client.close()  # else the new ones would inherit their back-off
    server.start()
    fresh = [EventStoreDBClient(server.uri) for _ in range(5)]
    recorder.run(fresh, again)
    recorder.look(fresh[0], before)
    for client in fresh:
        client.close()
    for call in recorder.history:
        note(str(call))
    tallies["servers killed"] += 1
    tallies["calls without an answer"] += sum(isinstance(call.answer, Unknown) for call in recorder.history)
    say(", ".join(f"{count} {what}" for what, count in tallies.items()))
    assert linearizable(recorder.history)


class _Blow:
    """Kills the server when so many calls have begun; or, at the latest, when it is told to strike."""

    def __init__(self, server: EmbeddedServer, fatal: int) -> None:
        self._server, self._left, self._lock = server, fatal, threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            self._left -= 1
            due = self._left == 0
        if due:
            self._server.kill()

    def strike(self) -> None:
        with self._lock:
            due, self._left = self._left > 0, 0
        if due:
            self._server.kill()
