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
    "seal": "kind",
    "urgency": "kind",
    "type": "event",
    "channel": "kind",
    "declined_because": "kind",
    "overdue_steps": "kind",
    "step": "kind",
    "figure": "figure",
    "matters": "matter",
    "rhythm": "kind",
    "direction": "kind",
    "access": "kind",
    "ending": "kind",
    "retention_class": "kind",
    "paper_kind": "kind",
}
"""Columns whose values are codes, and the group of the catalogue that has the words for them."""
SEATS: Final = (
    "seat",
    "asked",
    "asked_seats",
    "overdue",
    "delegate_seat",
    "from_seat",
    "successor_seat",
    "team_seats",
    "commended_seats",
    "reminded_seats",
    "promised_by",
)
"""Columns with ids of seats: a seat and who holds it may bear the same id."""
REFERS: Final[Mapping[str, str]] = {
    "meeting": "meetings",
    "programme": "programmes",
    "round": "opinion_rounds",
    "directive": "directives",
    "covering": "meetings",
    "held_in": "meetings",
    "convened": "meetings",
    "task": "tasks",
    "set": "target_sets",
    "inspection": "inspections",
    "cited_tasks": "tasks",
    "context": "context",
    "duplicate_of": "feedback",
    "same_as": "feedback",
    "request": "report_requests",
    "regime": "report_regimes",
    "activity_report": "activity_reports",
    "case_file": "case_files",
}
"""Columns with ids of records, and the register that has them."""
POLICY: Final = "policy:"
"""Before the name of a policy that acted: no person, the system followed an event."""
DOUBTS: Final = ("not_stated", "inferred", "missing", "conflict")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])")
_DECIMAL: Final = re.compile(r"-?\d+(\.\d+)?")
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
"""What agencies and holders are called, by their id; seats by `seat:` and id, records by register and id."""


EMPTY: Final[Mapping[str, str]] = {"retention_years": "value.permanent"}
"""Columns in which nothing says something, and the key of what."""


def cell(column: str, value: Any, names: Names | None = None) -> str:
    """The text of one cell, in Vietnamese; empty where there is nothing to say, as a plain "no" is."""
    match value:
        case None:
            return say(EMPTY[column]) if column in EMPTY else ""
        case bool():
            return say("value.true") if value else ""
        case int() | float():
            return number(value)
        case str():
            group = CODED.get(column)
            return word(group, value) if group and ":" not in value else _called(column, value, names or {})
        case list() | tuple():
            return "; ".join(filter(None, (cell(column, item, names) for item in value)))
        case dict():
            return _members(value, names)
        case _:
            return str(value)


def _members(value: Mapping[str, Any], names: Names | None) -> str:
    """What an object says; its id only where it has no name."""
    named = "name" in value or "title" in value
    kept = {str(name): item for name, item in value.items() if not (named and str(name).endswith("_id"))}
    said = {name: text for name, item in kept.items() if (text := cell(name, item, names))}
    if list(said) == ["name"]:
        return said["name"]
    return ", ".join(f"{word('column', name)}: {text}" for name, text in said.items())


def _called(column: str, value: str, names: Names) -> str:
    """An agency, a holder, a seat, a record by its name; a date as people write it."""
    if column in SEATS:
        return names.get(f"seat:{value}", value)
    if value.startswith(POLICY):
        return say("value.policy")
    if column == "ended_because" and value.startswith("→ "):
        seat = value.removeprefix("→ ")
        return f"→ {names.get(f'seat:{seat}', seat)}"
    if column in REFERS:
        return names.get(f"{REFERS[column]}:{value}", value)
    if column == "origin":
        kind, _, record = value.partition(":")
        return names.get(f"{REFERS.get(kind, kind)}:{record}") or word("kind", kind)
    if column == "value" and _DECIMAL.fullmatch(value):
        return number(float(value) if "." in value else int(value))
    if column in ("quarter", "period") and (quarter := _QUARTER.fullmatch(value)):
        return say("value.quarter", number=("I", "II", "III", "IV")[int(quarter[2]) - 1], year=quarter[1])
    return names.get(value.removeprefix("agency:")) or day(value)


def names_of(agencies: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The names from the rows of the agency register."""
    return {str(row["agency"]): str(row["name"]) for row in agencies}


def posts_of(seats: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The posts from the rows of all seats, newest first: of each seat, and of each holder."""
    found: dict[str, str] = {}
    for row in seats:
        found.setdefault(f"seat:{row['seat']}", str(row["post"]))
        if row.get("holder"):
            found.setdefault(str(row["holder"]), str(row["post"]))
    return found


def ground(text: str, names: Names | None = None) -> str:
    """Why somebody was allowed to act, in Vietnamese, from the words in which `members` recorded it."""
    if found := re.fullmatch(r"(\w+) since (\S+)", text):
        return say("ground.since", role=word("capacity", found[1]), day=day(found[2]))
    if found := re.fullmatch(r"(\w+) since (\S+) \(acting\)", text):
        return say("ground.since_acting", role=word("capacity", found[1]), day=day(found[2]))
    if found := re.fullmatch(r"head of (\S+)", text):
        return say("ground.head", agency=(names or {}).get(found[1], found[1]))
    if found := re.fullmatch(r"no regulation bound on (\S+)", text):
        return say("ground.unbound", day=day(found[1]))
    if text.startswith("D7.8: recorded from "):
        return say("ground.recorded")
    return say("ground.follows") if text == "follows from an event" else text


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
