"""`bcd events`: straight from the store, filtered, as a table or as JSON."""

import json
from uuid import uuid4

import pytest

from services.cli import events
from services.cli.errors import USAGE
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NO_STREAM, NewEvent
from tests.unit.cli.conftest import Bcd


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, data: object) -> MemoryStore:
    made = MemoryStore()
    meta = json.dumps({"actor": {"capacity": "chair"}, "effective_at": "2022-09-28"}).encode()
    for stream, kind in (("meeting-langson.a", "MeetingConvened"), ("task-langson.b", "TaskAssigned")):
        made.append(
            stream, [NewEvent(uuid4(), kind, b'{"title":"H\xe1\xbb\x8dp"}', meta)], expected=NO_STREAM
        )
    monkeypatch.setenv("ESDB_URI", "esdb://localhost:1?Tls=false")
    monkeypatch.setattr(events, "open_store", lambda _settings: made)
    return made


def test_a_table_for_people(bcd: Bcd, store: MemoryStore) -> None:
    said = bcd("events")
    assert said.status == 0
    for part in ("MeetingConvened", "TaskAssigned", "Trưởng Ban", "28/09/2022", "2 sự kiện"):
        assert part in said.out


@pytest.mark.parametrize(
    ("options", "types"),
    [
        ((), ["MeetingConvened", "TaskAssigned"]),
        (("--stream", "task-"), ["TaskAssigned"]),
        (("--type", "MeetingConvened"), ["MeetingConvened"]),
        (("--type", "TaskAssigned", "--stream", "meeting-"), []),
        (("--since", "2100-01-01"), []),
        (("--since", "2020-01-01", "--limit", "1"), ["MeetingConvened"]),
    ],
)
def test_one_json_document(bcd: Bcd, store: MemoryStore, options: tuple[str, ...], types: list[str]) -> None:
    said = bcd("events", "--json", *options)
    found = json.loads(said.out)["events"]
    assert [event["type"] for event in found] == types
    assert all(event["data"] == {"title": "Họp"} for event in found)


def test_following_prints_one_object_a_line(bcd: Bcd, store: MemoryStore) -> None:
    said = bcd("events", "--follow", "--limit", "2", "--json")
    assert [json.loads(line)["revision"] for line in said.out.splitlines()] == [0, 0]


def test_a_misspelt_type_is_no_empty_answer(bcd: Bcd, store: MemoryStore) -> None:
    said = bcd("events", "--type", "SeatFold")
    assert (said.status, said.out) == (USAGE, "")
    assert "Không có loại sự kiện nào tên SeatFold (SeatFolded?)" in said.err
