"""What the store's bench measures: a server over the wire, with a store or without one, and SQLite alone."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from esdbclient import EventStoreDBClient, StreamState

from shared.eventstore.embedded.log import schema
from tests.bench import events
from tests.bench.one_call import OneCall

AT_ONCE = 50


class Subject(Protocol):
    """Each method does its work once over; `count` is in appends, or in events that are read."""

    def append(self, count: int, size: int) -> None:
        """Appends of `size` events, one after the other, each to a stream of its own."""
        ...

    def append_at_once(self, count: int) -> None:
        """Appends of one event, AT_ONCE of them under way."""
        ...

    def append_in_one_call(self, count: int) -> None:
        """The same, all in one BatchAppend call."""
        ...

    def read_all(self, count: int) -> None: ...

    def catch_up(self, count: int) -> None:
        """A subscription from the beginning."""
        ...


class OverTheWire:
    """A server and a plain esdbclient client, which is the same for every server."""

    def __init__(self, uri: str) -> None:
        self._client = EventStoreDBClient(uri=uri)
        self._one_call = OneCall(uri)
        self._threads = ThreadPoolExecutor(AT_ONCE)

    def append(self, count: int, size: int) -> None:
        for _ in range(count):
            self._append(size)

    def append_at_once(self, count: int) -> None:
        list(self._threads.map(self._append, [1] * count))

    def append_in_one_call(self, count: int) -> None:
        list(self._threads.map(self._one_call.append, events.new(count)))

    def read_all(self, count: int) -> None:
        _exhaust(self._client.read_all(limit=count), count)

    def catch_up(self, count: int) -> None:
        with self._client.subscribe_to_all() as subscription:
            _exhaust(subscription, count)

    def fill(self) -> None:
        for stream in events.stream_names():
            self._append(events.STREAM_LENGTH, stream)

    def close(self) -> None:
        self._threads.shutdown()
        self._one_call.close()
        self._client.close()

    def _append(self, size: int, stream: str | None = None) -> None:
        self._client.append_to_stream(
            stream or str(uuid4()), current_version=StreamState.NO_STREAM, events=events.new(size)
        )


class Alone:
    """SQLite with the same tables, rows and fsync, and nothing around it."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        schema.make(self._db)
        self._position = 0

    def append(self, count: int, size: int) -> None:
        for _ in range(count):
            self._commit(1, size)

    def append_at_once(self, count: int) -> None:
        for _ in range(count // AT_ONCE):
            self._commit(AT_ONCE, 1)

    def append_in_one_call(self, count: int) -> None:
        self.append_at_once(count)

    def read_all(self, count: int) -> None:
        rows = self._db.execute(f"{schema.SELECT_EVENTS} ORDER BY e.position LIMIT ?", (count,))
        _exhaust(rows, count)

    def catch_up(self, count: int) -> None:
        self.read_all(count)

    def fill(self) -> None:
        for _ in events.stream_names():
            self._commit(1, events.STREAM_LENGTH)

    def close(self) -> None:
        self._db.close()

    def _commit(self, streams: int, size: int) -> None:
        """One transaction with new streams of `size` events each."""
        self._db.execute("BEGIN IMMEDIATE")
        for _ in range(streams):
            new = self._db.execute(
                "INSERT INTO streams (name, revision) VALUES (?, ?)", (str(uuid4()), size - 1)
            )
            key = new.lastrowid
            assert key is not None
            self._db.executemany(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows(key, size)
            )
        self._db.execute("COMMIT")

    def _rows(self, stream: int, size: int) -> Iterator[tuple[int | str | bytes, ...]]:
        for revision in range(size):
            self._position += 64 + len(events.METADATA) + len(events.DATA)
            yield (
                self._position, stream, revision, uuid4().bytes, events.TYPE, "application/json",
                events.CREATED, events.METADATA, events.DATA, 0,
            )  # fmt: skip


def _exhaust(found: Iterator[object], count: int) -> None:
    """Take so many; a baseline that gives fewer would be none."""
    taken = sum(1 for _, _ in zip(range(count), found, strict=False))
    assert taken == count, f"{taken} of {count} events were read"
