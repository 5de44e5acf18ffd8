"""Concurrent calls to a real server, written down with the times at which they began and ended."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import (
    EventStoreDBClientException,
    FailedPrecondition,
    NotFound,
    StreamIsDeleted,
    WrongCurrentVersion,
)

from tests.contract.store.linearizability import (
    NO_STREAM,
    Answer,
    Append,
    Asked,
    Call,
    Delete,
    Done,
    Expected,
    Gone,
    Kept,
    Loose,
    Read,
    Seen,
    Unknown,
    Wrong,
)
from tests.contract.store.programs import IDS, Program, Step

LIMIT = 30.0
"""Seconds for one call."""


@dataclass(frozen=True)
class Told:
    """Where an append, so the server said, put its last event."""

    id: str
    position: int


class Recorder:
    """Runs programs against one stream. Safe to fill from many threads."""

    def __init__(self, stream: str, called: Callable[[], None] = lambda: None) -> None:
        """`called` is called before every call."""
        self.stream, self._called = stream, called
        self.history: list[Call] = []
        self.told: list[Told] = []
        self._lock = threading.Lock()
        self._ids = {str(n): uuid5(NAMESPACE_OID, f"{stream} {n}") for n in IDS}
        self._names = {id_: name for name, id_ in self._ids.items()}

    def run(self, clients: Sequence[EventStoreDBClient], program: Program) -> None:
        """Every client takes its steps in a thread of its own, until one is not answered."""
        begin = threading.Barrier(len(program))
        failed: list[BaseException] = []

        def take(client: EventStoreDBClient, steps: list[Step]) -> None:
            try:
                begin.wait(LIMIT)
                self._take(client, steps)
            except BaseException as error:
                failed.append(error)

        pairs = zip(clients, program, strict=False)
        threads = [threading.Thread(target=take, args=pair, daemon=True) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * LIMIT)
            assert not thread.is_alive(), "a call did not come to its end"
        if failed:
            raise failed[0]

    def look(self, client: EventStoreDBClient, after: int) -> None:
        """Read what there is in the end; `after` is a position before the stream began."""
        self.call(client, Read())
        began = time.monotonic()
        kept = [e for e in client.read_all(commit_position=after or None) if e.stream_name == self.stream]
        seen = Seen(0, tuple(self._names[e.id] for e in kept))
        self.history.append(Call(Kept(), seen, began, time.monotonic()))
        places = {(self._names[e.id], e.commit_position) for e in kept}
        for told in self.told:
            assert (told.id, told.position) in places, f"{told} is not so: {places}"

    def _take(self, client: EventStoreDBClient, steps: list[Step]) -> None:
        known = NO_STREAM
        for step in steps:
            expected = known if step.expected == "known" else step.expected
            ids = tuple(str(n) for n in step.ids)
            asked: Asked
            match step.does:
                case "read":
                    asked = Read()
                case "delete":
                    asked = Delete(expected if expected is not Loose.EXISTS else Loose.ANY)
                case does:
                    asked = Append(expected, ids[:1] if does == "append one" else ids)
            match self.call(client, asked, single=step.does == "append one"):
                case Unknown():
                    return
                case Wrong(current):
                    known = current
                case Seen(first, seen):
                    known = first + len(seen) - 1 if seen else NO_STREAM
                case Done() if isinstance(asked, Append) and isinstance(asked.expected, int):
                    known = asked.expected + len(asked.ids)

    def call(self, client: EventStoreDBClient, asked: Asked, *, single: bool = False) -> Answer:
        """Make one call and write it down; a read without an answer says nothing and is left out."""
        self._called()
        began = time.monotonic()
        try:
            answer = self._ask(client, asked, single)
        except NotFound:
            answer = Seen(NO_STREAM, ()) if isinstance(asked, Read) else Wrong(NO_STREAM)
        except StreamIsDeleted:
            answer = Gone()
        except FailedPrecondition as refused:  # which esdbclient makes of it for Streams.Append
            if "is deleted" not in str(refused):
                raise
            answer = Gone()
        except WrongCurrentVersion as wrong:
            answer = Wrong(_current(str(wrong)))
        except EventStoreDBClientException:
            if not isinstance(asked, Read):
                with self._lock:
                    self.history.append(Call(asked, Unknown(), began))
            return Unknown()
        ended = time.monotonic()
        with self._lock:
            self.history.append(Call(asked, answer, began, ended))
        return answer

    def _ask(self, client: EventStoreDBClient, asked: Asked, single: bool) -> Answer:
        """Once: esdbclient's own methods would repeat a call that was not answered."""
        service = client.streams
        how: dict[str, Any] = {
            "timeout": LIMIT,
            "metadata": client._call_metadata,
            "credentials": client._call_credentials,
        }
        if isinstance(asked, Read):
            events = list(service.read(stream_name=self.stream, **how))
            if not events:
                return Seen(NO_STREAM, ())
            return Seen(events[0].stream_position, tuple(self._names[e.id] for e in events))
        assert isinstance(asked, Append | Delete)
        state = _state(asked.expected)
        if isinstance(asked, Delete):
            service.delete(self.stream, state, **how)
            return Done()
        events = [NewEvent(id=self._ids[id_], type="Counted", data=id_.encode()) for id_ in asked.ids]
        append = service.append if single else service.batch_append
        position = append(self.stream, state, events, **how)
        with self._lock:
            self.told.append(Told(asked.ids[-1], position))
        return Done()


def _state(expected: Expected) -> int | StreamState:
    """The expectation as esdbclient takes it."""
    if isinstance(expected, Loose):
        return StreamState.ANY if expected is Loose.ANY else StreamState.EXISTS
    return StreamState.NO_STREAM if expected == NO_STREAM else expected


def _current(said: str) -> int:
    """The revision in esdbclient's sentence, for appends and for deletions."""
    if "does not exist" in said:
        return NO_STREAM
    found = re.search(r"last event is (-?\d+) not|Actual version: (-?\d+)", said)
    assert found, said
    return int(found[1] or found[2])
