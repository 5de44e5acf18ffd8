"""Reading a log through: what was damaged behind the server's back is found and named."""

import sqlite3
from pathlib import Path

import pytest

from shared.eventstore.embedded import notes
from shared.eventstore.embedded.log import examination, opening
from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.opening import OpeningError, open_folder
from shared.eventstore.embedded.notes import StoppedError, Told
from tests.contract.store.folders import (
    Written,
    killed,
    opened,
)


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    return killed(tmp_path / "killed")


def change(written: Written, statement: str) -> None:
    """Damage a folder whose server ended cleanly."""
    db = sqlite3.connect(written.log)
    assert db.execute(statement).rowcount == 1
    db.commit()
    db.close()


def test_a_damaged_event_is_named_when_the_last_ones_are_examined(folder: Written) -> None:
    opened(folder)
    change(folder, "UPDATE events SET data = x'00' WHERE revision = 20")
    opened(folder)  # a clean end gives no reason to look
    (folder.path / "running").touch()
    with pytest.raises(
        OpeningError, match=rf"position {folder.positions[20]} \('counts', revision 20\) is damaged"
    ):
        opened(folder)
    (accepted,) = opened(folder, accept_loss=True)
    assert "revision 20" in accepted


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE streams SET revision = 31 WHERE name = 'counts'", "should end at revision 31.*has 29"),
        ("UPDATE streams SET truncate_before = 3 WHERE name = 'counts'", "not what its metadata says"),
        ("UPDATE streams SET tombstoned = 1 WHERE name = 'counts'", "noted as ended for ever"),
    ],
)
def test_what_is_kept_of_streams_is_examined_at_every_start(folder: Written, damage: str, said: str) -> None:
    opened(folder)
    change(folder, damage)
    with pytest.raises(OpeningError, match=said):
        opened(folder)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM events WHERE revision = 4", "events are lost between position"),
        ("UPDATE events SET created = 5 WHERE revision = 4", "revision 4\\) is damaged"),
        ("UPDATE events SET type = x'ff' WHERE revision = 4", "damaged"),
        ("UPDATE events SET data = 5 WHERE revision = 4", "damaged"),
        ("UPDATE streams SET name = 'other' WHERE name = 'counts'", "'other', revision 0\\) is damaged"),
    ],
)
def test_everything_is_examined_when_asked(
    folder: Written, monkeypatch: pytest.MonkeyPatch, damage: str, said: str
) -> None:
    monkeypatch.setattr(opening, "LAST", 5)
    (_,) = opened(folder)
    change(folder, damage)
    with pytest.raises(OpeningError, match=said):
        opened(folder, examine_all=True)


def test_an_index_that_does_not_fit_its_table_is_found(folder: Written) -> None:
    opened(folder)
    db = sqlite3.connect(folder.log, isolation_level=None)
    db.execute("PRAGMA writable_schema = ON")
    db.execute("CREATE TABLE spare (id, stream)")
    (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'spare'").fetchone()
    db.execute("DELETE FROM sqlite_schema WHERE name = 'event_by_id'")
    db.execute(
        "INSERT INTO sqlite_schema VALUES ('index', 'event_by_id', 'events', "
        f"{root}, 'CREATE INDEX event_by_id ON events (id, stream)')"
    )
    db.execute("DELETE FROM sqlite_schema WHERE name = 'spare'")
    db.close()
    with pytest.raises(OpeningError, match="the log's file is damaged"):
        opened(folder, examine_all=True)


def test_the_last_events_are_those_that_were_asked_for(folder: Written) -> None:
    opened(folder)
    for last, found in ((0, 0), (1, 1), (5, 5), (31, 31), (100, 31)):
        assert examination.examine(folder.log, lambda reached, of: None, last=last).events == found


def test_a_long_examination_is_told_and_can_be_stopped(
    folder: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(examination, "EVERY", 1)
    monkeypatch.setattr(notes, "_SECONDS", 0.0)
    held = DataFolder(folder.path)
    open_folder(held, lambda _: None, progress=Told(lambda: False)).close()
    assert f"position {folder.positions[-1]} of {folder.positions[-1]} (100 %)" in capsys.readouterr().err
    with pytest.raises(StoppedError):
        open_folder(held, lambda _: None, progress=Told(lambda: True))
    held.close()
