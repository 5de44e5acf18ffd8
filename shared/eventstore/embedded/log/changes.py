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
    NO_STREAM,
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
                return Done(last, log.position_of(stream, last) if ids else None)
            case Write(first):
                if not ids:
                    return Done(at.last, None)
                if at.deleted:
                    _truncate(log, stream, first)
                position = log.add(stream, first, events, _now())
                if stream_metadata.described_by(stream) is not None:
                    _apply_metadata(log, stream, events[-1].data)
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
            return Done(at.last, _truncate(log, stream, END))
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


def _truncate(log: Log, stream: str, before: int) -> int:
    """Write metadata that hides what stands before a revision, and keeps what it said besides."""
    name = stream_metadata.metadata_stream(stream)
    last = log.last_revision(name)
    known = None if last == NO_STREAM else log.event_at(name, last)
    event = stream_metadata.truncated(b"{}" if known is None else known.data, before)
    position = log.add(name, last + 1, [event], _now())
    _describe(log, stream, event.data)
    return position


def _apply_metadata(log: Log, name: str, data: bytes) -> None:
    """What was written to a metadata stream takes effect; a deleted stream is there again with it."""
    stream = stream_metadata.described_by(name)
    assert stream is not None
    at = log.standing(stream)
    _describe(log, stream, data)
    if at.deleted and not at.tombstoned and stream_metadata.truncation(data).truncate_before != END:
        _truncate(log, stream, at.last + 1)


def _describe(log: Log, stream: str, data: bytes) -> None:
    hides = stream_metadata.truncation(data)
    log.describe(
        stream,
        truncate_before=hides.truncate_before,
        max_count=hides.max_count,
        max_age=hides.max_age,
    )


def _now() -> int:
    return time.time_ns() // 100
