"""Which rows of a register are asked for, and in which order: filters, ranges, search, sorting, columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Integer, String, false, func
from sqlalchemy.types import JSON

from services.records.holding import holds
from services.records.orders import Order, last_day
from services.records.registers import Register
from services.records.searching import Plain, finds
from shared.catalogue import both
from shared.catalogue.days import DAYS
from shared.errors import InvalidRequest

_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
WHOLE_DAY: Final = 10
"""Characters of a day; a time that is written after it does not count."""


@dataclass(frozen=True)
class Range:
    """From one value to another, both included; None is open."""

    first: str | int | None = None
    last: str | int | None = None


@dataclass(frozen=True)
class Selection:
    """What is asked of a register; without anything all of its rows, as it is read."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    search: str = ""
    sort: Sequence[str] = ()


ALL: Final = Selection()


def conditions(register: Register, asked: Selection) -> list[ColumnElement[bool]]:
    """What a row must fulfil; raises InvalidRequest for a column or a value that cannot be."""
    found = [equals(register, name, value) for name, value in asked.filters.items()]
    found += [_within(register, name, span) for name, span in asked.ranges.items()]
    return [*found, finds(register.table, asked.search)] if asked.search.strip() else found


def ordering(register: Register, sort: Sequence[str]) -> Order:
    """By these columns, `-` for descending, what is empty last; then as the register is read.

    Texts are read without marks, so that Đ stands beside D. Raises InvalidRequest for an unknown column.
    """
    usable = {one.name: one for one in register.table.c if not isinstance(one.type, JSON)}
    chosen: list[ColumnElement[Any]] = []
    for name in sort:
        column = usable.get(name.removeprefix("-"))
        if column is None:
            raise _unusable("sort", name, usable)
        keys = [last_day(column)] if column.name in DAYS else [column]
        if isinstance(column.type, String) and column.name not in DAYS:
            keys = [Plain(column), column]
        chosen += [(key.desc() if name.startswith("-") else key.asc()).nulls_last() for key in keys]
    return (*chosen, *register.ordered_by)


def chosen(wanted: Sequence[str], there: Sequence[str]) -> list[str]:
    """The columns that are asked for, in that order; all of them where none is. Raises InvalidRequest."""
    for name in wanted:
        if name not in there:
            raise _unusable("columns", name, there)
    return list(dict.fromkeys(wanted)) or list(there)


def equals(register: Register, name: str, value: Any) -> ColumnElement[bool]:
    """Equality, of a list that it contains the value; raises InvalidRequest for an unknown column or an
    impossible value."""
    column = register.table.c.get(name)
    if column is None:
        raise _unusable("filters", name, register.table.c.keys())
    if isinstance(column.type, JSON):
        return holds(column, None if value is None else str(value))
    if value is None:
        return column.is_(None)
    typed = _typed(f"filters.{name}", column, value)
    return column == typed if _fits(column, typed) else false()


def _within(register: Register, name: str, span: Range) -> ColumnElement[bool]:
    """Days that may lie between two days, however exactly either is known; or numbers."""
    column = register.table.c.get(name)
    usable = [c.name for c in register.table.c if c.name in DAYS or _is_number(c)]
    if column is None or name not in usable:
        raise _unusable("ranges", name, usable)
    first, last = (_bound(f"ranges.{name}", column, one) for one in (span.first, span.last))
    by_day = column.name in DAYS
    begins = func.substr(column, 1, WHOLE_DAY) if by_day else column
    ends = last_day(column) if by_day else column
    found: ColumnElement[bool] = column.is_not(None)
    if first is not None:
        found &= ends >= first if _fits(column, first) else _beyond(first < 0)
    if last is not None:
        most = f"{last}-99-99"[:WHOLE_DAY] if by_day else last
        found &= begins <= most if _fits(column, last) else _beyond(last > 0)
    return found


def _beyond(everything: bool) -> ColumnElement[bool]:
    """A bound that no number of the column reaches leaves all of them, or none."""
    return ~false() if everything else false()


def _bound(where: str, column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if column.name not in DAYS:
        return _typed(where, column, value)
    if not _DAY.fullmatch(str(value)):
        raise InvalidRequest(where, both("records.not_a_day", value=value))
    return str(value)


def _is_number(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer) and not isinstance(column.type, Boolean)


def _fits(column: Column[Any], value: Any) -> bool:
    """Whether the column can hold it: a number that it cannot hold is in no row, and no question to ask."""
    bits = 63 if isinstance(column.type, BigInteger) else 31
    return not isinstance(column.type, Integer) or -(2**bits) <= value < 2**bits


def _typed(where: str, column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, Boolean):
        words = {"true": True, "1": True, "false": False, "0": False}
        if str(value).lower() not in words:
            raise InvalidRequest(where, both("records.true_or_false", value=value))
        return words[str(value).lower()]
    if isinstance(column.type, Integer):
        try:
            return int(value)
        except (TypeError, ValueError):
            raise InvalidRequest(where, both("records.whole_number", value=value)) from None
    return str(value)


def _unusable(part: str, name: str, usable: Iterable[str]) -> InvalidRequest:
    """That a column cannot be used so, and which can."""
    said = {"filters": "records.no_filter", "sort": "looking.no_sort"}
    key = said.get(part, f"looking.no_{part}")
    return InvalidRequest(f"{part}.{name}", f"{both(key)}: {', '.join(sorted(usable))}")
