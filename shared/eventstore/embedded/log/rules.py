"""When an append or a deletion may be written, when it was written already, when it is refused: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

NO_STREAM: Final = -1
"""The revision of a stream that does not exist, as expected and as current revision."""

END: Final = 2**63 - 1
"""Beyond every revision and position; the revision of a tombstone; `$tb` of a deleted stream."""


class Loose(Enum):
    """An expectation that names no revision."""

    ANY = "any"
    STREAM_EXISTS = "stream exists"


Expected = int | Loose
"""An exact last revision (NO_STREAM for none), or a loose expectation."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a stream stands: its last revision, and what its metadata hides from its readers."""

    last: int = NO_STREAM
    truncate_before: int = 0
    max_count: int | None = None
    max_age: int | None = None
    """Seconds."""
    tombstoned: bool = False
    described: bool = False
    """It has metadata, even where it has no events."""

    @property
    def deleted(self) -> bool:
        """Softly: the stream reads as absent, and the next append goes on after its last revision."""
        return self.truncate_before == END

    @property
    def exists(self) -> bool:
        return self.last != NO_STREAM and not self.deleted

    @property
    def first(self) -> int:
        """The first revision that readers see, `max_age` left aside."""
        counted = 0 if self.max_count is None else self.last - self.max_count + 1
        return max(self.truncate_before, counted, 0)


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


@dataclass(frozen=True, slots=True)
class Deleted:
    """The stream is deleted: for ever, or as far as STREAM_EXISTS is concerned."""


Decision = Write | Already | Conflict | Deleted


def decide(expected: Expected, at: Standing, ids: Sequence[bytes], stream: StreamIds) -> Decision:
    """Judge an append of `ids` to a stream.

    Repeating an append is recognised by event id within the stream: with an exact expectation at the
    very revisions it asked for, with a loose one wherever the ids stand.
    """
    if at.tombstoned:
        return Deleted()
    if isinstance(expected, Loose):
        return _decide_loose(expected, at, ids, stream)
    if expected == at.last:
        return Write(at.last + 1)
    if expected > at.last:
        return Conflict(at.last)
    if not ids:
        return Conflict(at.last)
    if _stand(ids, expected + 1, stream):
        return Already(expected + len(ids))
    if at.deleted and expected == NO_STREAM and stream.id_at(0) != ids[0]:
        return Write(at.last + 1)
    return Conflict(at.last)


def _decide_loose(expected: Loose, at: Standing, ids: Sequence[bytes], stream: StreamIds) -> Decision:
    if expected is Loose.STREAM_EXISTS:
        if at.deleted:
            return Deleted()
        if at.last == NO_STREAM and not at.described:
            return Conflict(NO_STREAM)
    if not ids or (first := stream.revision_of(ids[0])) is None:
        return Write(at.last + 1)
    if _stand(ids, first, stream):  # together, also where one id stands there twice
        return Already(first + len(ids) - 1)
    last = first
    for event_id in ids[1:]:
        revision = stream.revision_of(event_id)
        if revision is None:
            return Conflict(at.last)
        last = revision
    return Already(last)


def _stand(ids: Sequence[bytes], first: int, stream: StreamIds) -> bool:
    """Whether a stream holds these ids, one after the other, from a revision on."""
    return all(stream.id_at(revision) == id_ for revision, id_ in enumerate(ids, start=first))


def decide_deletion(expected: Expected, at: Standing, *, for_ever: bool) -> Write | Conflict | Deleted:
    """Judge a deletion, or a tombstone (`for_ever`); Write says that it may be done.

    A tombstone may be set before the stream exists, so that it never will; a deletion may not.
    """
    if at.tombstoned:
        return Deleted()
    absent = at.last == NO_STREAM and not at.described
    if absent and not (for_ever and expected in (Loose.ANY, NO_STREAM)):
        return Conflict(NO_STREAM)
    if isinstance(expected, int) and expected != at.last and not (at.deleted and expected == NO_STREAM):
        return Conflict(at.last)
    if expected is Loose.STREAM_EXISTS and at.deleted:
        return Deleted()
    return Write(at.last + 1)
