"""Whether a column of JSON has something in it: a list among its elements, an object among its names.

The same on SQLite and on PostgreSQL, each by what it has built in.
"""

from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, String, cast, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

EMPTY = ("[]", "{}", "null")


class Holds(FunctionElement[bool]):
    """Of a column of JSON and a text; numbers are compared as they are written."""

    name, type, inherit_cache = "bcd_holds", Boolean(), True


def holds(column: Column[Any], value: str | None) -> ColumnElement[bool]:
    """Whether it has this value in it; for None whether it has nothing in it."""
    if value is None:
        return or_(column.is_(None), cast(column, String).in_(EMPTY))
    return Holds(column, literal(value, String))


@compiles(Holds, "sqlite")
def _sqlite(element: Holds, compiler: Any, **options: Any) -> str:
    column, value = _parts(element, compiler, options)
    one = "CASE typeof(one.key) WHEN 'integer' THEN CAST(one.value AS TEXT) ELSE one.key END"
    return f"EXISTS (SELECT 1 FROM json_each({column}) AS one WHERE {one} = {value})"


@compiles(Holds, "postgresql")
def _postgresql(element: Holds, compiler: Any, **options: Any) -> str:
    column, value = _parts(element, compiler, options)
    lists = f"CASE json_typeof({column}) WHEN 'array' THEN {column} ELSE '[]' END"
    objects = f"CASE json_typeof({column}) WHEN 'object' THEN {column} ELSE '{{}}' END"
    return (
        f"({value} IN (SELECT json_array_elements_text({lists}))"
        f" OR {value} IN (SELECT json_object_keys({objects})))"
    )


def _parts(element: Holds, compiler: Any, options: Any) -> list[str]:
    return [compiler.process(one, **options) for one in element.clauses]
