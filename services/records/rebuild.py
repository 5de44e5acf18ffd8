"""Rebuild every read model from the events alone, compare with what was there, and switch (blue/green).

Killed half-way it leaves the current generation as it was; the next rebuild removes the leftovers.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from services.records.database import BOOKS, Database, Generation
from services.records.hashes import hash_of, shape_of_tables
from services.records.projecting import Models
from shared.catalogue import both
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.books import Held

BATCH: Final = 1000
"""Events in one transaction, and in memory."""

Progress = Callable[[int, int, int], None]
"""Called after each batch with: events read so far, position, position to reach."""


@dataclass(frozen=True)
class Compared:
    """One read model before and after; `before` is None where there was nothing to compare with."""

    model: str
    rows: int
    before: str | None
    after: str

    @property
    def equal(self) -> bool | None:
        return None if self.before is None else self.before == self.after


@dataclass(frozen=True)
class Report:
    """What a rebuild did; `not_compared` says why, where the old generation could not be compared."""

    generation: int
    previous: int | None
    position: int
    epoch: str
    events: int
    seconds: float
    models: tuple[Compared, ...]
    quarantine: tuple[Held, ...]
    not_compared: str | None

    @property
    def equal(self) -> bool:
        """Whether every model came out as it was."""
        return self.not_compared is None and all(one.equal for one in self.models)


def rebuild(
    store: EventStore,
    database: Database,
    models: Models,
    progress: Progress = lambda _events, _position, _head: None,
    patience: float = 10.0,
) -> Report:
    """Build the next generation up to the head, compare, switch.

    The projections may run meanwhile; `patience` is how long, in seconds, they may take to come as far.
    Raises RebuildRuns, StoreUnavailable.
    """
    began = time.monotonic()
    with database.rebuilding():
        epoch = current_epoch(store)
        old = database.current()
        new = database.build(epoch)
        head = store.head()
        events = _build(store, new, models, head, progress)
        before, position, why_not = _old_hashes(old, new, models, head, patience)
        if position > head:
            events += _build(store, new, models, position, progress)
        with new.reader.begin() as db:
            at = BOOKS.read(db)
            assert at is not None
            after = {model.name: hash_of(db, model) for model in models.models}
            quarantine = tuple(BOOKS.held(db).values())
        database.switch(new)
    return Report(
        generation=new.number,
        previous=old.number if old else None,
        position=at.position,
        epoch=str(epoch),
        events=events,
        seconds=time.monotonic() - began,
        models=tuple(Compared(name, rows, before.get(name), hash_) for name, (hash_, rows) in after.items()),
        quarantine=quarantine,
        not_compared=why_not,
    )


def _build(store: EventStore, generation: Generation, models: Models, until: int, progress: Progress) -> int:
    """Project the events after the generation's checkpoint, up to a position; how many there were."""
    position, count = generation.checkpoint().position, 0
    for batch in _batches(store.read_all(after=position), until):
        with generation.writer.begin() as db:
            BOOKS.advance(db, position, batch[-1].position)
            models.project(db, batch)
        position, count = batch[-1].position, count + len(batch)
        progress(count, position, until)
    return count


def _batches(events: Iterator[RecordedEvent], until: int) -> Iterator[list[RecordedEvent]]:
    while batch := list(islice(events, BATCH)):
        wanted = [event for event in batch if event.position <= until]
        if wanted:
            yield wanted
        if len(wanted) < len(batch):
            return


def _old_hashes(
    old: Generation | None, new: Generation, models: Models, head: int, patience: float
) -> tuple[dict[str, str], int, str | None]:
    """The old generation's hashes and its position at that moment, or why there are none."""
    if old is None:
        return {}, head, both("records.none_before")
    if old.shape != shape_of_tables():
        return {}, head, both("records.before_other_version")
    if old.epoch != new.epoch:
        return {}, head, both("records.before_other_epoch")
    _wait_for(old, head, patience)
    with old.reader.begin() as db:  # one unchanging state, checkpoint and rows alike
        at = BOOKS.read(db)
        position = at.position if at else 0
        if position < head:
            return {}, head, both("records.before_behind", position=position, head=head)
        return {model.name: hash_of(db, model)[0] for model in models.models}, position, None


def _wait_for(old: Generation, head: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while old.checkpoint().position < head and time.monotonic() < deadline:
        time.sleep(0.1)
