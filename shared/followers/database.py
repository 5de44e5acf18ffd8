"""Where followers keep what they remember: engines for SQLite files and PostgreSQL schemas.

Tables are written for a symbolic schema; on PostgreSQL it becomes a real one, on SQLite a file of its own.
Texts compare byte by byte on both, capitals and small letters apart, whatever language a server speaks.
Every wait for a lock or an answer has a limit.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pydantic_core import from_json
from sqlalchemy import Engine, MetaData, String, Table, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateColumn, CreateSchema, DropSchema

OUT_OF_REACH: Final = (OperationalError, InterfaceError, NoConnectionFree)
"""What a database raises that is down, locked or full: no fault of the event that was being written."""

Use = Literal["read", "write"]
_SCHEMA: Final = re.compile(r"[a-z][a-z0-9_]*")
_JSON: Final[dict[str, Any]] = {
    "json_serializer": json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode,
    "json_deserializer": from_json,
}
"""How JSON columns are written and read; NaN, which only one of the databases would take, is refused."""


@dataclass(frozen=True)
class Place:
    """One set of tables: a SQLite file or a PostgreSQL schema named `schema`."""

    url: str
    schema: str
    limit: float = 10.0

    def engine(self, use: Use = "write") -> Engine:
        """Transactions of a "write" engine take the write lock at their beginning; of a "read" engine
        they see one unchanging state of the data."""
        found = _engine(self.url, use, self.limit, self.schema)
        translation = {"records": self.schema if found.dialect.name == "postgresql" else None}
        return found.execution_options(schema_translate_map=translation)

    def create(self, tables: MetaData) -> None:
        """Make the schema and the tables that are not there yet; safe to repeat and to race."""
        engine = self.engine()
        with engine.begin() as db:
            if engine.dialect.name == "postgresql":
                db.execute(text("select pg_advisory_xact_lock(hashtext(:name))"), {"name": self.schema})
                db.execute(CreateSchema(self.schema, if_not_exists=True))
            tables.create_all(db)
        engine.dispose()

    def exists(self) -> bool:
        if path := sqlite_path(self.url):
            return path.exists()
        engine = self.engine("read")
        try:
            return bool(inspect(engine).has_schema(self.schema))
        finally:
            engine.dispose()

    def drop(self) -> None:
        """Remove it with all it holds; nothing happens where it is not there."""
        if path := sqlite_path(self.url):
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            return
        engine = self.engine()
        with engine.begin() as db:
            db.execute(DropSchema(self.schema, cascade=True, if_exists=True))
        engine.dispose()


def place(url: str, name: str, limit: float = 10.0) -> Place:
    """The place `name` in the database `url`; beside a SQLite file `x.sqlite` it is `x_<name>.sqlite`."""
    if not _SCHEMA.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a schema")
    if path := sqlite_path(url):
        beside = path.with_name(f"{path.stem}_{name}{path.suffix or '.sqlite'}")
        return Place(f"sqlite:///{beside}", name, limit)
    return Place(url, name, limit)


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address; None for PostgreSQL."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("sqlite:// needs a file: records must outlive the process")
    return Path(parsed.database)


def in_memory(tables: MetaData, only: Sequence[Table] | None = None) -> Engine:
    """An empty set of the tables, or of some of them, that lives as long as the engine; use it from one
    thread at a time."""
    options: dict[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = create_engine("sqlite://", **_JSON, **options)
    engine = engine.execution_options(schema_translate_map={"records": None})
    tables.create_all(engine, tables=only, checkfirst=False)
    return engine


def temporary(tables: MetaData, only: Sequence[Table]) -> Engine:
    """As `in_memory`, in a file without a name, which is gone with the engine, or with the process; SQLite
    holds a few of its pages in memory. Transactions begin and end where the caller says so."""

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        made.execute("ATTACH '' AS records")  # by the name of the schema, so that no statement is translated
        made.execute("PRAGMA records.journal_mode = MEMORY")
        made.execute("PRAGMA case_sensitive_like = ON")  # as on PostgreSQL
        return made

    engine = create_engine("sqlite://", **_JSON, creator=connect, poolclass=StaticPool)
    tables.create_all(engine, tables=only, checkfirst=False)
    return engine


def names(tables: Iterable[Any]) -> list[str]:
    return [str(table.name) for table in tables]


def _engine(url: str, use: Use, limit: float, schema: str) -> Engine:
    if path := sqlite_path(url):
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            url, **_JSON, pool_size=20, pool_timeout=limit, connect_args={"timeout": limit}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        begin = "BEGIN IMMEDIATE" if use == "write" else "BEGIN"
        event.listen(engine, "begin", lambda db: db.exec_driver_sql(begin))
        return engine
    milliseconds = int(limit * 1000)
    settings = f"-c statement_timeout={milliseconds * 6} -c lock_timeout={milliseconds} -c timezone=UTC"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        **_JSON,
        pool_size=20,
        pool_timeout=limit,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED" if use == "write" else "REPEATABLE READ",
        connect_args={
            "connect_timeout": max(2, int(limit)),
            "options": settings,
            "application_name": f"bcd {schema} {use}",
        },
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Transactions begin where we say so; readers do not wait for the writer."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA case_sensitive_like=ON")  # as on PostgreSQL
    cursor.close()


@compiles(CreateColumn, "postgresql")
def _bytewise(column: Any, compiler: Any, **options: Any) -> Any:
    """Columns of text in the order of their bytes, the only one that SQLite has."""
    written = compiler.visit_create_column(column, **options)
    is_text = isinstance(column.element.type, String)
    return f'{written} COLLATE "C"' if written and is_text else written
