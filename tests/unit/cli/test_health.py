"""`bcd status`: what counts as unwell."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.cli import health
from services.cli.status import faults_told
from services.cli.system import FOLLOWERS, SERVICES
from shared.catalogue import word, word_en
from shared.eventstore.memory import MemoryStore
from shared.settings import Settings
from tests.unit.records.facts import COMMITTEE, Recorder, appointed


def _said(**more: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    return {"state": "following", "position": 10**9, "written_at": now, "quarantine": [], **more}


class World:
    """Everything that `examine` looks at, well at first."""

    def __init__(self) -> None:
        process = {"name": "relay", "state": "ready", "pid": 1, "restarts": 0, "since": "2026-11-23T04:00:00"}
        self.supervisor: dict[str, Any] | None = {"processes": [process]}
        self.followers = {name: _said() for name in (*FOLLOWERS, "inbox")}
        self.serving = dict.fromkeys((*SERVICES, "records"), 1)

    def running(self, service: str) -> int:
        return self.serving[service]

    def close(self) -> None: ...


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, data: object) -> World:
    made = World()
    monkeypatch.setattr(health, "read_status", lambda _data: made.supervisor)
    monkeypatch.setattr(health, "read_statuses", lambda _data: made.followers)
    monkeypatch.setattr(health, "open_store", lambda _settings: MemoryStore())
    monkeypatch.setattr(health, "Services", lambda _uri: made)
    return made


def _faults() -> list[str]:
    return health.examine(Settings.model_validate({})).faults


def test_all_is_well(world: World) -> None:
    found = health.examine(Settings.model_validate({}))
    assert found.faults == []
    assert found.as_dict()["healthy"] is True
    assert {one.behind for one in found.followers} == {0}


def test_no_supervisor(world: World) -> None:
    world.supervisor = None
    assert _faults() == ["supervisor: not running"]


def test_a_process_that_waits_for_its_restart(world: World) -> None:
    assert world.supervisor is not None
    world.supervisor["processes"][0]["state"] = "waiting"
    assert _faults() == ["relay: waiting"]


def test_a_service_that_nobody_serves(world: World) -> None:
    world.serving["tasks"] = 0
    assert _faults() == ["tasks: not running"]


def test_a_follower_that_never_spoke(world: World) -> None:
    del world.followers["policies"]
    assert _faults() == ["policies: not running"]


def test_a_follower_that_fell_silent(world: World) -> None:
    world.followers["relay"]["written_at"] = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    assert _faults() == ["relay: silent"]


def test_a_follower_of_another_epoch(world: World) -> None:
    world.followers["projections"]["epoch"] = "another"
    assert _faults() == ["projections: epoch another"]


def test_a_stream_in_quarantine_is_told(world: World) -> None:
    world.followers["projections"]["quarantine"] = [{"stream": "task-x", "why": "?"}]
    found = health.examine(Settings.model_validate({}))
    assert found.faults == ["projections: 1 quarantined"]
    assert found.quarantine == [{"follower": "projections", "stream": "task-x", "why": "?"}]


def test_a_pause_is_no_health(world: World) -> None:
    pause = {"since": "2026-11-23T04:00:00+00:00", "by": "văn thư", "why": "đối chiếu"}
    world.followers["projections"] |= {"state": "paused", "pause": pause}
    found = health.examine(Settings.model_validate({}))
    assert found.faults == ["projections: paused"]
    assert {one.name: one.pause for one in found.followers}["projections"] == pause


def test_what_waits_is_counted_in_events_and_seconds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    recorder.record(f"member-{COMMITTEE}.roster", *(appointed(f"s{n}") for n in range(3)))
    positions = [event.position for event in recorder.store.read_all()]
    monkeypatch.setattr(health, "open_store", lambda _settings: recorder.store)
    world.followers["projections"]["position"] = positions[0]
    found = {one.name: one for one in health.examine(Settings.model_validate({})).followers}
    assert (found["projections"].behind, found["relay"].behind) == (3, 0)  # with the store's own epoch
    assert found["projections"].seconds is not None
    assert found["projections"].seconds > 0
    assert found["relay"].seconds == 0


@pytest.mark.parametrize(
    ("fault", "vi"),
    [
        ("projections: paused", "projections: tạm dừng"),
        ("tasks: not running", "tasks: không chạy"),
        ("projections: 1 quarantined", "projections: 1 luồng bị cách ly"),
        ("relay: silent", "relay: không còn báo tin"),
        ("store: lost 3 times", "store: lost 3 times"),
    ],
)
def test_faults_are_told_in_words(fault: str, vi: str) -> None:
    assert faults_told([fault], word) == vi
    assert faults_told([fault], word_en) == fault
