"""Moments as people write them, and what they are refused for."""

from datetime import UTC, date, datetime

import pytest

from services.records.as_of import NOW, AsOf, moment
from services.records.timetravel.moments import moment_written
from shared.errors import InvalidRequest

DAY = date(2022, 9, 28)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("now", NOW),
        ("2022-09-28", AsOf(DAY)),
        ("@1234", AsOf(position=1234)),
        ("2022-09-28@1234", AsOf(DAY, position=1234)),
        ("2022-09-28T15:00:00+07:00", AsOf(recorded=datetime(2022, 9, 28, 8, tzinfo=UTC))),
        ("2022-09-28, 2026-01-01T00:00:00Z", AsOf(DAY, recorded=datetime(2026, 1, 1, tzinfo=UTC))),
    ],
)
def test_a_moment_in_one_word(written: str, meant: AsOf) -> None:
    assert moment_written("--from", written) == meant


@pytest.mark.parametrize(
    "written",
    ["", ",", "hôm qua", "28/09/2022", "2022-13-01", "@", "@-1", "@" + "9" * 30, "2022-09-28T15:00", "1234"],
)
def test_what_is_no_moment_is_refused_where_it_stands(written: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        moment_written("--from", written)
    assert refused.value.where == "--from"


@pytest.mark.parametrize(
    "parts", [{"as_of": "28/09/2022"}, {"recorded_by": "2022-09-28"}, {"recorded_by": "2022-09-28T15:00:00"}]
)
def test_the_parts_of_a_question_are_refused_by_their_name(parts: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        moment(**parts)  # type: ignore[arg-type]
    assert refused.value.where in parts


def test_only_now_is_no_moment_of_the_past() -> None:
    assert not NOW
    assert AsOf(DAY)
    assert AsOf(position=0)
