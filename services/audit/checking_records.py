"""Every register of the running system against the same register folded anew from the events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from services.audit.findings import Done, Findings
from services.audit.scratch import Scratch
from services.records.database import BOOKS, Database
from services.records.hashes import hash_of, shape_of_tables
from services.records.projecting import Models
from shared.catalogue import both
from shared.eventstore.port import RecordedEvent

PART: Final = "records"


@dataclass(frozen=True)
class Running:
    """What the running system shows: hash and number of rows of each read model, at one position."""

    position: int
    hashes: dict[str, tuple[str, int]]


def running(
    database: Database, models: Models, epoch: str | None, head: Callable[[], int], findings: Findings
) -> Running | None:
    """One unchanging state of the current generation; None, and a finding, where it cannot be compared."""
    generation = database.current()
    if generation is None:
        findings.add(PART, "no_generation", "generations")
        return None
    where = f"generation {generation.number}"
    if generation.shape != shape_of_tables():
        findings.add(PART, "other_version", where)
        return None
    with generation.reader.begin() as db:
        checkpoint = BOOKS.read(db)
        position = checkpoint.position if checkpoint else 0
        saved = checkpoint.epoch if checkpoint else generation.epoch
        if saved != epoch:
            findings.add(PART, "other_epoch", where, saved=saved, current=epoch)
            return None
        if position > (reached := head()):  # asked afterwards: the store goes on meanwhile
            findings.add(PART, "ahead", where, position=position, head=reached)
            return None
        return Running(position, {model.name: hash_of(db, model) for model in models.models})


class RecordsCheck:
    """Folds the events up to the position of what is running, in a scratch database, and compares."""

    def __init__(self, running: Running, scratch: Scratch, findings: Findings) -> None:
        self._running, self._scratch, self._findings = running, scratch, findings
        self._later = 0

    def take(self, batch: Sequence[RecordedEvent]) -> None:
        wanted = [event for event in batch if event.position <= self._running.position]
        self._later += len(batch) - len(wanted)
        if wanted:
            self._scratch.project(wanted)

    def finish(self) -> Done:
        rows = 0
        for held in self._scratch.held():
            where = f"{held.stream}@{held.revision}"
            self._findings.add(PART, "unreadable_event", where, type=held.type, why=held.why)
        with self._scratch.read() as db:
            for model in self._scratch.models.models:
                made, count = hash_of(db, model)
                shown, shown_rows = self._running.hashes[model.name]
                rows += count
                if made != shown:
                    values = {"shown": shown, "made": made, "shown_rows": shown_rows, "made_rows": count}
                    self._findings.add(PART, "register_differs", model.name, **values)
        counts = {"registers": len(self._running.hashes), "rows": rows, "position": self._running.position}
        return Done(PART, counts, [both("audit.behind", count=self._later)] if self._later else [])
