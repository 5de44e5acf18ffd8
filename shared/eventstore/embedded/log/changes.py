"""What changes the log, each inside a transaction that is open: append, delete, tombstone."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shared.eventstore.embedded.log import stream_metadata
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import (
    END,
    Already,
    Conflict,
    Deleted,
    Expected,
    Write,
    decide,
    decide_deletion,
)


@dataclass(frozen=True, slots=True)
class Done:
    """The change is on disk; `position` is None where there were no events."""

    revision: int
    position: int | None


Outcome = Done | Conflict | Deleted
Change = Callable[[Log], Outcome]
"""Decides and writes, all or nothing; it raises nothing but what makes the whole log doubtful."""


class _Ids:
    """The ids of one stream, as the rules look at them."""

    def __init__(self, log: Log, stream: str) -> None:
        self._log, self._stream = log, stream

    def id_at(self, revision: int) -> bytes | None:
        return self._log.id_at(self._stream, revision)

    def revision_of(self, event_id: bytes) -> int | None:
        return self._log.revision_of(self._stream, event_id)


def append(stream: str, expected: Expected, events: Sequence[Proposed]) -> Change:
    """Write all events or none. A stream that was deleted goes on after its last revision."""

    def change(log: Log) -> Outcome:
        at = log.standing(stream)
        ids = [event.id for event in events]
        match decide(expected, at, ids, _Ids(log, stream)):
            case Already(last):
                return Done(last, log.position_of(stream, last))
            case Write(first):
                position = log.add(stream, first, events, _now()) if events else None
                if at.deleted:  # an append without events is enough, as it is in EventStoreDB
                    _show_from(log, stream, first)
                if events and stream_metadata.described_by(stream) is not None:
                    _apply_metadata(log, stream, events[-1])
                return Done(first + len(ids) - 1, position)
            case refusal:
                return refusal

    return change


def delete(stream: str, expected: Expected) -> Change:
    """Hide every event; the stream may begin again, after its last revision."""

    def change(log: Log) -> Outcome:
        at = log.standing(stream)
        decision = decide_deletion(expected, at, for_ever=False)
        if isinstance(decision, Write):
            return Done(at.last, _add_metadata(log, stream, stream_metadata.DELETED))
        return decision

    return change


def tombstone(stream: str, expected: Expected) -> Change:
    """End the stream for ever."""

    def change(log: Log) -> Outcome:
        decision = decide_deletion(expected, log.standing(stream), for_ever=True)
        if isinstance(decision, Write):
            event = Proposed(uuid.uuid4().bytes, "$streamDeleted", "application/octet-stream", b"", b"")
            return Done(END, log.add_tombstone(stream, event, _now()))
        return decision

    return change


def _show_from(log: Log, stream: str, first: int) -> None:
    """Let a deleted stream begin again at a revision; its metadata keeps what it said besides."""
    name = stream_metadata.metadata_stream(stream)
    last = log.event_at(name, log.last_revision(name))
    _add_metadata(log, stream, stream_metadata.shown_from(b"{}" if last is None else last.data, first))


def _add_metadata(log: Log, stream: str, said: bytes) -> int:
    name = stream_metadata.metadata_stream(stream)
    event = Proposed(uuid.uuid4().bytes, "$metadata", stream_metadata.JSON, b"", said)
    position = log.add(name, log.last_revision(name) + 1, [event], _now())
    _describe(log, stream, event)
    return position


def _apply_metadata(log: Log, name: str, event: Proposed) -> None:
    """What was written to a metadata stream takes effect; a deleted stream is there again with it."""
    stream = stream_metadata.described_by(name)
    assert stream is not None
    at = log.standing(stream)
    _describe(log, stream, event)
    if at.deleted and not at.tombstoned:
        _show_from(log, stream, at.last + 1)


def _describe(log: Log, stream: str, event: Proposed) -> None:
    hides = stream_metadata.truncation(stream, event)
    log.describe(
        stream,
        truncate_before=hides.truncate_before,
        max_count=hides.max_count,
        max_age=hides.max_age,
    )


def _now() -> int:
    """Whole microseconds: clients that divide by a float come to the same time as those that do not."""
    return time.time_ns() // 1000 * 10
