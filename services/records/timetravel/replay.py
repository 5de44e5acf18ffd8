"""The past replayed: the events up to a moment, folded into a sandbox that nothing else reads or writes.

It is given events and nothing to append to: no store, no bus, no policies. What it makes is a read database
of its own, which the same questions can be put to.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from services.records.as_of import AsOf
from services.records.database import BOOKS
from services.records.hashes import hash_of
from services.records.projecting import Models
from services.records.timetravel.sandbox import MARK, database_of
from shared.envelope import Metadata
from shared.eventstore.epoch import of_store
from shared.eventstore.paging import batches
from shared.eventstore.port import RecordedEvent

BATCH: Final = 1000
Progress = Callable[[int, int], None]
"""Called after each batch with: events looked at so far, position of the last of them."""


@dataclass(frozen=True)
class Replayed:
    """What a replay made; `events` were folded, `later` are those that the moment leaves out."""

    epoch: str
    position: int
    day: str | None
    recorded: str | None
    events: int
    later: int
    seconds: float
    rows: dict[str, int]
    hashes: dict[str, str]
    quarantine: tuple[str, ...]


def replay(
    read: Callable[[], Iterable[RecordedEvent]],
    epoch: UUID,
    models: Models,
    folder: Path,
    until: AsOf,
    progress: Progress = lambda _looked_at, _position: None,
) -> Replayed:
    """Fold the events of `$all` that count at the moment into `folder`, which must be empty or not there.

    `read` begins at the first event each time; for a recorded time it is asked twice, because only the whole
    says which event was the last by then. Raises FileExistsError where the folder holds anything.
    """
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    last = _last_position(read, until)
    database = database_of(folder)
    try:
        generation = database.build(epoch)
        position = folded = looked_at = 0
        for batch in batches(read(), BATCH, last):
            wanted = [event for event in batch if _counts(event, until.day)]
            with generation.writer.begin() as db:
                BOOKS.advance(db, position, batch[-1].position)
                models.project(db, wanted)
            position, looked_at = batch[-1].position, looked_at + len(batch)
            folded += len(wanted)
            progress(looked_at, position)
        with generation.reader.begin() as db:
            made = {model.name: hash_of(db, model) for model in models.models}
            held = tuple(BOOKS.held(db))
        database.switch(generation)
    finally:
        database.close()
    done = Replayed(
        epoch=str(epoch),
        position=position,
        day=until.day.isoformat() if until.day else None,
        recorded=until.recorded.isoformat() if until.recorded else None,
        events=folded,
        later=looked_at - folded,
        seconds=time.monotonic() - began,
        rows={name: rows for name, (_, rows) in made.items()},
        hashes={name: digest for name, (digest, _) in made.items()},
        quarantine=held,
    )
    (folder / MARK).write_text(json.dumps(asdict(done), ensure_ascii=False, indent=2) + "\n")
    return done


def _last_position(read: Callable[[], Iterable[RecordedEvent]], until: AsOf) -> int | None:
    """The position at which the moment ends; None where it is the end of the store."""
    if until.recorded is None:
        return until.position
    by_then = (event.position for event in read() if event.recorded_at <= until.recorded)
    reached = max(by_then, default=0)
    return reached if until.position is None else min(reached, until.position)


def _counts(event: RecordedEvent, day: date | None) -> bool:
    """Whether it had certainly taken effect by the day."""
    if day is None or of_store(event):
        return True
    try:
        meta = Metadata.model_validate_json(event.metadata)
    except ValueError:
        return True  # it will stop its stream, and be told
    return meta.effective_at.latest <= day
