"""Values of the registers in words for people: codes, dates, lists, and the marks of doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.catalogue import say, say_en, word, word_en
from shared.dates import VIETNAM

CODED: Final[Mapping[str, str]] = {
    "role": "role",
    "capacity": "capacity",
    "kind": "kind",
    "form": "kind",
    "state": "state",
    "status": "state",
    "stance": "state",
    "verdict": "state",
    "outcome": "state",
    "answer": "state",
    "action_plan": "state",
    "absence": "state",
    "invitation": "state",
    "origin": "kind",
    "mandate": "capacity",
}
"""Columns whose values are codes, and the group of the catalogue that has the words for them."""
DOUBTS: Final = ("not_stated", "inferred", "missing", "conflict")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")


@dataclass(frozen=True)
class Mark:
    """One doubt about a record: its kind for styling, the short mark, and the full text, both languages."""

    kind: str
    short: str
    what: str
    full: str
    full_en: str


Names = Mapping[str, str]
"""What agencies are called, by their id."""


def cell(column: str, value: Any, names: Names | None = None) -> str:
    """The text of one cell, in Vietnamese; empty where there is nothing to say, as a plain "no" is."""
    match value:
        case None:
            return ""
        case bool():
            return say("value.true") if value else ""
        case int() | float():
            return number(value)
        case str():
            group = CODED.get(column)
            return word(group, value) if group else _called(value, names or {})
        case list() | tuple():
            return "; ".join(filter(None, (cell(column, item, names) for item in value)))
        case dict():
            named = "name" in value or "title" in value
            kept = {
                str(name): item for name, item in value.items() if not (named and str(name).endswith("_id"))
            }
            said = {name: cell(name, item, names) for name, item in kept.items()}
            return ", ".join(f"{word('column', name)}: {text}" for name, text in said.items() if text)
        case _:
            return str(value)


def _members(value: Mapping[str, Any], names: Names | None) -> str:
    """What an object says; its id only where it has no name."""
    named = "name" in value or "title" in value
    said = {
        name: cell(name, item, names) for name, item in value.items() if not (named and name.endswith("_id"))
    }
    return ", ".join(f"{word('column', name)}: {text}" for name, text in said.items() if text)


def _called(value: str, names: Names) -> str:
    """An agency by its name, and so the person who stands for it; a date as people write it."""
    return names.get(value.removeprefix("agency:")) or day(value)


def names_of(agencies: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The names from the rows of the agency register."""
    return {str(row["agency"]): str(row["name"]) for row in agencies}


def number(value: int | float) -> str:
    """As Viet Nam writes numbers: 1.676 and 12,5. Years and other small whole numbers stay as they are."""
    if isinstance(value, int) and abs(value) < 10_000:
        return str(value)
    text = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def day(text: str) -> str:
    """A date as people write it, as exact as it is known; instants in Viet Nam's time; the rest as it is."""
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
        except ValueError:
            return text
    if found := _DATE.fullmatch(text):
        return "/".join(part for part in reversed(found.groups()) if part)
    return text


def marks(doubts: Any) -> list[Mark]:
    """The marks of a row's `doubts`, as `shared.readmodels.doubts` made them."""
    found = doubts if isinstance(doubts, Mapping) else {}
    return [
        _mark(kind, found[kind])
        for kind in ("not_stated", "inferred", "missing", "conflict")
        if found.get(kind)
    ]


def _mark(kind: str, about: Any) -> Mark:
    parts = about if isinstance(about, list | tuple) else [about]
    what = "; ".join(word("part", str(part)).rstrip(". ") for part in parts)
    what_en = "; ".join(word_en("part", str(part)).rstrip(". ") for part in parts)
    return Mark(
        kind,
        word("doubt", kind),
        "" if kind == "not_stated" else what,
        say(f"doubt.{kind}_about", what=what),
        say_en(f"doubt.{kind}_about", what=what_en),
    )
