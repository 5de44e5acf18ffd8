"""What the records show: the current rows, or the rows as of a moment, folded from the journal. Same tables.

As of a day counts every event that had certainly taken effect by then: the last day that its effective
time can mean is not after it. They are folded in the order of the store, by the same projections, and only
into the read models that are asked for, from the events that these take.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, select

from services.records.as_of import NOW, AsOf
from services.records.database import BOOKS, Database
from services.records.folds import Folds
from services.records.hashes import shape_of_tables
from services.records.journal import events_where, journal, recorded
from services.records.projecting import Models
from shared.catalogue import both
from shared.errors import BcdError
from shared.followers.database import in_memory
from shared.readmodels import metadata

CHUNK: Final = 1000
"""Events that are in memory at a time while they are folded."""


class RecordsOutOfDate(BcdError):
    """The tables are those of another version; until `bcd rebuild` nothing can be shown."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return both("records.out_of_date")


@dataclass(frozen=True)
class View:
    """Rows to query, and up to which event they are true; `quarantine` are streams that are left out.

    `events` has the journal of all events; `moment` says which of them count.
    """

    db: Connection
    events: Connection
    generation: int
    position: int
    epoch: str | None
    quarantine: tuple[str, ...]
    moment: AsOf = NOW

    @property
    def counting(self) -> ColumnElement[bool]:
        """Which rows of the journal in `events` count."""
        return self.moment.counting


class Views:
    """Opens views; safe between threads."""

    def __init__(self, database: Database, models: Models, folds: Folds | None = None) -> None:
        self._database, self._models = database, models
        self._folds = folds or Folds()

    @contextmanager
    def now(self) -> Iterator[View]:
        """The current rows, unchanging while they are looked at; none before anything was projected."""
        generation = self._database.current()
        if generation is None:
            with in_memory(metadata).connect() as db:
                yield View(db, db, 0, 0, None, ())
            return
        if generation.shape != shape_of_tables():
            raise RecordsOutOfDate
        with generation.reader.begin() as db:
            checkpoint = BOOKS.read(db)
            position = checkpoint.position if checkpoint else 0
            yield View(db, db, generation.number, position, generation.epoch, tuple(BOOKS.held(db)))

    @contextmanager
    def as_of(self, committee: str, moment: AsOf, models: Collection[str]) -> Iterator[View]:
        """One committee's rows in these read models as of a moment; as of now, the rows of all."""
        with self.now() as now:
            if not moment:
                yield now
                return
            view = replace(now, moment=moment.at_one_position(now.events, committee))
            with self._fold(view, committee, self._models.only(models)) as db:
                held = tuple({*now.quarantine, *BOOKS.held(db)})
                yield replace(view, db=db, quarantine=held)

    def close(self) -> None:
        """Let all that was folded go."""
        self._folds.close()

    def _fold(self, view: View, committee: str, models: Models) -> AbstractContextManager[Connection]:
        """The rows after the events that count; kept until there are others."""
        here = and_(journal.c.committee == committee, journal.c.type.in_(models.types()), view.counting)
        known = view.events.execute(select(func.count(), func.max(journal.c.position)).where(here)).one()
        key = (view.generation, view.epoch, committee, tuple(known), *(one.name for one in models.models))
        needed = [table for model in models.models for table in model.tables]

        def fill(db: Connection) -> None:
            rows = view.events.execute(events_where(here), execution_options={"yield_per": CHUNK}).mappings()
            for chunk in rows.partitions():
                models.project(db, [recorded(row) for row in chunk])

        return self._folds.look(key, metadata, [*needed, BOOKS.checkpoint, BOOKS.quarantine], fill)
