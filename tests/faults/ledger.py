"""What writers were told and what the log holds, and that the one agrees with the other."""

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.eventstore.epoch import STREAM as EPOCH
from shared.eventstore.port import Appended, NewEvent, RecordedEvent


class Account:
    """A fold of `$all`: where every event stands, and one hash over all that was recorded.

    Raises AssertionError at the first event that comes twice, too early, too late or not at all.
    """

    def __init__(self) -> None:
        self.position = 0
        self.streams: defaultdict[str, list[tuple[UUID, int]]] = defaultdict(list)
        """For each stream its events in order of revision: id and position."""
        self._ids: set[tuple[str, UUID]] = set()
        self._hash = hashlib.sha256()

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()

    @property
    def events(self) -> int:
        return len(self._ids)

    def take(self, events: Iterable[RecordedEvent]) -> "Account":
        """Account for the events that follow."""
        for event in events:
            stream, said = self.streams[event.stream], f"{event.stream} {event.revision}"
            assert event.position > self.position, f"{said} at {event.position}, after {self.position}"
            assert event.revision == len(stream), f"{said} comes where {len(stream)} is due"
            assert (event.stream, event.id) not in self._ids, f"{said} is there twice"
            self.position = event.position
            self._ids.add((event.stream, event.id))
            stream.append((event.id, event.position))
            self._hash.update(f"{said} {event.position} {event.id} {event.type}\0".encode())
            self._hash.update(event.data + b"\0" + event.metadata)
        return self


@dataclass(frozen=True, eq=False)
class Batch:
    """An append as it was asked for: its first event shall get the revision `first`."""

    stream: str
    first: int
    events: tuple[NewEvent, ...]

    @property
    def ids(self) -> list[UUID]:
        return [event.id for event in self.events]


class Ledger:
    """The answers to all appends, filled by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unclear: dict[int, Batch] = {}
        self._refused: dict[int, Batch] = {}
        self._acknowledged: dict[int, tuple[Batch, int]] = {}
        self.appends = 0
        """How many were acknowledged."""
        self.doubts = 0
        """How many answers did not come."""

    def acknowledge(self, batch: Batch, outcome: Appended) -> None:
        assert outcome.revision == batch.first + len(batch.events) - 1, f"{batch.stream}: {outcome}"
        with self._lock:
            self._unclear.pop(id(batch), None)
            self._acknowledged[id(batch)] = batch, outcome.position
            self.appends += 1

    def ask(self, batch: Batch) -> None:
        """It is under way: it may be there or not, until an answer comes."""
        with self._lock:
            self._unclear[id(batch)] = batch

    def doubt(self) -> None:
        """An answer did not come."""
        with self._lock:
            self.doubts += 1

    def refuse(self, batch: Batch) -> None:
        """It was not written, and never may be."""
        with self._lock:
            self._unclear.pop(id(batch), None)
            self._refused[id(batch)] = batch

    def copy(self) -> "Ledger":
        """What is known at this moment."""
        other = Ledger()
        with self._lock:
            other._unclear, other._refused = dict(self._unclear), dict(self._refused)
            other._acknowledged, other.appends = dict(self._acknowledged), self.appends
        return other

    def check(self, account: Account) -> None:
        """Every acknowledged batch stands where it was told to stand, every unclear one whole or not at all,
        every refused one not at all, and nothing else is there."""
        with self._lock:
            acknowledged, unclear = list(self._acknowledged.values()), list(self._unclear.values())
            refused = list(self._refused.values())
        known = 0
        for batch, position in acknowledged:
            found = account.streams.get(batch.stream, [])[batch.first : batch.first + len(batch.events)]
            assert [id_ for id_, _ in found] == batch.ids, f"{_name(batch)} was acknowledged and is not there"
            assert found[-1][1] == position, (
                f"{_name(batch)} was told {position} and stands at {found[-1][1]}"
            )
            known += len(found)
        places = {
            (name, id_): n
            for name, ids in account.streams.items()
            if name != EPOCH
            for n, (id_, _) in enumerate(ids)
        }
        for batch in unclear:
            found_at = [places.get((batch.stream, id_)) for id_ in batch.ids]
            whole = list(range(batch.first, batch.first + len(batch.events)))
            assert found_at in (whole, [None] * len(whole)), f"{_name(batch)} is there in part: {found_at}"
            known += len(whole) if found_at == whole else 0
        for batch in refused:
            assert not any((batch.stream, id_) in places for id_ in batch.ids), f"{_name(batch)} was refused"
        assert known == len(places), f"{len(places)} events, {known} of them were written by us"


def _name(batch: Batch) -> str:
    return f"{batch.stream} {batch.first}..{batch.first + len(batch.events) - 1}"
