"""The columns of a register as a table of its own has them: all of them, those that people read first."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from shared.catalogue.columns import chosen, heading
from shared.catalogue.presentation import CODED, Names, cell, marks

AS_DATA: Final = ("data", "metadata")
"""Columns of the journal that are data for programs."""
_DAY: Final = re.compile(r"(19|20)\d\d-\d\d-\d\d")
Value = str | int | float | date | None
"""What a cell of a table holds; a day that is known only in part is a text."""


def columns_of(name: str, columns: Sequence[str]) -> list[str]:
    """Every column: those of the page in its order, then the others. The committee is told once for all."""
    first = chosen(name, columns, ())
    return [*first, *(one for one in columns if one not in first and one != "committee")]


def headings_of(name: str, columns: Sequence[str]) -> list[str]:
    """In Vietnamese; where two columns are called the same, the code tells them apart."""
    said = [heading(name, column) for column in columns]
    return [
        f"{words} ({column})" if said.count(words) > 1 else words
        for words, column in zip(said, columns, strict=True)
    ]


def values_of(columns: Sequence[str], row: Mapping[str, Any], key: str, names: Names) -> list[Value]:
    """The cells of a row; the id of the record, `key`, stays as it is, so that it can be asked for."""
    return [value_of(column, row.get(column), key, names) for column in columns]


def value_of(column: str, value: Any, key: str, names: Names) -> Value:
    match value:
        case None:
            return None
        case bool():
            return cell(column, value) or None
        case int() | float():
            return value
        case str() if column == key or column == "event":
            return value
        case str() if column not in CODED and _DAY.fullmatch(value):
            return _day(value)
        case _ if column == "doubts":
            return "; ".join(mark.full for mark in marks(value)) or None
        case dict() | list() if column in AS_DATA:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            return cell(column, value, names) or None


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
