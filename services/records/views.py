"""What the records show: the current rows, or the rows as of a day, folded from the journal. Same tables.

As of a day counts every event that had certainly taken effect by then: the last day that its effective
time can mean is not after it. They are folded in the order of the store, by the same projections.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from services.records.database import BOOKS, Database
from services.records.hashes import shape_of_tables
from services.records.journal import journal, recorded
from services.records.projecting import Models
from shared.errors import BcdError
from shared.followers.database import in_memory
from shared.readmodels import metadata

KEPT: Final = 16
"""Folds that are kept for the next question."""


class RecordsOutOfDate(BcdError):
    """The tables are those of another version; until `bcd rebuild` nothing can be shown."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return (
            "Các sổ do phiên bản khác của phần mềm tạo ra: hãy chạy `bcd rebuild`. / "
            "The registers were made by another version: run `bcd rebuild`."
        )


@dataclass(frozen=True)
class View:
    """Rows to query, and up to which event they are true; `quarantine` are streams that are left out."""

    db: Connection
    generation: int
    position: int
    epoch: str | None
    quarantine: tuple[str, ...]


@dataclass
class _Fold:
    engine: Engine
    lock: threading.Lock = field(default_factory=threading.Lock)


class Views:
    """Opens views; safe between threads."""

    def __init__(self, database: Database, models: Models) -> None:
        self._database, self._models = database, models
        self._folds: OrderedDict[tuple[object, ...], _Fold] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def now(self) -> Iterator[View]:
        """The current rows, unchanging while they are looked at; none before anything was projected."""
        generation = self._database.current()
        if generation is None:
            with in_memory(metadata).connect() as db:
                yield View(db, 0, 0, None, ())
            return
        if generation.shape != shape_of_tables():
            raise RecordsOutOfDate
        with generation.reader.begin() as db:
            checkpoint = BOOKS.read(db)
            position = checkpoint.position if checkpoint else 0
            yield View(db, generation.number, position, generation.epoch, tuple(BOOKS.held(db)))

    @contextmanager
    def as_of(self, committee: str, day: date | None, models: Iterable[str] = ()) -> Iterator[View]:
        """One committee's rows as of a day, of all read models or of these; without a day, as of now."""
        with self.now() as now:
            if day is None:
                yield now
                return
            wanted = frozenset(models) or frozenset(model.name for model in self._models.models)
            fold = self._fold(now, committee, day, wanted)
        with fold.lock, fold.engine.connect() as db:
            held = tuple({*now.quarantine, *BOOKS.held(db)})
            yield replace(now, db=db, quarantine=held)

    def _fold(self, now: View, committee: str, day: date, wanted: frozenset[str]) -> _Fold:
        here = journal.c.committee == committee
        last = now.db.execute(select(func.max(journal.c.position)).where(here)).scalar()
        key = (now.generation, now.epoch, last, committee, day, wanted)
        with self._lock:
            if key in self._folds:
                self._folds.move_to_end(key)
                return self._folds[key]
        made = _Fold(in_memory(metadata))
        models = tuple(model for model in self._models.models if model.name in wanted)
        effective = journal.select().where(here, journal.c.latest <= day.isoformat())
        rows = now.db.execute(effective.order_by(journal.c.position)).mappings()
        with made.engine.begin() as db:
            replace(self._models, models=models).project(db, [recorded(row) for row in rows])
        with self._lock:
            self._folds[key] = made
            while len(self._folds) > KEPT:
                self._folds.popitem(last=False)  # whoever still looks at it keeps it alive
        return made
