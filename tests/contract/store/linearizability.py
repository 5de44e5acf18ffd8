"""Whether what concurrent callers saw of one stream could have come from one call after the other.

The search is that of Wing and Gong with Lowe's memory of what was tried, as porcupine does it: exact, and
quick enough for some dozens of calls. The model of a stream is written from EventStoreDB's documentation
and shares nothing with the server's rules.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

NO_STREAM = -1


class Loose(Enum):
    """Expectations that name no revision."""

    ANY = "any"
    EXISTS = "exists"


Expected = int | Loose


@dataclass(frozen=True)
class Append:
    expected: Expected
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Delete:
    """The soft deletion, after which the stream may begin again where it ended."""

    expected: Expected


@dataclass(frozen=True)
class Read:
    """The whole stream, forwards."""


@dataclass(frozen=True)
class Kept:
    """All that the stream ever got, deleted or not, as `$all` shows it."""


@dataclass(frozen=True)
class Done:
    """Appended (once, now or before), or deleted."""


@dataclass(frozen=True)
class Wrong:
    """The stream was not where it was expected: its last revision, or NO_STREAM."""

    current: int


@dataclass(frozen=True)
class Gone:
    """The stream is deleted."""


@dataclass(frozen=True)
class Seen:
    """What a read gave: the revision of its first event (NO_STREAM for none), and every id."""

    first: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """No answer came: it may have taken effect between its beginning and its end, or never."""


Asked = Append | Delete | Read | Kept
Answer = Done | Wrong | Gone | Seen | Unknown


@dataclass(frozen=True)
class Call:
    """One call and its answer; the times are those of one clock. Without an answer, `ended` is when it can
    take effect no more: by default that moment does not come."""

    asked: Asked
    answer: Answer
    began: float
    ended: float = math.inf


@dataclass(frozen=True)
class Stream:
    """All that one stream is."""

    ids: tuple[str, ...] = ()
    hidden: int = 0
    """Revisions below this one were deleted."""
    deleted: bool = False

    @property
    def last(self) -> int:
        return len(self.ids) - 1


def perform(asked: Asked, stream: Stream) -> tuple[Answer, Stream]:
    """What a call is answered, and the stream after it, when nothing else happens meanwhile."""
    match asked:
        case Append():
            return _append(asked, stream)
        case Delete(expected):
            there = expected in (Loose.ANY, stream.last) or (stream.deleted and expected == NO_STREAM)
            if stream.last == NO_STREAM or not there:
                return Wrong(stream.last), stream
            return Done(), Stream(stream.ids, len(stream.ids), deleted=True)
        case Read():
            if stream.deleted or not stream.ids:
                return Seen(NO_STREAM, ()), stream
            return Seen(stream.hidden, stream.ids[stream.hidden :]), stream
        case Kept():
            return Seen(0, stream.ids), stream
        case _:
            assert_never(asked)


def _append(asked: Append, stream: Stream) -> tuple[Answer, Stream]:
    last, ids, expected = stream.last, asked.ids, asked.expected
    written = Stream(stream.ids + ids, last + 1 if stream.deleted else stream.hidden)
    if isinstance(expected, Loose):
        if expected is Loose.EXISTS and stream.deleted:
            return Gone(), stream
        if expected is Loose.EXISTS and last == NO_STREAM:
            return Wrong(NO_STREAM), stream
        if ids[0] not in stream.ids:
            return Done(), written
        return (Done() if set(ids) <= set(stream.ids) else Wrong(last)), stream
    if expected == last:
        return Done(), written
    if expected < last and stream.ids[expected + 1 : expected + 1 + len(ids)] == ids:
        return Done(), stream
    if stream.deleted and expected == NO_STREAM and stream.ids[0] != ids[0]:
        return Done(), written
    return Wrong(last), stream


def linearizable(history: Sequence[Call], start: Stream | None = None) -> bool:
    """Whether there is an order of the calls that agrees with every answer, in which no call comes before
    one that had ended when it began."""
    calls = sorted(history, key=lambda call: call.began)
    due = sum(1 << n for n, call in enumerate(calls) if not isinstance(call.answer, Unknown))
    tried: set[tuple[int, Stream]] = set()
    waiting = [(0, start or Stream(), -math.inf)]
    while waiting:
        done, stream, latest = waiting.pop()
        if done & due == due:
            return True
        if (done, stream) in tried:
            continue
        tried.add((done, stream))
        for n, after in _next_calls(calls, done, due, stream, latest):
            waiting.append((done | 1 << n, after, max(latest, calls[n].began)))
    return False


def _next_calls(
    calls: Sequence[Call], done: int, due: int, stream: Stream, latest: float
) -> list[tuple[int, Stream]]:
    """Which calls may come next, each with the stream after it. `latest`: when the last of those that
    came already began; whatever had ended by then comes too late."""
    remaining = [n for n in range(len(calls)) if not done >> n & 1]
    first_end = min(calls[n].ended for n in remaining if due >> n & 1)
    found = []
    for n in remaining:
        call = calls[n]
        if call.began > first_end:
            break
        answer, after = perform(call.asked, stream)
        if answer == call.answer or (isinstance(call.answer, Unknown) and call.ended >= latest):
            found.append((n, after))
    return found
