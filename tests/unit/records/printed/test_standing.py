"""A document that was recalled, replaced or corrected says so below its number."""

from datetime import date
from pathlib import Path

import pytest

from services.meetings.document.events import (
    DocumentCorrected,
    DocumentRecalled,
    DocumentReplaced,
    TypeCode,
)
from services.records.printed.decision import decision
from shared.messages import DocumentRef, Event
from tests.unit.records.printed.reading import of_part, opened
from tests.unit.records.printed.small import Small, issued, small

KEY = {"series": "BCĐ", "year": 2026, "document_id": "qđ-1"}
LATER = DocumentRef(number="09/QĐ-BCĐ", date=date(2026, 4, 2))
LETTER = DocumentRef(number="10/BCĐ-TGV", date=date(2026, 5, 4))
RECALLED = DocumentRecalled(**KEY, reason="Không còn phù hợp")
REPLACED = DocumentReplaced(**KEY, by=LATER)
CORRECTED = DocumentCorrected(**KEY, by=LETTER)
SECOND = DocumentRecalled(**{**KEY, "document_id": "qđ-2"}, reason="Sai")


def after(*events: Event) -> Small:
    told = small()
    told.did("series.bcd-2026", issued(2, TypeCode.DECISION, "Việc khác", date(2026, 1, 9)), at="2026-01-09")
    for n, event in enumerate(events, start=1):
        told.did("series.bcd-2026", event, at=f"2026-05-0{n + 3}")
    return told


def lines(told: Small, folder: Path, **moment: str) -> list[str]:
    made = decision(told.told(folder, **moment), "01/QĐ-BCĐ")
    return [one.text for one in of_part(opened(made.content), "standing")]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([], []),
        ([SECOND], []),
        ([RECALLED], ["(Đã thu hồi ngày 04 tháng 5 năm 2026)"]),
        ([REPLACED], ["(Được thay thế bởi Quyết định số 09/QĐ-BCĐ ngày 02 tháng 4 năm 2026)"]),
        (
            [CORRECTED, RECALLED],
            [
                "(Được đính chính bởi Văn bản số 10/BCĐ-TGV ngày 04 tháng 5 năm 2026)",
                "(Đã thu hồi ngày 05 tháng 5 năm 2026)",
            ],
        ),
    ],
)
def test_each_is_a_line_below_the_number(tmp_path: Path, events: list[Event], told: list[str]) -> None:
    assert lines(after(*events), tmp_path) == told


def test_before_it_happened_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert lines(after(RECALLED), tmp_path, as_of="2026-05-03") == []


def test_the_position_of_the_document_is_that_of_what_became_of_it(tmp_path: Path) -> None:
    before = decision(after().told(tmp_path, "before"), "01/QĐ-BCĐ").position
    assert decision(after(RECALLED).told(tmp_path, "after"), "01/QĐ-BCĐ").position > before
