"""One walk through all events, in order, past everything that has to agree with them."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol
from uuid import UUID

from services.audit.findings import Done, Findings, Report, report
from shared.eventstore.epoch import STREAM
from shared.eventstore.paging import batches
from shared.eventstore.port import BEGINNING, RecordedEvent, StoreDamaged

BATCH: Final = 1000
"""Events in memory."""

Progress = Callable[[int, int, int], None]
"""Called after each batch with: events read so far, position, position to reach."""


class Facts(Protocol):
    """The part of an event store that is asked here: any store, or a file with one's log."""

    def read_all(self, *, after: int = BEGINNING) -> Iterator[RecordedEvent]: ...

    def read_stream_backwards(self, stream: str, *, limit: int) -> list[RecordedEvent]: ...

    def head(self) -> int: ...


class Check(Protocol):
    """One part of a verification, which sees every event once."""

    def take(self, batch: Sequence[RecordedEvent]) -> None: ...

    def finish(self) -> Done: ...


def verify(
    facts: Facts,
    checks: Sequence[Check],
    findings: Findings,
    *,
    head: int,
    progress: Progress = lambda _events, _position, _head: None,
) -> Report:
    """Show every event up to `head` to every check. Raises StoreUnavailable, and what a check raises that
    could not look; a store that finds itself damaged is a finding."""
    began = time.monotonic()
    events = position = 0
    done: list[Done] = []
    try:
        for batch in batches(facts.read_all(), BATCH, head):
            for check in checks:
                check.take(batch)
            events, position = events + len(batch), batch[-1].position
            progress(events, position, head)
    except StoreDamaged as damaged:
        findings.add("store", "store_damaged", f"position > {position}", why=str(damaged))
    else:
        done = [check.finish() for check in checks]
    epoch = epoch_of(facts)
    return report(epoch, position, events, time.monotonic() - began, done, findings)


def epoch_of(facts: Facts) -> str | None:
    """The store's epoch as it says itself; None before its first one. Nothing is written."""
    try:
        last = facts.read_stream_backwards(STREAM, limit=1)
        return str(UUID(json.loads(last[0].data)["epoch"])) if last else None
    except (ValueError, KeyError, TypeError, StoreDamaged):
        return None
