"""Dates as exact as they are known, and deadlines that keep their wording."""

from datetime import UTC, date, datetime

import pytest

from shared.dates import Deadline, Moment
from shared.text import slug


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-01", date(2025, 3, 1), date(2025, 3, 1)),
        ("2025-02-28T17:30:00Z", date(2025, 3, 1), date(2025, 3, 1)),  # already the next day in Viet Nam
    ],
)
def test_a_moment_knows_the_days_that_it_can_mean(text: str, earliest: date, latest: date) -> None:
    assert (Moment(text).earliest, Moment(text).latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "22", "2023-13", "2023-02-30", "1/2/2023", "2023-01-01T00:00:00", "không rõ"]
)
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        Moment(text)


def test_an_instant_needs_a_time_zone() -> None:
    assert Moment.of(datetime(2022, 9, 28, 1, 30, tzinfo=UTC)) == "2022-09-28T01:30:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        Moment.of(datetime(2022, 9, 28, 1, 30))  # noqa: DTZ001  (the missing zone is what is tested)


@pytest.mark.parametrize(
    ("wording", "latest"),
    [
        ("2021-09-20", date(2021, 9, 20)),
        ("2021", date(2021, 12, 31)),
        ("quý II/2026", date(2026, 6, 30)),
        ("Quý 3/2029", date(2029, 9, 30)),
        ("tháng 4/2026", date(2026, 4, 30)),
        ("ngày 15/4/2026", date(2026, 4, 15)),
        ("chậm nhất ngày 15/4/2026", date(2026, 4, 15)),
        ("trước ngày 1/7/2022", date(2022, 6, 30)),
        ("trong năm 2025", date(2025, 12, 31)),
        ("31/2/2025", None),
        ("theo quy định", None),
        ("giữa tháng 4", None),
    ],
)
def test_a_deadline_keeps_its_wording_and_fills_nothing_in(wording: str, latest: date | None) -> None:
    assert Deadline.parse(wording) == Deadline(wording=wording, latest=latest)


def test_a_deadline_without_a_day_never_passes() -> None:
    assert Deadline.parse("2021").passed(date(2022, 1, 1))
    assert not Deadline.parse("2021").passed(date(2021, 12, 31))
    assert not Deadline.parse("theo quy định").passed(date(2099, 1, 1))


def test_a_slug_is_ascii_and_never_empty() -> None:
    assert slug("Sở Lao động - Thương binh và Xã hội") == "so-lao-dong-thuong-binh-va-xa-hoi"
    with pytest.raises(ValueError, match="no identifier"):
        slug("…")
