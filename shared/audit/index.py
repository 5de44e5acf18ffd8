"""Which event is which leaf: the notary's table beside the tiles, and the position that it has read up to."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.eventstore.epoch import of_store
from shared.eventstore.port import RecordedEvent

FILE: Final = "index.sqlite"
_TABLES: Final = """
create table if not exists leaf (
    number integer primary key,
    position integer not null,
    stream text not null,
    revision integer not null,
    event text not null,
    unique (stream, revision)
);
create table if not exists of_store (number integer primary key, type text not null, data blob not null);
"""


@dataclass(frozen=True)
class Leaf:
    """One leaf of the tree and the event that it stands for."""

    number: int
    position: int
    stream: str
    revision: int
    event: str


class Index:
    """Safe to share between processes, of which one writes. Raises sqlite3.Error; waits `limit` seconds."""

    def __init__(self, folder: Path, limit: float = 10.0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self._limit = folder / FILE, limit
        with self._connected() as db:
            db.execute("pragma journal_mode = wal")
            db.executescript(_TABLES)

    def last(self) -> Leaf | None:
        """The leaf of the event that was read last; None in an empty log."""
        return self._one("select * from leaf order by number desc limit 1")

    def find(self, stream: str, revision: int) -> Leaf | None:
        return self._one("select * from leaf where stream = ? and revision = ?", stream, revision)

    def of_store(self, type_: str) -> list[tuple[int, bytes]]:
        """Leaf and data of the events of one type in which the store speaks of itself, in order."""
        with self._connected() as db:
            rows = db.execute("select number, data from of_store where type = ? order by number", (type_,))
            return [(int(number), bytes(data)) for number, data in rows]

    def append(self, first: int, events: Sequence[RecordedEvent]) -> None:
        """Add the leaves from number `first` on, all or none; sqlite3.IntegrityError where they are there."""
        leaves = [
            (number, event.position, event.stream, event.revision, str(event.id))
            for number, event in enumerate(events, first)
        ]
        own = [(n, event.type, event.data) for n, event in enumerate(events, first) if of_store(event)]
        with self._connected() as db:
            db.executemany("insert into leaf values (?, ?, ?, ?, ?)", leaves)
            db.executemany("insert into of_store values (?, ?, ?)", own)

    def _one(self, question: str, *values: object) -> Leaf | None:
        with self._connected() as db:
            row = db.execute(question, values).fetchone()
        return Leaf(*row) if row else None

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own each time, so that any thread may ask; one transaction."""
        with closing(sqlite3.connect(self._path, timeout=self._limit)) as db:
            db.execute("pragma synchronous = normal")  # what power takes from it, the store gives again
            with db:
                yield db
