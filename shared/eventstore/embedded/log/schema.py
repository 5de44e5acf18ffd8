"""The tables of the log, and how a log of an earlier format is brought up to this one."""

import sqlite3
from collections.abc import Callable
from typing import Final

from shared.eventstore.embedded.log.records import checksum

FORMAT: Final = 2

SELECT_EVENTS: Final = """
SELECT e.position, s.name, e.revision, e.id, e.type, e.content_type, e.created, e.metadata, e.data, e.checksum
FROM events e JOIN streams s USING (stream)
"""
"""The columns of a Row, in its order."""

_TABLES = """
CREATE TABLE streams (
    stream          INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    revision        INTEGER NOT NULL,
    truncate_before INTEGER NOT NULL DEFAULT 0,
    max_count       INTEGER,
    max_age         INTEGER,
    tombstoned      INTEGER NOT NULL DEFAULT 0,
    described       INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE events (
    position     INTEGER PRIMARY KEY,
    stream       INTEGER NOT NULL REFERENCES streams,
    revision     INTEGER NOT NULL,
    id           BLOB NOT NULL,
    type         TEXT NOT NULL,
    content_type TEXT NOT NULL,
    created      INTEGER NOT NULL,
    metadata     BLOB NOT NULL,
    data         BLOB NOT NULL,
    checksum     INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX event_by_revision ON events (stream, revision);
CREATE INDEX event_by_id ON events (id, stream);
"""
_FROM_1 = """
ALTER TABLE streams ADD COLUMN truncate_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN max_count INTEGER;
ALTER TABLE streams ADD COLUMN max_age INTEGER;
ALTER TABLE streams ADD COLUMN tombstoned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
INSERT INTO streams (name, revision, described)
    SELECT substr(name, 3), -1, 1 FROM streams WHERE name LIKE '$$_%'
    ON CONFLICT (name) DO UPDATE SET described = 1;
"""

Progress = Callable[[int, int], None]
"""Told how far a long walk through the log is: the position reached, and the last one. What it raises
ends the walk."""

EVERY: Final = 1000
"""Events between two reports of progress."""


class FormatError(Exception):
    """The log has a format that this version does not read; the text says which, and how to mend it."""


def format_of(db: sqlite3.Connection) -> int:
    """0 in a new file. Raises FormatError for a later format than this version knows."""
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if not 0 <= found <= FORMAT:
        mend = "start the version that wrote it, or a later one"
        raise FormatError(f"the log has format {found}, this version reads format {FORMAT}: {mend}")
    return int(found)


def require_current(found: int) -> None:
    """Raises FormatError where a log has to be brought up to this format before it can be examined."""
    if found != FORMAT:
        what = f"the log has format {found}, an older one" if found else "nothing was ever written to the log"
        raise FormatError(f"{what}: start a server of this version on it once")


def make(db: sqlite3.Connection) -> None:
    """Make the tables of a new log, inside a transaction."""
    _run(db, _TABLES)
    stamp(db)


def bring_up(db: sqlite3.Connection, progress: Progress) -> None:
    """Make format 2 of a log in format 1, inside a transaction: its events get the checksums they had not."""
    _run(db, _FROM_1)
    (last,) = db.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()
    writing = db.cursor()
    for number, row in enumerate(db.execute(SELECT_EVENTS + "ORDER BY e.position")):
        writing.execute("UPDATE events SET checksum = ? WHERE position = ?", (checksum(*row[:-1]), row[0]))
        if number % EVERY == 0:
            progress(row[0], last)
    stamp(db)


def stamp(db: sqlite3.Connection) -> None:
    """Write down the format; it writes a page even where the format is there already."""
    db.execute(f"PRAGMA user_version = {FORMAT}")


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):
        db.execute(statement)
