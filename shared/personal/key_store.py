"""The key store in SQLite or PostgreSQL, apart from the event store and from the read database."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    RowMapping,
    String,
    Table,
    UniqueConstraint,
    delete,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DatabaseError

from shared.catalogue import both
from shared.errors import StoreDown
from shared.followers.database import OUT_OF_REACH, Place, sqlite_path
from shared.personal.keys import Tombstone
from shared.personal.master import WRAPPED, Master
from shared.personal.tokens import Key, new_secret

metadata = MetaData(schema="records")
"""The symbolic schema of `Place`."""
keys: Final = Table(
    "personal_keys",
    metadata,
    Column("committee", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("key_id", String),
    Column("wrapped", LargeBinary),
    Column("made", String),
    Column("destroyed", String),
    Column("ground", String),
    UniqueConstraint("key_id"),
)
"""One row a subject: a wrapped key, or, where `destroyed` is told, its tombstone."""


@dataclass
class KeyStore:
    """Implements `Keys`. It connects, and reads the master key, at the first use; safe between threads."""

    place: Place
    master_key: Callable[[], Master]

    def key_of(self, committee: str, subject: str) -> Key | Tombstone:
        return self.known(committee, subject) or self._make(committee, subject)

    def known(self, committee: str, subject: str) -> Key | Tombstone | None:
        with self._reading() as db:
            found = _row(db, committee, subject)
        return None if found is None else self._opened(found)

    def find(self, ids: Collection[str]) -> Mapping[str, Key | Tombstone]:
        with self._reading() as db:
            rows = db.execute(select(keys).where(keys.c.key_id.in_(ids))).mappings().all()
        return {row["key_id"]: self._opened(row) for row in rows}

    def destroy(self, committee: str, subject: str, ground: str) -> Tombstone:
        with self._writing() as db:
            found = _row(db, committee, subject)
            if found is not None and found["destroyed"] is not None:
                left = _tombstone(found)
            else:
                key_id = found["key_id"] if found is not None else None
                left = Tombstone(committee, subject, key_id, _now(), ground)
                _bury(db, left)
        self._wipe()
        return left

    def _make(self, committee: str, subject: str) -> Key | Tombstone:
        """A new key, unless another process was faster."""
        made = Key(uuid4().hex, committee, subject, new_secret())
        values = {"key_id": made.id, "wrapped": self._master.wrap(made.id, made.secret), "made": _now()}
        with self._writing() as db:
            found = _row(db, committee, subject)
            if found is None:
                db.execute(insert(keys).values(committee=committee, subject=subject, **values))
        return made if found is None else self._opened(found)

    def close(self) -> None:
        for name in ("_writer", "_reader"):
            if name in self.__dict__:
                self.__dict__[name].dispose()

    def _opened(self, row: RowMapping) -> Key | Tombstone:
        if row["destroyed"] is not None:
            return _tombstone(row)
        secret = self._master.unwrap(row["key_id"], row["wrapped"])
        return Key(row["key_id"], row["committee"], row["subject"], secret)

    @cached_property
    def _writer(self) -> Engine:
        if path := sqlite_path(self.place.url):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.place.create(metadata)
        engine = self.place.engine("write")
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _careful)
        return engine

    @cached_property
    def _reader(self) -> Engine:
        _ = self._writer  # makes the tables
        return self.place.engine("read")

    @cached_property
    def _master(self) -> Master:
        """The master key, once it has opened a key of this store; a store without keys takes any."""
        master = self.master_key()
        with self._reading() as db:
            live = select(keys).where(keys.c.destroyed.is_(None)).limit(1)
            some = db.execute(live).mappings().first()
        if some is not None:
            master.unwrap(some["key_id"], some["wrapped"])
        return master

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _answering(), self._reader.begin() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _answering(), self._writer.begin() as db:
            if db.dialect.name == "postgresql":  # as on SQLite, one writer at a time
                db.execute(text("select pg_advisory_xact_lock(hashtext('bcd personal keys'))"))
            yield db

    def _wipe(self) -> None:
        """Let no old version of a row lie in the database's own files.

        Raises StoreDown where somebody who reads keeps it there: the key is destroyed only after another try.
        """
        with _answering():
            if self._writer.dialect.name == "postgresql":
                with self._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                    db.exec_driver_sql(f'VACUUM FULL "{self.place.schema}"."{keys.name}"')
            else:
                with closing(self._writer.raw_connection()) as raw:
                    (busy, *_) = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise StoreDown(both("privacy.not_wiped"))


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (*OUT_OF_REACH, DatabaseError, OSError) as error:
        raise StoreDown(f"{both('privacy.store_away')}: {error}") from error


def _bury(db: Connection, left: Tombstone) -> None:
    """Overwrite the key, delete its row, and leave a tombstone in its place, all at once."""
    here = (keys.c.committee == left.committee, keys.c.subject == left.subject)
    db.execute(update(keys).where(*here).values(wrapped=os.urandom(WRAPPED)))
    db.execute(delete(keys).where(*here))
    db.execute(insert(keys).values(**asdict(left)))


def _row(db: Connection, committee: str, subject: str) -> RowMapping | None:
    query = select(keys).where(keys.c.committee == committee, keys.c.subject == subject)
    return db.execute(query).mappings().first()


def _tombstone(row: RowMapping) -> Tombstone:
    told = (row[name] for name in ("committee", "subject", "key_id", "destroyed", "ground"))
    return Tombstone(*told)


def _careful(connection: Any, _record: object) -> None:
    """A key that an event needs is on the disk before the event; a deleted one is overwritten with zeros."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
