"""The fingerprint of a read model: the same rows give the same SHA-256, on any database."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, String, Table, collate, select
from sqlalchemy.schema import CreateTable

from shared.readmodels import ReadModel, metadata

PAGE: Final = 1000
"""Rows held in memory at a time."""


def hash_of(db: Connection, model: ReadModel) -> tuple[str, int]:
    """SHA-256 over the rows of a model's tables, ordered by primary key byte by byte, and their number.

    Each row is one line of canonical JSON: keys sorted, no spaces, UTF-8.
    """
    digest, count = hashlib.sha256(), 0
    for table in model.tables:
        digest.update(f"{table.name}\n".encode())
        order = [_bytewise(db, column) for column in table.primary_key]
        query = select(table).order_by(*order)
        for row in db.execute(query, execution_options={"yield_per": PAGE}).mappings():
            digest.update(canonical(dict(row)) + b"\n")
            count += 1
    return digest.hexdigest(), count


def hashes_of(db: Connection, models: Iterable[ReadModel]) -> dict[str, str]:
    """The hash of every read model as this transaction sees it, by name."""
    return {model.name: hash_of(db, model)[0] for model in models}


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def shape_of_tables() -> str:
    """A fingerprint of the tables themselves: it changes when a read model's columns change."""
    tables: list[Table] = sorted(metadata.tables.values(), key=lambda table: table.name)
    return hashlib.sha256("".join(str(CreateTable(table)) for table in tables).encode()).hexdigest()


def _bytewise(db: Connection, column: Any) -> Any:
    if db.dialect.name == "postgresql" and isinstance(column.type, String):
        return collate(column, "C")
    return column
