"""What a template asks of a report, and what of it is missing or of the wrong kind (D5.2.b)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from services.feedback.report.events import FieldKind, TemplateField, Value
from services.feedback.rules import Rule
from shared.decider import require
from shared.envelope import Act
from shared.messages import DocumentRef

_DECIMAL = re.compile(r"-?\d{1,30}([.,]\d{1,9})?")


def named_once(fields: Sequence[TemplateField], act: Act) -> None:
    """D5.2.b: a template names its fields, each once; a source may not tell them."""
    names = [field.name for field in fields]
    require(
        bool(names) or act.source is not None,
        Rule.TEMPLATE_NAMES_FIELDS,
        "name the fields that a report is to fill in",
    )
    twice = sorted({name for name in names if names.count(name) > 1})
    require(not twice, Rule.TEMPLATE_NAMES_FIELDS, f"each field is named once: {', '.join(twice)}")


def missing(fields: Sequence[TemplateField], values: Mapping[str, Value]) -> tuple[str, ...]:
    """The required fields that say nothing."""
    return tuple(field.name for field in fields if field.required and _empty(values.get(field.name)))


def wrong(fields: Sequence[TemplateField], values: Mapping[str, Value]) -> tuple[str, ...]:
    """The values that are not of their field's kind, and those that the template does not ask for.

    Where no template is known nothing is wrong.
    """
    kinds = {field.name: field.kind for field in fields}
    if not kinds:
        return ()
    return tuple(
        name
        for name, value in values.items()
        if name not in kinds or not (_empty(value) or _is(kinds[name], value))
    )


def _empty(value: Value | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is(kind: FieldKind, value: Value) -> bool:
    match kind:
        case FieldKind.TEXT:
            return isinstance(value, str)
        case FieldKind.NUMBER:
            return isinstance(value, int) or (
                isinstance(value, str) and _DECIMAL.fullmatch(value.strip()) is not None
            )
        case FieldKind.MONEY:
            return isinstance(value, int)
        case FieldKind.DATE:
            return isinstance(value, str) and _is_day(value.strip())
        case FieldKind.DOCUMENT:
            return isinstance(value, DocumentRef)
        case _:
            assert_never(kind)


def _is_day(text: str) -> bool:
    """A day as `2026-07-25` or as people write it, `25/7/2026`."""
    if people := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        day, month, year = people.groups()
        text = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
