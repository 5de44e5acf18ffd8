"""What is asked of the records for a document: all at one moment."""

from datetime import date
from typing import Any

import pytest

from services.records.printed.told import Told
from shared.errors import InvalidRequest

EVENT: dict[str, Any] = {"position": 64, "latest": "2026-02-05", "recorded": "2026-02-06T01:00:00+00:00"}


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        ({}, True),
        ({"as_of": "2026-02-05", "at_position": 64, "recorded_by": "2026-02-06T08:00:00+07:00"}, True),
        ({"as_of": "2026-02-04"}, False),
        ({"at_position": 63}, False),
        ({"recorded_by": "2026-02-06T07:59:59+07:00"}, False),
    ],
)
def test_acts_by_a_document_are_those_that_the_moment_knows(moment: dict[str, Any], known: bool) -> None:
    told = Told(lambda method, **question: {"rows": [EVENT]}, "mau", moment)
    assert told.acts("01/QĐ-BCĐ 05/01/2026") == ([EVENT] if known else [])


def test_names_are_those_of_the_day_but_never_later_than_the_moment() -> None:
    asked: list[Any] = []

    def ask(method: str, **question: Any) -> dict[str, Any]:
        asked.append(question.get("as_of"))
        return {"rows": []}

    Told(ask, "mau", {"as_of": "2026-02-05"}).rows("seats", date(2026, 3, 1))
    Told(ask, "mau", {"as_of": "2026-02-05"}).rows("seats", date(2026, 1, 1))
    Told(ask, "mau", {}).rows("seats", date(2026, 3, 1))
    assert asked == ["2026-02-05", "2026-01-01", "2026-03-01"]


def test_the_position_is_that_of_the_last_event_on_which_it_rests() -> None:
    told = Told(lambda method, **question: {}, "mau")
    told.rests_on([EVENT, {**EVENT, "position": 7, "recorded": "2026-01-01T00:00:00+00:00"}])
    assert (told.position, told.recorded.isoformat()) == (64, "2026-02-06T01:00:00+00:00")


def test_half_a_record_is_not_printed() -> None:
    told = Told(lambda method, **question: {"events": [EVENT] * 500, "related": {}}, "mau")
    with pytest.raises(InvalidRequest, match="không in một phần"):
        told.show("meetings", "hop-1")
