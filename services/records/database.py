"""The read database: generations of all read models side by side, one of them current.

A generation holds the rows, the checkpoint up to which they are true, and its quarantine. The control
database says which generation is current; switching is one small write there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    update,
)

from services.records.hashes import shape_of_tables
from shared.catalogue import both
from shared.errors import BcdError
from shared.followers.books import Books, Checkpoint
from shared.followers.database import Place, place, sqlite_path
from shared.readmodels import metadata
from shared.runtime.child import hold
from shared.settings import Settings

BOOKS: Final = Books(metadata)
CONTROL_SCHEMA: Final = "records_control"

_control = MetaData(schema="records")
_generations: Final = Table(
    "generations",
    _control,
    Column("number", Integer, primary_key=True),
    Column("epoch", String, nullable=False),
    Column("created", String, nullable=False),
    Column("shape", String, nullable=False),
    Column("state", String, nullable=False),
)
"""`shape` tells which columns its tables have; `state` is one of building, current, previous, and dropped
until it is gone."""


class RebuildRuns(BcdError):
    """Another process is rebuilding this read database now; two at once would undo each other."""

    def __init__(self, where: str) -> None:
        super().__init__(where)

    def __str__(self) -> str:
        return both("records.rebuild_runs")


@dataclass(frozen=True)
class Generation:
    """One complete set of read models, at a place of its own."""

    number: int
    epoch: str
    created: str
    shape: str
    place: Place

    @cached_property
    def writer(self) -> Engine:
        return self.place.engine("write")

    @cached_property
    def reader(self) -> Engine:
        return self.place.engine("read")

    def checkpoint(self) -> Checkpoint:
        with self.reader.begin() as db:
            return BOOKS.read(db) or Checkpoint(0, self.epoch)

    def close(self) -> None:
        """Close the connections; the next use opens others."""
        for name in ("writer", "reader"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()


class Database:
    """All generations at an address: a SQLite file (the generations lie beside it) or PostgreSQL."""

    def __init__(self, url: str, limit: float = 10.0) -> None:
        """`limit` is the longest wait for the database, in seconds."""
        self._url, self._limit = url, limit
        self._known: dict[tuple[int, str], Generation] = {}
        path = sqlite_path(url)
        self._control = Place(url, CONTROL_SCHEMA, limit) if path else place(url, CONTROL_SCHEMA, limit)

    @cached_property
    def _writer(self) -> Engine:
        self._control.create(_control)
        return self._control.engine("write")

    @cached_property
    def _reader(self) -> Engine:
        self._control.create(_control)
        return self._control.engine("read")

    def current(self) -> Generation | None:
        """The generation that is shown; None before the projections ran for the first time."""
        return self._in_state("current")

    def previous(self) -> Generation | None:
        return self._in_state("previous")

    def ensure_current(self, epoch: UUID) -> Generation:
        """The current generation; the first one is made where there is none."""
        found = self.current()
        return found if found else self.switch(self.build(epoch))

    def build(self, epoch: UUID) -> Generation:
        """An empty generation, at the beginning of the store; leftovers of a killed build go first."""
        self._sweep("building", "dropped")
        with self._writer.begin() as db:
            last = db.execute(select(func.max(_generations.c.number))).scalar() or 0
            values: dict[str, Any] = {
                "number": last + 1,
                "epoch": str(epoch),
                "created": datetime.now(UTC).isoformat(),
                "shape": shape_of_tables(),
            }
            db.execute(insert(_generations).values(**values, state="building"))
        made = self._generation(values)
        made.place.drop()
        made.place.create(metadata)
        with made.writer.begin() as db:
            BOOKS.begin(db, epoch)
        return made

    def switch(self, to: Generation) -> Generation:
        """Make a generation the current one, keep the one before, drop all older ones."""
        with self._writer.begin() as db:
            for state in ("previous", "current"):
                after = "dropped" if state == "previous" else "previous"
                db.execute(update(_generations).where(_generations.c.state == state).values(state=after))
            here = _generations.c.number == to.number
            db.execute(update(_generations).where(here).values(state="current"))
        self._sweep("dropped")
        return to

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Only one process rebuilds; raises RebuildRuns in the others. Freed even by a kill."""
        if path := sqlite_path(self._url):
            lock = hold(path.with_name(f"{path.stem}_rebuild.lock"))
            if lock is None:
                raise RebuildRuns(self._control.schema)
            with lock:
                yield
            return
        with self._writer.connect() as db:
            if not db.execute(text("select pg_try_advisory_lock(hashtext('bcd rebuild'))")).scalar():
                raise RebuildRuns(self._control.schema)
            db.commit()  # the lock belongs to the session, and no transaction stays open meanwhile
            try:
                yield
            finally:
                db.execute(text("select pg_advisory_unlock(hashtext('bcd rebuild'))"))
                db.commit()

    def close(self) -> None:
        """Close every connection; a later use opens others."""
        for generation in self._known.values():
            generation.close()
        for name in ("_writer", "_reader"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()

    def _in_state(self, state: str) -> Generation | None:
        return next(iter(self._all(state)), None)

    def _all(self, state: str) -> list[Generation]:
        with self._reader.connect() as db:
            rows = db.execute(_generations.select().filter_by(state=state)).mappings().all()
        return [self._generation(row) for row in rows]

    def _generation(self, row: Any) -> Generation:
        key = (row["number"], row["created"])
        if key not in self._known:
            where = place(self._url, f"records_v{row['number']}", self._limit)
            self._known[key] = Generation(row["number"], row["epoch"], row["created"], row["shape"], where)
        return self._known[key]

    def _sweep(self, *states: str) -> None:
        """Remove generations that nobody needs; those of a process that was killed, too."""
        for generation in [one for state in states for one in self._all(state)]:
            generation.close()
            generation.place.drop()
            self._known.pop((generation.number, generation.created), None)
            with self._writer.begin() as db:
                db.execute(_generations.delete().where(_generations.c.number == generation.number))


def read_database(settings: Settings) -> Database:
    """The read database of these settings: DATABASE_URL, else a SQLite file in the data folder."""
    return Database(database_url(settings), settings.store_limit)


def database_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data.resolve() / 'records.sqlite'}"
