"""Fast writes for the read models that every event passes through: one prepared statement a row.

Statements are built once for each table and set of columns; building them anew for each row costs many
times what the database needs to carry them out.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def keep(db: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write the row; one with the same primary key is replaced."""
    db.execute(_statement(table, db.dialect.name, tuple(row), True), dict(row))


def keep_first(db: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write the row unless there is one with the same primary key."""
    db.execute(_statement(table, db.dialect.name, tuple(row), False), dict(row))


@lru_cache(maxsize=256)
def _statement(table: Table, dialect: str, columns: tuple[str, ...], replace: bool) -> Executable:
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    key = [column.name for column in table.primary_key]
    if not replace:
        return cast(Executable, insert.on_conflict_do_nothing(index_elements=key))
    fresh = {name: insert.excluded[name] for name in columns if name not in key}
    return cast(Executable, insert.on_conflict_do_update(index_elements=key, set_=fresh))
