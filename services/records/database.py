"""The read database: generations of all read models side by side, one of them current.

A generation holds the rows, the checkpoint up to which they are true, and its quarantine. The control
database says which generation is current, and whether the projections pause; a switch is one small write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, func, insert, select, update

from services.records import pausing
from services.records.generation import (
    BOOKS,
    CODES,
    CONTROL,
    CONTROL_SCHEMA,
    GENERATIONS,
    Generation,
    code_of_models,
)
from services.records.hashes import shape_of_tables
from services.records.one_rebuild import RebuildRuns, rebuilding_file, rebuilding_session
from services.records.pausing import Pause
from shared.followers.database import Place, place, sqlite_path
from shared.readmodels import metadata
from shared.settings import Settings

__all__ = ["BOOKS", "Database", "Generation", "RebuildRuns", "database_url", "read_database"]

UNFINISHED: Final = ("building", "candidate")
"""States of a generation that a rebuild may go on with."""


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
        self._control.create(CONTROL)
        return self._control.engine("write")

    @cached_property
    def _reader(self) -> Engine:
        self._control.create(CONTROL)
        return self._control.engine("read")

    def current(self) -> Generation | None:
        """The generation that is shown; None before the projections ran for the first time."""
        return self._in_state("current")

    def previous(self) -> Generation | None:
        return self._in_state("previous")

    def candidate(self) -> Generation | None:
        """A generation that was built and compared, and waits for somebody to switch to it or discard it."""
        return self._in_state("candidate")

    def building(self) -> Generation | None:
        """A generation that a rebuild has begun."""
        return self._in_state("building")

    def ensure_current(self, epoch: UUID) -> Generation:
        """The current generation; the first one is made where there is none."""
        found = self.current()
        return found if found else self.switch(self.build(epoch))

    def build(self, epoch: UUID) -> Generation:
        """The generation to build: one that this code began in this epoch, to go on from its checkpoint, else
        an empty one, at the beginning of the store. Others that were left go first."""
        for state in UNFINISHED:
            found = self._in_state(state)
            if found and (found.epoch, found.shape, found.code) == (str(epoch), *_this_code()):
                self._set(found, "building")
                return found
        self.discard()
        shape, code = _this_code()
        with self._writer.begin() as db:
            last = db.execute(select(func.max(GENERATIONS.c.number))).scalar() or 0
            values: dict[str, Any] = {
                "number": last + 1,
                "epoch": str(epoch),
                "created": datetime.now(UTC).isoformat(),
                "shape": shape,
            }
            db.execute(insert(GENERATIONS).values(**values, state="begun"))
            db.execute(CODES.delete().where(CODES.c.number == last + 1))
            db.execute(insert(CODES).values(number=last + 1, code=code))
        made = self._generation({**values, "code": code})
        made.place.drop()
        made.place.create(metadata)
        with made.writer.begin() as db:
            BOOKS.begin(db, epoch)
        self._set(made, "building")
        return made

    def keep(self, built: Generation) -> None:
        """Keep a generation that was built as the candidate."""
        self._set(built, "candidate")

    def discard(self) -> bool:
        """Remove what was begun or kept and is not shown; whether there was anything."""
        return self._sweep("begun", *UNFINISHED, "dropped")

    def switch(self, to: Generation) -> Generation:
        """Make a generation the current one, keep the one before, drop all older ones."""
        with self._writer.begin() as db:
            for state in ("previous", "current"):
                after = "dropped" if state == "previous" else "previous"
                db.execute(update(GENERATIONS).where(GENERATIONS.c.state == state).values(state=after))
            here = GENERATIONS.c.number == to.number
            db.execute(update(GENERATIONS).where(here).values(state="current"))
        self._sweep("dropped")
        return to

    @contextmanager
    def control(self) -> Iterator[Connection]:
        """A transaction of the control database, to begin or end a pause in."""
        with self._writer.begin() as db:
            yield db

    def standing(self) -> tuple[Generation | None, Pause | None]:
        """The current generation and the pause, as one look finds them."""
        with self._reader.connect() as db:
            return next(iter(self._all(db, "current")), None), pausing.paused(db)

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Only one process rebuilds; raises RebuildRuns in the others. Freed even by a kill."""
        path = sqlite_path(self._url)
        with rebuilding_file(path) if path else rebuilding_session(self._writer):
            yield

    def close(self) -> None:
        """Close every connection; a later use opens others."""
        for generation in self._known.values():
            generation.close()
        for name in ("_writer", "_reader"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()

    def _in_state(self, state: str) -> Generation | None:
        with self._reader.connect() as db:
            return next(iter(self._all(db, state)), None)

    def _all(self, db: Connection, *states: str) -> list[Generation]:
        query = select(GENERATIONS, CODES.c.code).outerjoin(CODES, CODES.c.number == GENERATIONS.c.number)
        rows = db.execute(query.where(GENERATIONS.c.state.in_(states))).mappings().all()
        return [self._generation(row) for row in rows]

    def _generation(self, row: Any) -> Generation:
        key = (row["number"], row["created"])
        if key not in self._known:
            where = place(self._url, f"records_v{row['number']}", self._limit)
            self._known[key] = Generation(
                row["number"], row["epoch"], row["created"], row["shape"], row["code"], where
            )
        return self._known[key]

    def _set(self, generation: Generation, state: str) -> None:
        with self._writer.begin() as db:
            here = GENERATIONS.c.number == generation.number
            db.execute(update(GENERATIONS).where(here).values(state=state))

    def _sweep(self, *states: str) -> bool:
        """Remove generations that nobody needs, those of a process that was killed, too; whether there were
        any."""
        with self._reader.connect() as db:
            found = self._all(db, *states)
        for generation in found:
            generation.close()
            generation.place.drop()
            self._known.pop((generation.number, generation.created), None)
            with self._writer.begin() as db:
                db.execute(GENERATIONS.delete().where(GENERATIONS.c.number == generation.number))
                db.execute(CODES.delete().where(CODES.c.number == generation.number))
        return bool(found)


def _this_code() -> tuple[str, str]:
    """The shape of the tables and the code that fills them, as they are in this process."""
    return shape_of_tables(), code_of_models()


def read_database(settings: Settings) -> Database:
    """The read database of these settings: DATABASE_URL, else a SQLite file in the data folder."""
    return Database(database_url(settings), settings.store_limit)


def database_url(settings: Settings) -> str:
    return settings.database_url or f"sqlite:///{settings.data.resolve() / 'records.sqlite'}"
