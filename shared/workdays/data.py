"""The versions of the working days: the frozen table of holidays, and what notices decided on single days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from shared.workdays.calendar import WorkCalendar

HOLIDAYS: Final = Path(__file__).with_name("holidays.yaml")
SWAPS: Final = Path(__file__).with_name("swaps.yaml")


class UnknownCalendar(LookupError):
    """A version of the calendar that the data does not hold."""


class DayKind(StrEnum):
    """What a notice makes of a day."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"  # off in place of a holiday that fell on a weekend
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"


@dataclass(frozen=True)
class DeclaredDay:
    """A day on which a document decided, and since when that could be known."""

    day: date
    kind: DayKind
    basis: str
    known_from: date
    second_hand: bool = False  # the document itself was not read, only reports of it


@dataclass(frozen=True)
class Version:
    """What one version adds to the ones before it."""

    version: str
    made: date
    days: tuple[DeclaredDay, ...]


def calendar(version: str | None = None) -> WorkCalendar:
    """The calendar of a version, the newest where none is named; read once, at the first question.

    Raises UnknownCalendar, which names the known versions.
    """
    known = calendars()
    if version is None:
        return list(known.values())[-1]
    if version not in known:
        raise UnknownCalendar(f"there is no calendar {version!r}; known are {', '.join(known)}")
    return known[version]


@cache
def calendars() -> Mapping[str, WorkCalendar]:
    """Every version, oldest first."""
    off, worked = holidays()
    return unfolded(off, worked, versions())


def unfolded(off: Iterable[date], worked: Iterable[date], made: Iterable[Version]) -> dict[str, WorkCalendar]:
    """The calendar of each version: all that the earlier ones hold, then its own days; the later decides."""
    days: dict[date, bool] = {**dict.fromkeys(off, False), **dict.fromkeys(worked, True)}
    known: dict[str, WorkCalendar] = {}
    for each in made:
        if each.version in known:
            raise ValueError(f"{SWAPS.name}: version {each.version} stands twice")
        days |= {one.day: one.kind is DayKind.SWAP_WORK for one in each.days}
        known[each.version] = WorkCalendar(
            version=each.version,
            off=frozenset(day for day, is_worked in days.items() if not is_worked),
            worked=frozenset(day for day, is_worked in days.items() if is_worked),
        )
    return known


def holidays() -> tuple[frozenset[date], frozenset[date]]:
    """The frozen table: days off, and weekend days that were worked."""
    table = _read(HOLIDAYS)
    off = chain.from_iterable(
        (date.fromisoformat(f"{year}-{day}") for day in days.split())
        for year, days in table["days_off"].items()
    )
    return frozenset(off), frozenset(table["days_worked"])


def versions() -> tuple[Version, ...]:
    """What each version declares, oldest first."""
    return tuple(
        Version(
            version=made["version"],
            made=made["made"],
            days=tuple(_declared(**one) for one in made["days"]),
        )
        for made in _read(SWAPS)["versions"]
    )


def _declared(*, date: date, kind: str, **rest: Any) -> DeclaredDay:
    return DeclaredDay(day=date, kind=DayKind(kind), **rest)


def _read(file: Path) -> Any:
    import yaml  # here, since most processes count no days

    return yaml.safe_load(file.read_text(encoding="utf-8"))
