"""`bcd projections` and `bcd rebuild`, as an operator calls them, over the embedded server."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.cli.errors import FAILED, INTERRUPTED, NOT_FOUND, NOT_RUNNING, OK, USAGE
from services.cli.main import main
from services.records import everything
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projector import Projector
from shared.eventstore.esdb import EsdbStore
from shared.followers.errors import Paused
from shared.followers.status import StatusFile
from shared.history import Codec
from tests.contract.store.stores import PATIENCE, EmbeddedServer, own_server
from tests.contract.test_read_database import CHARTER, ROSTER, follow
from tests.contract.test_read_operations import touched
from tests.unit.records.facts import DECISION, Recorder, appointed, established

__all__ = ["own_server"]

Bcd = Callable[..., tuple[int, str, str]]


@pytest.fixture
def recorder(own_server: EmbeddedServer) -> Iterator[Recorder]:
    store = EsdbStore(own_server.uri, deadline=PATIENCE)
    made = Recorder(store)
    made.record(CHARTER, established(), at="2021-10-13")
    for n in range(3):
        made.record(ROSTER, appointed(f"s{n}"), at="2022-09-28", document=DECISION)
    yield made
    store.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'data' / 'records.sqlite'}")
    yield made
    made.close()


@pytest.fixture
def bcd(
    own_server: EmbeddedServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Bcd:
    for name in list(os.environ):
        if name.startswith("BCD_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BCD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ESDB_URI", own_server.uri)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'records.sqlite'}")

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def asked(bcd: Bcd, *arguments: str) -> Any:
    return json.loads(bcd(*arguments, "--json")[1])


def test_what_waits_is_told_in_events_and_seconds(
    bcd: Bcd, recorder: Recorder, database: Database, tmp_path: Path
) -> None:
    projector = Projector(database, MODELS)
    follow(recorder, projector)
    reached = recorder.store.head()
    recorder.record(ROSTER, appointed("sau"), at="2023", document=DECISION)
    StatusFile("projections", tmp_path / "data").note("following", position=reached, **projector.state())
    found = asked(bcd, "projections", "list")
    assert (found["generation"], found["position"], found["state"]) == (1, reached, "following")
    members = next(one for one in found["models"] if one["name"] == "members")
    assert (members["rows"], members["position"], members["behind"]) == (3, reached, 1)
    assert 0 <= members["seconds"] < PATIENCE
    (follower,) = found["followers"]
    assert (follower["name"], follower["behind"], follower["pause"]) == ("projections", 1, None)
    assert "Danh sách thành viên" in bcd("projections", "list")[1]


def test_a_pause_is_shown_with_its_reason_until_it_ends(
    bcd: Bcd, recorder: Recorder, database: Database
) -> None:
    follow(recorder, Projector(database, MODELS))
    assert bcd("projections", "pause")[0] == USAGE  # a pause has a reason
    assert bcd("projections", "pause", "--why", "đối chiếu sổ", "--by", "văn thư")[0] == OK
    found = asked(bcd, "projections", "list")
    assert (found["state"], found["pause"]["why"], found["pause"]["by"]) == (
        "paused",
        "đối chiếu sổ",
        "văn thư",
    )
    recorder.record(ROSTER, appointed("sau"), at="2023", document=DECISION)
    with pytest.raises(Paused):
        follow(recorder, Projector(database, MODELS))
    assert "đối chiếu sổ" in bcd("projections", "list")[1]
    assert "đối chiếu sổ" in bcd("projections", "resume")[1]
    assert "không tạm dừng" in bcd("projections", "resume")[1]
    follow(recorder, Projector(database, MODELS))


def test_the_projections_can_be_paused_before_they_run(
    bcd: Bcd, recorder: Recorder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert bcd("projections", "pause", "--why", "chưa chạy")[0] == NOT_RUNNING  # nor is there anything yet
    follow(recorder, Projector(database, MODELS))
    assert bcd("projections", "pause", "--why", "chưa chạy")[0] == OK
    with pytest.raises(Paused):
        follow(recorder, Projector(database, MODELS))


def test_differences_are_shown_and_wait_for_a_word(bcd: Bcd, recorder: Recorder, database: Database) -> None:
    follow(recorder, Projector(database, MODELS))
    assert bcd("rebuild")[0] == OK
    database._known.clear()
    touched(database)
    status, out, _ = bcd("rebuild")
    assert status == FAILED
    for told in ("post: sửa tay → Giám đốc Sở Xây dựng", f"{ROSTER}@0", "CHƯA chuyển", "--switch"):
        assert told in " ".join(out.split()), told
    found = asked(bcd, "projections", "list")
    assert [(one["state"], one["number"]) for one in found["others"]] == [("previous", 1), ("candidate", 3)]

    assert bcd("rebuild", "--discard", "--switch")[0] == USAGE
    assert bcd("rebuild", "--discard")[0] == OK
    assert "không có bản dựng dở" in bcd("rebuild", "--discard")[1].lower()
    status, out, _ = bcd("rebuild", "--switch", "--json")
    assert status == OK
    (members,) = (one for one in json.loads(out)["models"] if one["difference"])
    assert members["difference"]["changed"] == 1
    assert bcd("projections", "rebuild")[0] == OK


def test_a_rebuild_that_is_interrupted_says_how_it_goes_on(
    bcd: Bcd, recorder: Recorder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.cli import rebuild

    follow(recorder, Projector(database, MODELS))
    with monkeypatch.context() as interrupted:

        def stop(_events: int, _position: int, _until: int) -> None:
            raise KeyboardInterrupt

        from contextlib import contextmanager

        @contextmanager
        def bars() -> Iterator[Any]:
            yield lambda _heading: stop

        interrupted.setattr(rebuild, "bars", bars)
        status, _, err = bcd("rebuild")
    assert status == INTERRUPTED
    assert "bcd rebuild --discard" in err
    assert [one["state"] for one in asked(bcd, "projections", "list")["others"]] == ["building"]
    status, out, _ = bcd("rebuild")
    assert status == OK
    assert "Đi tiếp bản dựng dở" in out


def test_a_stream_in_quarantine_is_tried_again_once_its_event_can_be_read(
    bcd: Bcd, recorder: Recorder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.poison("agency-langson.x")
    recorder.record("agency-langson.x", established("bị giữ lại"), at="2023")
    follow(recorder, Projector(database, MODELS))
    (held,) = asked(bcd, "projections", "quarantine")
    assert (held["follower"], held["stream"], held["revision"], held["held"]) == (
        "projections",
        "agency-langson.x",
        0,
        1,
    )
    assert "agency-langson.x" in bcd("projections", "quarantine")[1]
    assert bcd("projections", "quarantine", "retry", "agency-langson.y")[0] == NOT_FOUND
    status, _, err = bcd("projections", "quarantine", "retry", "agency-langson.x")
    assert status == FAILED
    assert "agency-langson.x@0" in err
    assert asked(bcd, "projections", "list")["generation"] == 1  # nothing was rebuilt

    class Lenient(Codec):
        """As code that has learned what the event is."""

        def decode(self, recorded: Any) -> Any:
            if recorded.type != "Nonsense":
                return super().decode(recorded)
            (known, *_) = recorder.store.read_stream(CHARTER)
            return super().decode(
                replace(known, id=recorded.id, stream=recorded.stream, revision=0, position=recorded.position)
            )

    monkeypatch.setattr(
        everything, "MODELS", replace(MODELS, codec=Lenient(MODELS.codec.types, MODELS.codec.upcasters))
    )
    assert bcd("projections", "quarantine", "retry", "agency-langson.x")[0] == OK
    assert asked(bcd, "projections", "quarantine") == []
