"""What each expected revision comes to on a stream in each state: one table, for rules and wire."""

from shared.eventstore.embedded.log.rules import (
    END,
    NO_STREAM,
    Conflict,
    Deleted,
    Expected,
    Loose,
    Standing,
    Write,
)

EXPECTED: tuple[Expected, ...] = (NO_STREAM, 0, 1, 5, Loose.ANY, Loose.STREAM_EXISTS)

STATES = {
    "new": Standing(),
    "existing": Standing(last=1),
    "described": Standing(described=True),
    "deleted": Standing(last=1, truncate_before=END, described=True),
    "tombstoned": Standing(last=1, tombstoned=True),
}
"""Where there are events, there are two."""

Outcome = Write | Conflict | Deleted

_ABSENT, _ELSEWHERE, _GONE = Conflict(NO_STREAM), Conflict(1), Deleted()
_FIRST, _NEXT = Write(0), Write(2)

APPEND: dict[str, tuple[Outcome, ...]] = {
    #              NO_STREAM    0           1        5           ANY     STREAM_EXISTS
    "new": (_FIRST, _ABSENT, _ABSENT, _ABSENT, _FIRST, _ABSENT),
    "existing": (_ELSEWHERE, _ELSEWHERE, _NEXT, _ELSEWHERE, _NEXT, _NEXT),
    "described": (_FIRST, _ABSENT, _ABSENT, _ABSENT, _FIRST, _FIRST),
    "deleted": (_NEXT, _ELSEWHERE, _NEXT, _ELSEWHERE, _NEXT, _GONE),
    "tombstoned": (_GONE,) * 6,
}
"""Of events that the stream does not hold."""

APPEND_NOTHING = APPEND | {
    "deleted": (_ELSEWHERE, _ELSEWHERE, _NEXT, _ELSEWHERE, _NEXT, _GONE),
}
"""Of no events: nothing tells a deleted stream from one that has moved on."""

DELETE = APPEND | {
    "new": (_ABSENT,) * 6,
}
TOMBSTONE = APPEND
