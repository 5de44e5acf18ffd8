"""The log in SQLite: one table of events in the order of `$all`, one of streams."""

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.rules import NO_STREAM

RECORD_OVERHEAD = 64
"""Bytes that a record takes besides its content: positions grow as in a file, never by one."""

_SCHEMA = """
CREATE TABLE streams (
    stream   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL
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
    data         BLOB NOT NULL
);
CREATE UNIQUE INDEX event_by_revision ON events (stream, revision);
CREATE INDEX event_by_id ON events (id, stream);
"""
_FORMAT = 1

_SELECT = """
SELECT e.position, s.name, e.revision, e.id, e.type, e.content_type, e.created, e.metadata, e.data
FROM events e JOIN streams s USING (stream)
"""
_AT_REVISION = "SELECT {} FROM events e JOIN streams s USING (stream) WHERE s.name = ? AND e.revision = ?"


@dataclass(frozen=True, slots=True)
class Proposed:
    """An event that a client wants recorded; `id` is the 16 bytes of its UUID."""

    id: bytes
    type: str
    content_type: str
    metadata: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A recorded event; `created` counts 100 ns since 1970 in UTC, as EventStoreDB's clients expect."""

    position: int
    stream: str
    revision: int
    id: bytes
    type: str
    content_type: str
    created: int
    metadata: bytes
    data: bytes


class Log:
    """One connection to the log. Every thread opens its own; only one of them may write."""

    def __init__(self, path: Path) -> None:
        # Transactions are begun and ended by hand: an append is acknowledged only after its COMMIT.
        self._db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")  # COMMIT returns after fsync: kill -9 loses nothing
        self._db.execute("PRAGMA cache_size = -16000")

    def create(self, created: int) -> None:
        """Make the tables of a new log, with the system event that stands first in every database."""
        (found,) = self._db.execute("PRAGMA user_version").fetchone()
        if found == _FORMAT:
            return
        if found:
            raise ValueError(f"the log has format {found}, this version reads format {_FORMAT}")
        self.begin()
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        first = Proposed(uuid.uuid4().bytes, "$log-created", "application/json", b"", b'{"format": 1}')
        self.add("$log", 0, [first], created)
        self._db.execute(f"PRAGMA user_version = {_FORMAT}")
        self.commit()

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, if SQLite has not rolled it back itself."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()

    def head(self) -> int:
        """Position of the last event; 0 in an empty log."""
        (position,) = self._db.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()
        return int(position)

    def last_revision(self, stream: str) -> int:
        row = self._db.execute("SELECT revision FROM streams WHERE name = ?", (stream,)).fetchone()
        return NO_STREAM if row is None else int(row[0])

    def position_of(self, stream: str, revision: int) -> int:
        return int(self._db.execute(_AT_REVISION.format("position"), (stream, revision)).fetchone()[0])

    def id_at(self, stream: str, revision: int) -> bytes | None:
        row = self._db.execute(_AT_REVISION.format("id"), (stream, revision)).fetchone()
        return None if row is None else bytes(row[0])

    def revision_of(self, stream: str, event_id: bytes) -> int | None:
        row = self._db.execute(
            "SELECT events.revision FROM events JOIN streams s USING (stream) WHERE id = ? AND s.name = ?",
            (event_id, stream),
        ).fetchone()
        return None if row is None else int(row[0])

    def add(self, stream: str, first: int, events: Sequence[Proposed], created: int) -> int:
        """Write events from a revision on, inside a transaction; the position of the last one."""
        position = self.head()
        last = first + len(events) - 1
        (key,) = self._db.execute(
            "INSERT INTO streams (name, revision) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET revision = excluded.revision RETURNING stream",
            (stream, last),
        ).fetchone()
        rows = []
        for revision, e in enumerate(events, start=first):
            position += RECORD_OVERHEAD + len(stream) + len(e.type) + len(e.metadata) + len(e.data)
            rows.append((position, key, revision, e.id, e.type, e.content_type, created, e.metadata, e.data))
        self._db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return position

    def stream_forwards(self, stream: str, first: int, last: int) -> Iterator[Row]:
        """Events of a stream between two revisions, both included, rising."""
        where = "WHERE s.name = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision"
        return self._rows(where, (stream, first, last))

    def stream_backwards(self, stream: str, first: int, last: int) -> Iterator[Row]:
        """Events of a stream between two revisions, both included, falling."""
        where = "WHERE s.name = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision DESC"
        return self._rows(where, (stream, first, last))

    def all_forwards(self, first: int, last: int) -> Iterator[Row]:
        """Events between two positions, both included, rising."""
        return self._rows("WHERE e.position BETWEEN ? AND ? ORDER BY e.position", (first, last))

    def all_backwards(self, first: int, last: int) -> Iterator[Row]:
        """Events between two positions, both included, falling."""
        return self._rows("WHERE e.position BETWEEN ? AND ? ORDER BY e.position DESC", (first, last))

    def _rows(self, where: str, values: tuple[str | int, ...]) -> Iterator[Row]:
        cursor = self._db.execute(_SELECT + where, values)
        try:
            for row in cursor:
                yield Row(*row)
        finally:
            cursor.close()  # an open one would keep SQLite from truncating its write-ahead log
