"""The fingerprint of a read model: the same rows give the same SHA-256, on any database."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from shared.readmodels import ReadModel, metadata

PAGE: Final = 1000
"""Rows held in memory at a time."""

_encode: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
).encode


def lines_of(db: Connection, model: ReadModel) -> Iterator[bytes]:
    """The rows of a model's tables as they are hashed, ordered by primary key byte by byte.

    A line names the table and its columns; each row is a line of their values, as canonical JSON: keys
    sorted, no spaces, UTF-8. Each ends with a line feed.
    """
    for table in model.tables:
        yield canonical([table.name, *table.c.keys()]) + b"\n"
        query = select(table).order_by(*table.primary_key)
        for row in db.execute(query, execution_options={"yield_per": PAGE}):
            yield canonical(tuple(row)) + b"\n"


def hash_of(db: Connection, model: ReadModel) -> tuple[str, int]:
    """SHA-256 over the lines of a model, and the number of its rows."""
    digest, count = hashlib.sha256(), -len(model.tables)
    for line in lines_of(db, model):
        digest.update(line)
        count += 1
    return digest.hexdigest(), count


def hashes_of(db: Connection, models: Iterable[ReadModel]) -> dict[str, str]:
    """The hash of every read model as this transaction sees it, by name."""
    return {model.name: hash_of(db, model)[0] for model in models}


def canonical(value: Any) -> bytes:
    return _encode(value).encode()


def shape_of_tables() -> str:
    """A fingerprint of the tables themselves: it changes when a read model's columns change."""
    return _shape(tuple(sorted(metadata.tables.values(), key=lambda table: table.name)))


@cache
def _shape(tables: tuple[Table, ...]) -> str:
    """Of what PostgreSQL is told, which is the fuller: it says how texts compare."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made = (str(CreateTable(table).compile(dialect=dialect)) for table in tables)
    return hashlib.sha256("".join(made).encode()).hexdigest()
