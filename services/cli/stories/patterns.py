"""Steps that repeat: a pattern is a list of steps with blanks `<name>`, a row fills them in.

A step with a blank that its row leaves empty is left out, so that one pattern serves rows with more and with
fewer steps. A blank that is the whole text takes the value as it is, a date or a list for example. With
`each: name`, a row whose blank `name` has a list stands for as many rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.cli.stories.reading import Marked, fault

_BLANK: Final = re.compile(r"<([a-zđ][a-z0-9đ-]*)>")
USE: Final = {"use", "rows", "columns", "each", "note"}


class _Empty(Exception):
    """A blank that the row leaves empty."""


def expanded(steps: Sequence[Any], patterns: Mapping[str, Any], place: str) -> Iterator[Marked]:
    """The steps, every use of a pattern replaced by its steps. Raises StoryError."""
    for step in steps:
        if not isinstance(step, Marked):
            raise fault(place, "not_a_step")
        if "use" in step:
            yield from _used(step, patterns)
        else:
            yield step


def _used(use: Marked, patterns: Mapping[str, Any]) -> Iterator[Marked]:
    if unknown := sorted(use.keys() - USE):
        raise fault(use.place, "unknown_field", name=", ".join(unknown), known=", ".join(sorted(USE)))
    pattern = patterns.get(str(use["use"]))
    if not isinstance(pattern, Marked) or not isinstance(pattern.get("steps"), list):
        raise fault(use.place, "no_pattern", name=use["use"], known=", ".join(sorted(patterns)) or "—")
    blanks = {blank for step in pattern["steps"] for blank in _blanks_of(step)}
    rows = use.get("rows") or []
    if not isinstance(rows, list):
        raise fault(use.place, "rows")
    for values, at in (one for row in rows for one in _rows(row, use)):
        if unknown := sorted(values.keys() - blanks):
            raise fault(at, "no_blank", name=", ".join(unknown), known=", ".join(sorted(blanks)))
        given = {name: value for name, value in values.items() if value is not None}
        if missing := sorted(set(pattern.get("needs") or ()) - given.keys()):
            raise fault(at, "blank_missing", name=", ".join(missing))
        for step in pattern["steps"]:
            try:
                filled = _filled(step, given)
            except _Empty:
                continue
            filled.place = at
            yield filled


def _rows(row: Any, use: Marked) -> Iterator[tuple[dict[str, Any], str]]:
    """The row, or one for each item of the list that `each` names."""
    values, at = _row(row, use)
    several = values.get(str(use.get("each")))
    if not isinstance(several, list):
        yield values, at
        return
    for one in several:
        yield {**values, str(use["each"]): one}, at


def _row(row: Any, use: Marked) -> tuple[dict[str, Any], str]:
    """A row as a mapping, or as a list in the order of `columns`; with its place."""
    if isinstance(row, Marked):
        return dict(row), row.place
    columns = use.get("columns")
    if not isinstance(row, list) or not isinstance(columns, list) or len(row) > len(columns):
        raise fault(use.place, "row", row=row)
    return {str(name): value for name, value in zip(columns, row, strict=False)}, f"{use.place} {row[0]}"


def _blanks_of(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from _BLANK.findall(value)
        case Mapping():
            for item in value.values():
                yield from _blanks_of(item)
        case list():
            for item in value:
                yield from _blanks_of(item)


def _filled(value: Any, given: Mapping[str, Any]) -> Any:
    match value:
        case str():
            if whole := _BLANK.fullmatch(value):
                return _value(whole[1], given)
            return _BLANK.sub(lambda found: str(_value(found[1], given)), value)
        case Mapping():
            filled = Marked({key: _filled(item, given) for key, item in value.items()})
            filled.place = getattr(value, "place", "")
            return filled
        case list():
            return [_filled(item, given) for item in value]
        case _:
            return value


def _value(name: str, given: Mapping[str, Any]) -> Any:
    if name not in given:
        raise _Empty(name)
    return given[name]
