"""The `records` service and the projector as the processes that they are, on SQLite and on PostgreSQL."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from shared.bus.rpc import Services
from shared.errors import InvalidRequest
from shared.eventstore.connect import connect
from shared.eventstore.epoch import begin_epoch
from shared.followers.status import read_statuses
from shared.runtime.child import start_child, stop_child
from shared.settings import CONFIGURATION_ERROR
from tests.contract import postgres
from tests.contract.rabbit import amqp_uri, broker
from tests.contract.store.stores import EmbeddedServer
from tests.unit.records.facts import COMMITTEE, DECISION, Recorder, appointed, established

__all__ = ["amqp_uri", "broker"]  # fixtures

postgres_url = postgres.postgres_url
PATIENCE = 60.0
"""Seconds for what is expected to happen; only a failure waits this long."""
ROSTER = f"member-{COMMITTEE}.roster"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    embedded = EmbeddedServer(tmp_path / "store")
    embedded.start()
    yield embedded
    embedded.kill()


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(url: str, server: EmbeddedServer, amqp_uri: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a module as a process of the system; all of them end with the test."""
    env = {"DATABASE_URL": url, "ESDB_URI": server.uri, "AMQP_URI": amqp_uri, "BCD_DATA": str(tmp_path)}
    started: list[subprocess.Popen[bytes]] = []

    def begin(*command: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "log").open("ab") as log:
            started.append(
                start_child((sys.executable, "-m", *command), env={**os.environ, **env}, output=log)
            )
        return started[-1]

    yield begin
    for child in started:
        stop_child(child, 20.0)


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def filled(server: EmbeddedServer, seats: int = 3) -> Recorder:
    recorder = Recorder(connect(server.uri))
    recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
    recorder.record(ROSTER, *(appointed(f"s{n}") for n in range(seats)), at="2022-09-28", document=DECISION)
    return recorder


def test_from_the_store_to_the_answer(
    server: EmbeddedServer, start: Start, amqp_uri: str, tmp_path: Path
) -> None:
    recorder = filled(server)
    projector = start("services.records.projector")
    start("shared.runtime.nameko_process", "services.records.service:RecordsService")
    services = Services(amqp_uri)
    until(lambda: services.running("records") == 1)

    def ask(method: str, **question: Any) -> dict[str, Any]:
        return services.call("records", method, question, timeout=PATIENCE)

    head = recorder.store.head
    until(lambda: ask("status")["position"] == head())
    members = ask("register", name="members", committee=COMMITTEE)
    assert [row["seat"] for row in members["rows"]] == ["s0", "s1", "s2"]
    assert ask("register", name="members", committee=COMMITTEE, as_of="2022-01-01")["rows"] == []
    with pytest.raises(InvalidRequest, match="no such register"):
        ask("register", name="membres", committee=COMMITTEE)
    with ThreadPoolExecutor(20) as threads:  # more at once than the service has workers' connections
        questions = [
            {"name": "agencies", "committee": COMMITTEE, "as_of": f"20{n:02}-01-01"} for n in range(40)
        ]
        answers = list(threads.map(lambda question: ask("register", **question), questions))
    assert all(answer["rows"] == [] for answer in answers)

    projector.send_signal(signal.SIGKILL)
    recorder.record(ROSTER, appointed("late"), at="2023-01-01", document=DECISION)
    start("services.records.projector")
    until(lambda: ask("status")["position"] == head())
    assert ask("register", name="members", committee=COMMITTEE)["total"] == 4
    services.close()


def test_a_stop_is_clean_and_said(server: EmbeddedServer, start: Start, tmp_path: Path) -> None:
    recorder = filled(server)
    projector = start("services.records.projector")
    until(lambda: read_statuses(tmp_path).get("projections", {}).get("position") == recorder.store.head())
    projector.terminate()
    assert projector.wait(PATIENCE) == 0
    assert read_statuses(tmp_path)["projections"]["state"] == "stopped"


def test_another_epoch_stops_the_projector_for_good(
    server: EmbeddedServer, start: Start, tmp_path: Path
) -> None:
    recorder = filled(server)
    projector = start("services.records.projector")
    until(lambda: read_statuses(tmp_path).get("projections", {}).get("position") == recorder.store.head())
    stop_child(projector, 20.0)
    begin_epoch(recorder.store, "restored")
    assert start("services.records.projector").wait(PATIENCE) == CONFIGURATION_ERROR
    assert "bcd rebuild" in read_statuses(tmp_path)["projections"]["last_error"]
    line = json.loads((tmp_path / "log").read_text().splitlines()[-1])
    assert line["level"] == "critical"
