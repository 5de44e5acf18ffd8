"""The data of the working days: every version stays as it was, and every declared day names its document."""

import subprocess
import sys
from datetime import date
from hashlib import sha256

import pytest

from shared.workdays import UnknownCalendar, calendar
from shared.workdays.data import DayKind, DeclaredDay, Version, calendars, holidays, unfolded, versions

# A version that is used by deadlines may not change: its days, as they were when it was made.
SEALED = {"vn-2026.1": "5555d12da3a3b2de"}


def day(on: date, kind: DayKind) -> DeclaredDay:
    return DeclaredDay(day=on, kind=kind, basis="Thông báo mẫu", known_from=date(2026, 1, 1))


def seal(version: str) -> str:
    known = calendar(version)
    told = "\n".join(
        [*(f"off {day}" for day in sorted(known.off)), *(f"worked {day}" for day in sorted(known.worked))]
    )
    return sha256(told.encode()).hexdigest()[:16]


def test_no_version_ever_changes() -> None:
    assert {version: seal(version) for version in calendars()} == SEALED


def test_the_newest_version_is_used_where_none_is_named() -> None:
    assert calendar().version == versions()[-1].version
    assert calendar() is calendar(calendar().version)


def test_an_unknown_version_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownCalendar, match=r"no calendar 'vn-1999'; known are vn-2026\.1"):
        calendar("vn-1999")


def test_a_later_version_adds_and_decides_while_the_earlier_stays() -> None:
    wednesday, friday, saturday = date(2026, 11, 25), date(2026, 11, 27), date(2026, 12, 5)
    known = unfolded(
        off=[wednesday],
        worked=[],
        made=[
            Version(
                "one", date(2026, 1, 1), (day(friday, DayKind.SWAP_OFF), day(saturday, DayKind.SWAP_WORK))
            ),
            Version(
                "two", date(2026, 2, 1), (day(friday, DayKind.SWAP_WORK), day(saturday, DayKind.SWAP_OFF))
            ),
            Version("three", date(2026, 3, 1), (day(friday, DayKind.COMPENSATORY),)),
        ],
    )
    assert list(known) == ["one", "two", "three"]
    assert [[known[version].is_working(on) for on in (wednesday, friday, saturday)] for version in known] == [
        [False, False, True],
        [False, True, False],
        [False, False, False],
    ]


def test_a_version_stands_once() -> None:
    twice = Version("one", date(2026, 1, 1), ())
    with pytest.raises(ValueError, match="one stands twice"):
        unfolded([], [], [twice, twice])


def test_every_declared_day_is_known_when_its_version_is_made() -> None:
    made = [version.made for version in versions()]
    assert made == sorted(made)
    for version in versions():
        days = [one.day for one in version.days]
        assert days == sorted(set(days)), f"{version.version}: by date, each once"
        for one in version.days:
            assert one.basis.strip()
            assert one.known_from <= version.made
            weekend = one.day.weekday() >= 5
            assert weekend == (one.kind is DayKind.SWAP_WORK), (
                f"{one.day}: only a weekend day is worked by swap"
            )


def test_the_table_holds_each_day_once() -> None:
    off, worked = holidays()
    assert not off & worked
    assert {on.year for on in off} == set(range(2000, 2061))
    assert all(on.weekday() >= 5 for on in worked)


def test_a_process_that_counts_no_days_reads_nothing() -> None:
    asked = "import sys, shared.workdays; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], timeout=30, check=False).returncode == 0
