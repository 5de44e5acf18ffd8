"""The log in SQLite: one table of events in the order of `$all`, one of streams."""

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from shared.eventstore.embedded.log.records import Proposed, Row, checksum, intact, size_of
from shared.eventstore.embedded.log.rules import END, Standing

_STREAMS = """
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
"""
_EVENTS = """
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
_FROM_FORMAT_1 = """
ALTER TABLE streams ADD COLUMN truncate_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN max_count INTEGER;
ALTER TABLE streams ADD COLUMN max_age INTEGER;
ALTER TABLE streams ADD COLUMN tombstoned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE streams SET described = 1 WHERE '$$' || name IN (SELECT name FROM streams);
"""
_FORMAT: Final = 2

_SELECT = """
SELECT e.position, s.name, e.revision, e.id, e.type, e.content_type, e.created, e.metadata, e.data, e.checksum
FROM events e JOIN streams s USING (stream)
"""
_AT_REVISION = "SELECT {} FROM events e JOIN streams s USING (stream) WHERE s.name = ? AND e.revision = ?"


class Log:
    """One connection to the log. Every thread opens its own; only one of them may write.

    Every row that is read is compared with its checksum: DamagedError where it is not what was written.
    """

    def __init__(self, path: Path) -> None:
        # Transactions are begun and ended by hand: an append is acknowledged only after its COMMIT.
        self._db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")  # COMMIT returns after fsync: kill -9 loses nothing
        self._db.execute("PRAGMA cache_size = -16000")

    def create(self, created: int) -> None:
        """Make the tables of a new log, with the system event that stands first in every database.

        A log of an earlier format is brought up to this one. Raises ValueError for a later format.
        """
        (found,) = self._db.execute("PRAGMA user_version").fetchone()
        if found == _FORMAT:
            return
        if found not in (0, 1):
            raise ValueError(f"the log has format {found}, this version reads format {_FORMAT}")
        self.begin()
        if found == 1:
            self._script(_FROM_FORMAT_1)
            self._seal()
        else:
            self._script(_STREAMS + _EVENTS)
            first = Proposed(uuid.uuid4().bytes, "$log-created", "application/json", b"", b'{"format": 2}')
            self.add("$log", 0, [first], created)
        self._db.execute(f"PRAGMA user_version = {_FORMAT}")
        self.commit()

    def _script(self, statements: str) -> None:
        for statement in statements.split(";"):
            self._db.execute(statement)

    def _seal(self) -> None:
        """Give the events of format 1, which had none, their checksums."""
        writing = self._db.cursor()
        for row in self._db.execute(_SELECT):
            writing.execute(
                "UPDATE events SET checksum = ? WHERE position = ?", (checksum(*row[:-1]), row[0])
            )

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

    def standing(self, stream: str) -> Standing:
        """Where a stream stands, whether it exists or not."""
        row = self._db.execute(
            "SELECT revision, truncate_before, max_count, max_age, tombstoned, described "
            "FROM streams WHERE name = ?",
            (stream,),
        ).fetchone()
        if row is None:
            return Standing()
        last, before, count, age, tombstoned, described = row
        return Standing(last, before, count, age, bool(tombstoned), bool(described))

    def last_revision(self, stream: str) -> int:
        return self.standing(stream).last

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
        last = first + len(events) - 1
        return self._add(self._key(stream, last), stream, first, events, created)

    def add_tombstone(self, stream: str, event: Proposed, created: int) -> int:
        """Write the event that ends a stream for ever; its position. The last revision stays what it was."""
        key = self._key(stream, self.last_revision(stream))
        self._db.execute("UPDATE streams SET tombstoned = 1 WHERE stream = ?", (key,))
        return self._add(key, stream, END, [event], created)

    def describe(
        self, stream: str, *, truncate_before: int, max_count: int | None, max_age: int | None
    ) -> None:
        """Keep what the stream's metadata says of its visible part; the stream need not exist yet."""
        self._db.execute(
            "UPDATE streams SET truncate_before = ?, max_count = ?, max_age = ?, described = 1 "
            "WHERE stream = ?",
            (truncate_before, max_count, max_age, self._key(stream, self.last_revision(stream))),
        )

    def _key(self, stream: str, revision: int) -> int:
        """The key of a stream, which is made where it is new; its last revision is set."""
        (key,) = self._db.execute(
            "INSERT INTO streams (name, revision) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET revision = excluded.revision RETURNING stream",
            (stream, revision),
        ).fetchone()
        return int(key)

    def _add(self, key: int, stream: str, first: int, events: Sequence[Proposed], created: int) -> int:
        position = self.head()
        rows = []
        for revision, e in enumerate(events, start=first):
            position += size_of(stream, e)
            content = (revision, e.id, e.type, e.content_type, created, e.metadata, e.data)
            rows.append((position, key, *content, checksum(position, stream, *content)))
        self._db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return position

    def event_at(self, stream: str, revision: int) -> Row | None:
        """The event of a stream at a revision; None where there is none."""
        return next(self.stream_forwards(stream, revision, revision), None)

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
                yield intact(Row(*row))
        finally:
            cursor.close()  # an open one would keep SQLite from truncating its write-ahead log
