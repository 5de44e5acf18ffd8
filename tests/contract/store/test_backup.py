"""`bcd store check` and `bcd store backup`, beside a running server and without one."""

import json
import shutil
import sqlite3
import threading
from pathlib import Path
from uuid import UUID

import pytest

from services.cli.main import main
from shared.eventstore.embedded.log import backup as backing_up
from shared.eventstore.embedded.log.backup import BackupError, back_up
from shared.eventstore.esdb import EsdbStore
from tests.contract.store.folders import Written, events, flip, frames, killed, opened
from tests.contract.store.stores import PATIENCE, EmbeddedServer, event, in_threads, own_server, stream

__all__ = ["own_server", "stream"]  # fixtures


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    """A folder whose server was killed."""
    return killed(tmp_path / "killed")


def nothing(_reached: int, _last: int) -> None:
    """Take no interest in progress."""


def test_a_backup_under_writes_is_one_moment_and_starts_as_a_server(
    own_server: EmbeddedServer, stream: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = EsdbStore(own_server.uri, deadline=PATIENCE)
    written: list[UUID] = []
    enough, done = threading.Event(), threading.Event()
    before: list[int] = []

    def write() -> None:
        while not done.is_set():
            one = event(len(written))
            store.append(stream, [one], expected=len(written) - 1)
            written.append(one.id)
            if len(written) == 20:
                enough.set()

    def save() -> None:
        try:
            assert enough.wait(PATIENCE), "the writer does not get on"
            before.append(len(written))
            data = ["--data", str(own_server.data)]
            assert main(["store", "backup", str(tmp_path / "saved"), *data, "--json"]) == 0
            assert main(["store", "check", *data, "--json"]) == 0
        finally:
            done.set()

    in_threads(write, save)
    store.close()
    saved, checked = (
        json.loads(part) for part in capsys.readouterr().out.replace("}\n{", "}\0{").split("\0")
    )
    assert checked["running"]
    assert checked["fault"] is None

    (tmp_path / "restored").mkdir()
    shutil.copy(tmp_path / "saved", tmp_path / "restored" / "events.sqlite")
    restored = EmbeddedServer(tmp_path / "restored")
    restored.start()
    copy = EsdbStore(restored.uri, deadline=PATIENCE)
    found = copy.read_stream(stream)
    assert before[0] <= len(found) <= len(written)
    assert [e.id for e in found] == written[: len(found)]
    assert (saved["head"], saved["events"]) == (found[-1].position, len(found) + 1)
    copy.close()
    restored.kill()


def test_what_is_kept_is_nobody_elses_to_read(own_server: EmbeddedServer, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    back_up(own_server.data / "events.sqlite", saved, nothing, nothing)

    kept = [saved, own_server.data, *own_server.data.iterdir()]
    assert not [path for path in kept if path.stat().st_mode & 0o077]


def test_a_folder_without_a_server_is_saved_with_what_the_write_ahead_log_holds(
    folder: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = folder.write_ahead.read_bytes()
    target = tmp_path / "saved"
    assert main(["store", "backup", str(target), "--data", str(folder.path)]) == 0
    said = capsys.readouterr().out
    assert f"31 events in 2 streams, up to position {folder.positions[-1]}" in said
    assert "SHA-256" in said
    assert folder.write_ahead.read_bytes() == left, "a backup changes nothing"
    (tmp_path / "restored").mkdir()
    target.rename(tmp_path / "restored" / "events.sqlite")
    restored = Written(tmp_path / "restored")
    assert opened(restored) == []
    assert [row.position for row in events(restored)] == folder.positions
    assert sorted(path.name for path in tmp_path.iterdir()) == ["killed", "killed.running", "restored"]


def test_a_backup_writes_over_nothing_and_needs_a_log(
    folder: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a letter")
    cases = [
        (taken, folder.path, f"{taken} exists already"),
        (tmp_path / "no" / "where", folder.path, "there is no folder"),
        (tmp_path / "saved", tmp_path / "nothing", "there is no log at"),
    ]
    for target, data, said in cases:
        assert main(["store", "backup", str(target), "--data", str(data)]) == 1
        assert f"Chưa sao lưu được / No backup was made: {said}" in capsys.readouterr().err
    assert taken.read_text() == "a letter"


class Stop(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.mark.parametrize("stage", ["copying", "examining"])
def test_a_backup_that_is_stopped_leaves_nothing(
    folder: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr(backing_up, "_PAGES", 1)

    def stop(_reached: int, _last: int) -> None:
        raise Stop

    before = sorted(tmp_path.iterdir())
    log, target = folder.log, tmp_path / "saved"
    copied, examined = (stop, nothing) if stage == "copying" else (nothing, stop)
    monkeypatch.setattr("shared.eventstore.embedded.log.examination.EVERY", 1)
    with pytest.raises(Stop):
        back_up(log, target, copied, examined)
    assert sorted(tmp_path.iterdir()) == before
    assert back_up(log, target, nothing, nothing).events == 31


def test_a_damaged_log_is_not_saved_as_a_good_one(folder: Written, tmp_path: Path) -> None:
    opened(folder)
    content = folder.log.read_bytes()
    flip(folder.log, content.rindex(b"x" * 500) + 100)
    with pytest.raises(BackupError, match=r"the copy of .* is not whole, and was removed: the event at"):
        back_up(folder.log, tmp_path / "saved", nothing, nothing)
    assert not (tmp_path / "saved").exists()


def test_check_says_what_is_wrong_and_changes_nothing(
    folder: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(folder.path)]
    assert main(["store", "check", *data]) == 0
    assert "Nguyên vẹn. / Whole." in capsys.readouterr().out

    with folder.write_ahead.open("r+b") as file:
        file.truncate(frames(folder.write_ahead)[5])
    left = folder.write_ahead.read_bytes()
    assert main(["store", "check", *data]) == 1
    assert f"and events up to {folder.positions[-1]} were acknowledged" in capsys.readouterr().out
    assert folder.write_ahead.read_bytes() == left

    flip(folder.log, 0)
    assert main(["store", "check", *data]) == 1
    assert "Kho không dùng được như hiện trạng" in capsys.readouterr().err
    assert main(["store", "check", "--data", str(tmp_path / "nothing")]) == 1
    assert "there is no folder" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_serve_takes_the_servers_own_options(
    folder: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_ahead.unlink()
    data = ["--data", str(folder.path)]
    assert main(["store", "serve", *data, "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert "Kho chưa chạy được" in said
    assert "with --accept-loss" in said
    assert main(["store", "serve", *data, "--port", "many"]) == 2
    assert "store serve: error: argument --port" in capsys.readouterr().err


def test_a_log_that_no_server_of_this_version_has_seen_is_not_called_damaged(
    folder: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(folder.path)]
    opened(folder)
    db = sqlite3.connect(folder.log, isolation_level=None)
    for format_, said in {
        1: "has format 1, an older one: start a server",
        0: "nothing was ever written",
    }.items():
        db.execute(f"PRAGMA user_version = {format_}")
        assert main(["store", "check", *data]) == 1
        assert said in capsys.readouterr().err
        assert main(["store", "backup", str(tmp_path / "saved"), *data]) == 1
        assert said in capsys.readouterr().err
    db.close()


def test_a_check_makes_nothing(folder: Written) -> None:
    """Nor does it need to: a folder may be examined from a file system that is read-only."""
    opened(folder)
    (folder.path / "lock").unlink()
    before = sorted(folder.path.iterdir())
    assert main(["store", "check", "--data", str(folder.path)]) == 0
    assert sorted(folder.path.iterdir()) == before
