"""Reading a log through to see whether it is whole: its events, its streams, the structure of its file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.eventstore.embedded.log.connection import meant
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import DamagedError, Proposed
from shared.eventstore.embedded.log.rules import END
from shared.eventstore.embedded.log.schema import EVERY, Progress, require_current
from shared.eventstore.embedded.log.stream_metadata import Truncation, metadata_stream, truncation

LAST: Final = 10_000
"""Events that are examined after an unclean end: what was written just before is what may have suffered."""

_INSTRUCTIONS: Final = 1_000_000
"""Of SQLite's machine, between two chances to stop it."""

_WRONG_END = f"""
WITH ends AS (
    SELECT s.stream, s.name, s.revision AS noted, coalesce(
        (SELECT max(e.revision) FROM events e WHERE e.stream = s.stream AND e.revision < {END}), -1) AS found
    FROM streams s)
SELECT name, noted, found FROM ends WHERE noted != found ORDER BY stream LIMIT 1
"""
_WRONG_TOMBSTONE = f"""
SELECT s.name FROM streams s WHERE s.tombstoned != EXISTS (
    SELECT 1 FROM events e WHERE e.stream = s.stream AND e.revision = {END})
ORDER BY s.stream LIMIT 1
"""
_TRUNCATED = """
SELECT name, truncate_before, max_count, max_age FROM streams
WHERE described OR truncate_before OR max_count IS NOT NULL OR max_age IS NOT NULL
"""
_GAP = f"""
SELECT s.name, count(*), max(e.revision) FROM events e JOIN streams s USING (stream)
WHERE e.revision < {END} GROUP BY e.stream HAVING count(*) != max(e.revision) + 1 OR min(e.revision) != 0
ORDER BY e.stream LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, and the first thing that is wrong."""

    events: int
    head: int
    streams: int
    fault: str | None = None


def examine(path: Path, progress: Progress, *, last: int | None = None) -> Examined:
    """Examine a log, at one moment; a server may be writing to it.

    `last` examines so many events at the end, and what is kept of every stream; without it every event
    and the structure of the file are examined too. What `progress` raises ends it.
    An id may stand in a stream more than once: whoever expects the right revision may write it again.
    Raises FormatError for a log of another format.
    """
    with closing(_Examination(path, read_only=True)) as log:
        require_current(log.format())
        return log.examine(progress, last)


class _Examination(Log):
    """One moment of the log, held from the first look to the last."""

    def examine(self, progress: Progress, last: int | None) -> Examined:
        self._db.execute("BEGIN")
        head, events, streams, fault = 0, 0, 0, None
        try:
            head = self.head()
            (streams,) = self._one("SELECT count(*) FROM streams")
            for row in self.all_forwards(self._first(last), head):
                events += 1
                if events % EVERY == 0:
                    progress(row.position, head)
            fault = self._stoppable(progress, head, whole=last is None)
        except DamagedError as error:
            fault = str(error)
        return Examined(events, head, streams, fault)

    def _first(self, last: int | None) -> int:
        """Where the last so many events begin: where the one before them ends."""
        before = "SELECT position FROM events ORDER BY position DESC LIMIT 1 OFFSET ?"
        row = None if last is None else self._one(before, (last,))
        return 0 if row is None else int(row[0]) + 1

    def _stoppable(self, progress: Progress, head: int, *, whole: bool) -> str | None:
        """What is wrong beside the events; `progress` is told meanwhile, and may end it."""
        raised: list[BaseException] = []

        def look() -> bool:
            try:
                progress(head, head)
            except BaseException as error:
                raised.append(error)
            return bool(raised)

        self._db.set_progress_handler(look, _INSTRUCTIONS)
        try:
            return self._streams() or (self._structure() if whole else None)
        except sqlite3.DatabaseError as error:
            raise (raised[0] if raised else meant(error)) from error
        finally:
            self._db.set_progress_handler(None, 0)

    def _streams(self) -> str | None:
        if (said := self._one("PRAGMA integrity_check(streams)")[0]) != "ok":
            return _malformed(said)
        if (row := self._one(_WRONG_END)) is not None:
            return f"the stream {row[0]!r} should end at revision {row[1]}, and its last event has {row[2]}"
        if (row := self._one(_WRONG_TOMBSTONE)) is not None:
            return f"the stream {row[0]!r} is noted as ended for ever, or is not, against its events"
        for name, *noted in self._db.execute(_TRUNCATED):
            said = self._said(name)
            if noted != [said.truncate_before, said.max_count, said.max_age]:
                return f"what is noted of the stream {name!r} is not what its metadata says"
        return None

    def _said(self, stream: str) -> Truncation:
        metadata = metadata_stream(stream)
        row = self.event_at(metadata, self.last_revision(metadata))
        if row is None:
            return Truncation()
        return truncation(stream, Proposed(row.id, row.type, row.content_type, row.metadata, row.data))

    def _structure(self) -> str | None:
        if (row := self._one(_GAP)) is not None:
            return f"the stream {row[0]!r} has {row[1]} events, and the last of them has revision {row[2]}"
        (said,) = self._one("PRAGMA integrity_check(1)")
        return None if said == "ok" else _malformed(said)


def _malformed(said: str) -> str:
    return "the log's file is damaged: " + " ".join(said.split())
