"""Logs of other formats: an earlier one is brought up to this one, a later one is refused."""

import sqlite3
from pathlib import Path

import pytest

from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.opening import OpeningError, open_folder
from tests.contract.store.folders import (
    CREATED,
    Written,
    events,
    killed,
    opened,
)


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    return killed(tmp_path / "killed")


_FORMAT_1 = """
CREATE TABLE streams (stream INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES streams, revision INTEGER NOT NULL,
    id BLOB NOT NULL, type TEXT NOT NULL, content_type TEXT NOT NULL, created INTEGER NOT NULL,
    metadata BLOB NOT NULL, data BLOB NOT NULL
);
CREATE UNIQUE INDEX event_by_revision ON events (stream, revision);
CREATE INDEX event_by_id ON events (id, stream);
PRAGMA user_version = 1;
INSERT INTO streams VALUES (1, '$log', 0), (2, 'counts', 1999), (3, '$$waiting', 0);
"""


def test_a_log_of_format_1_is_brought_up_and_keeps_its_events(tmp_path: Path) -> None:
    folder = Written(tmp_path)
    db = sqlite3.connect(folder.log)
    db.executescript(_FORMAT_1)
    position = 0
    rows = [(1, "$log", 0), *((2, "counts", revision) for revision in range(2000)), (3, "$$waiting", 0)]
    for key, stream, revision in rows:
        position += 64 + len(stream) + len("Counted") + 2
        row = (position, key, revision, bytes(16), "Counted", "application/json", CREATED, b"", b"{}")
        db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    db.commit()
    db.close()
    progress: list[tuple[int, int]] = []
    held = DataFolder(tmp_path)
    open_folder(held, lambda _: None, examine_all=True, progress=lambda *at: progress.append(at)).close()
    held.close()

    assert len(progress) >= 4, "both the new format and the examination tell how far they are"
    assert {last for _, last in progress} == {position}
    assert [(row.revision, row.data) for row in events(folder)] == [(n, b"{}") for n in range(2000)]
    log = Log(folder.log, read_only=True)
    assert log.standing("waiting").described
    assert log.standing("counts").last == 1999
    log.close()


def test_an_interrupted_change_of_format_begins_again(tmp_path: Path) -> None:
    folder = Written(tmp_path)
    db = sqlite3.connect(folder.log)
    db.executescript(_FORMAT_1)
    db.execute("INSERT INTO events VALUES (77, 1, 0, x'00', 'Counted', 'j', 1, x'', x'7b7d')")
    db.execute("DELETE FROM streams WHERE stream > 1")
    db.commit()
    db.close()

    def stop(_reached: int, _last: int) -> None:
        raise KeyboardInterrupt

    held = DataFolder(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        open_folder(held, lambda _: None, progress=stop)
    held.close()
    opened(folder, examine_all=True)


def test_a_log_of_a_later_format_is_refused(folder: Written) -> None:
    opened(folder)
    db = sqlite3.connect(folder.log, isolation_level=None)
    db.execute("PRAGMA user_version = 3")
    db.close()
    with pytest.raises(
        OpeningError, match="has format 3, this version reads format 2: start the version that"
    ):
        opened(folder)
