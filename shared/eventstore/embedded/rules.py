"""When an append may be written, when it was written already, and when it must be refused: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

NO_STREAM = -1
"""The revision of a stream that does not exist, as expected and as current revision."""


class Loose(Enum):
    """An expectation that names no revision."""

    ANY = "any"
    STREAM_EXISTS = "stream exists"


Expected = int | Loose
"""An exact last revision (NO_STREAM for none), or a loose expectation."""


class StreamIds(Protocol):
    """The event ids that one stream holds."""

    def id_at(self, revision: int) -> bytes | None: ...

    def revision_of(self, event_id: bytes) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Write:
    """Nothing stands against it; the first event gets this revision."""

    first: int


@dataclass(frozen=True, slots=True)
class Already:
    """All events are there since an earlier attempt; the last of them has this revision."""

    last: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """The stream is elsewhere: at this revision, or NO_STREAM."""

    current: int


Decision = Write | Already | Conflict


def decide(expected: Expected, current: int, ids: Sequence[bytes], stream: StreamIds) -> Decision:
    """Judge an append of `ids` to a stream whose last revision is `current`.

    Repeating an append is recognised by event id within the stream: with an exact expectation at the
    very revisions it asked for, with a loose one wherever the ids stand.
    """
    if isinstance(expected, Loose):
        return _decide_loose(expected, current, ids, stream)
    if expected == current:
        return Write(current + 1)
    if expected > current:
        return Conflict(current)
    last = expected + len(ids)
    if last <= current and all(stream.id_at(expected + n) == id_ for n, id_ in enumerate(ids, start=1)):
        return Already(last)
    return Conflict(current)


def _decide_loose(expected: Loose, current: int, ids: Sequence[bytes], stream: StreamIds) -> Decision:
    if expected is Loose.STREAM_EXISTS and current == NO_STREAM:
        return Conflict(NO_STREAM)
    if not ids or (first := stream.revision_of(ids[0])) is None:
        return Write(current + 1)
    last = first
    for event_id in ids[1:]:
        revision = stream.revision_of(event_id)
        if revision is None:
            return Conflict(current)
        last = revision
    return Already(last)
