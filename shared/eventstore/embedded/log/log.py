"""The log in SQLite: one table of events in the order of `$all`, one of streams."""

import sqlite3
import uuid
from collections.abc import Generator, Sequence

from shared.eventstore.embedded.log import schema
from shared.eventstore.embedded.log.connection import Connection, meant
from shared.eventstore.embedded.log.records import DamagedError, Proposed, Row, checksum, size_of
from shared.eventstore.embedded.log.rules import END, Standing


class Log(Connection):
    """What is asked of the log, and what is written to it.

    Nothing is served that is not what was written: every row is compared with its checksum, and the rows
    of a walk must join. DamagedError where they do not, or where SQLite finds its file malformed.
    """

    def create(self, created: int, progress: schema.Progress = lambda reached, last: None) -> None:
        """Make the tables of a new log, with the system event that stands first in every database.

        A log of an earlier format is brought up to this one. Raises FormatError for a later format.
        """
        found = schema.format_of(self._db)
        if found == schema.FORMAT:
            return
        self.begin()
        if found:
            schema.bring_up(self._db, progress)
        else:
            schema.make(self._db)
            first = Proposed(uuid.uuid4().bytes, "$log-created", "application/json", b"", b'{"format": 2}')
            self.add("$log", 0, [first], created)
        self.commit()

    def head(self) -> int:
        """Position of the last event; 0 in an empty log."""
        return self._last_up_to(END)

    def latest(self) -> tuple[int, int]:
        """Position and checksum of the last event; zeros in an empty log."""
        row = self._one("SELECT position, checksum FROM events ORDER BY position DESC LIMIT 1")
        return (0, 0) if row is None else (row[0], row[1])

    def checksum_at(self, position: int) -> int | None:
        """The checksum that is kept with the event at a position; None where none stands there."""
        row = self._one("SELECT checksum FROM events WHERE position = ?", (position,))
        return None if row is None else row[0]

    def count(self) -> tuple[int, int]:
        """How many streams there are, and how many events; quick as long as there are few streams."""
        streams, events = self._one(
            "SELECT count(*), coalesce(sum(revision + 1 + tombstoned), 0) FROM streams "
            "WHERE revision >= 0 OR tombstoned"
        )
        return int(streams), int(events)

    def standing(self, stream: str) -> Standing:
        """Where a stream stands, whether it exists or not."""
        row = self._one(
            "SELECT revision, truncate_before, max_count, max_age, tombstoned, described "
            "FROM streams WHERE name = ?",
            (stream,),
        )
        if row is None:
            return Standing()
        if not all(value is None or isinstance(value, int) for value in row):
            raise DamagedError(f"what is kept of the stream {stream!r} is damaged: {row}")
        last, before, count, age, tombstoned, described = row
        return Standing(last, before, count, age, bool(tombstoned), bool(described))

    def last_revision(self, stream: str) -> int:
        return self.standing(stream).last

    def position_of(self, stream: str, revision: int) -> int:
        """The position of an event that must be there."""
        row = self.event_at(stream, revision)
        if row is None:
            raise _missing(stream, revision)
        return row.position

    def id_at(self, stream: str, revision: int) -> bytes | None:
        row = self.event_at(stream, revision)
        return None if row is None else row.id

    def revision_of(self, stream: str, event_id: bytes) -> int | None:
        row = self._one(
            "SELECT events.revision FROM events JOIN streams s USING (stream) WHERE id = ? AND s.name = ?",
            (event_id, stream),
        )
        return None if row is None else int(row[0])

    def add(self, stream: str, first: int, events: Sequence[Proposed], created: int) -> int:
        """Write events from a revision on, inside a transaction; the position of the last one."""
        key = self._key(stream, first + len(events) - 1)
        before = "SELECT 1 FROM events WHERE stream = ? AND revision = ?"
        if first > 0 and self._one(before, (key, first - 1)) is None:
            raise _missing(stream, first - 1)
        return self._add(key, stream, first, events, created)

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
        row = self._one(
            "INSERT INTO streams (name, revision) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET revision = excluded.revision RETURNING stream",
            (stream, revision),
        )
        assert row is not None
        return int(row[0])

    def _add(self, key: int, stream: str, first: int, events: Sequence[Proposed], created: int) -> int:
        position = self.head()
        rows = []
        for revision, e in enumerate(events, start=first):
            position += size_of(stream, e)
            content = (revision, e.id, e.type, e.content_type, created, e.metadata, e.data)
            rows.append((position, key, *content, checksum(position, stream, *content)))
        try:
            self._db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as error:
            what = f"revision {first} of the stream {stream!r} should be free and is not: {error}"
            raise DamagedError(what) from error
        except sqlite3.DatabaseError as error:
            raise meant(error) from error
        return position

    def event_at(self, stream: str, revision: int) -> Row | None:
        """The event of a stream at a revision; None where there is none."""
        return next(self._rows("WHERE s.name = ? AND e.revision = ?", (stream, revision)), None)

    def stream_forwards(self, stream: str, first: int, last: int) -> Generator[Row]:
        """Events of a stream between two revisions, both included, rising."""
        known = self.last_revision(stream)  # before the look at the events: those that come later may lack
        where = "WHERE s.name = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision"
        reached = first - 1
        for row in self._rows(where, (stream, first, last)):
            if row.revision not in (reached + 1, END):
                raise _missing(stream, reached + 1)
            reached = row.revision
            yield row
        if reached < min(last, known):
            raise _missing(stream, reached + 1)

    def stream_backwards(self, stream: str, first: int, last: int) -> Generator[Row]:
        """Events of a stream between two revisions, both included, falling; a tombstone is not among them."""
        above = min(last, self.last_revision(stream)) + 1
        where = "WHERE s.name = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision DESC"
        for row in self._rows(where, (stream, first, above - 1)):
            if row.revision != above - 1:
                raise _missing(stream, above - 1)
            above = row.revision
            yield row
        if above > max(first, 0):
            raise _missing(stream, above - 1)

    def all_forwards(self, first: int, last: int) -> Generator[Row]:
        """Events between two positions, both included, rising."""
        known = self._last_up_to(last)  # before the look at the events: those that come later may lack
        reached = max(first - 1, 0)
        for row in self._rows("WHERE e.position BETWEEN ? AND ? ORDER BY e.position", (first, last)):
            if row.position - size_of(row.stream, row) > reached:
                raise _gap(reached, row.position)
            reached = row.position
            yield row
        if reached < known:
            raise _gap(reached, known)

    def all_backwards(self, first: int, last: int) -> Generator[Row]:
        """Events between two positions, both included, falling."""
        below = self._last_up_to(last)
        for row in self._rows("WHERE e.position BETWEEN ? AND ? ORDER BY e.position DESC", (first, below)):
            if row.position != below:
                raise _gap(row.position, below)
            below = row.position - size_of(row.stream, row)
            yield row
        if below > max(first - 1, 0):
            raise _gap(max(first - 1, 0), below)

    def _last_up_to(self, position: int) -> int:
        """Position of the last event that stands there or before; 0 where there is none."""
        return int(
            self._one("SELECT coalesce(max(position), 0) FROM events WHERE position <= ?", (position,))[0]
        )


def _missing(stream: str, revision: int) -> DamagedError:
    return DamagedError(f"the stream {stream!r} has lost its revision {revision}")


def _gap(reached: int, known: int) -> DamagedError:
    return DamagedError(f"events are lost between position {reached} and position {known}")
