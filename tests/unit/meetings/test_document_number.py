"""Number, symbol and day as a document prints them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.meetings.document.events import TypeCode
from services.meetings.document.number import day_in_words, padded, place_and_day, symbol

PRINTED = re.compile(r"\d{2,}/[A-ZĐ][A-Za-zĐ]*(-[A-ZĐ0-9.]+)*")


@pytest.mark.parametrize(
    ("number", "type_code", "series", "drafted_by", "shown"),
    [
        (5, TypeCode.DECISION, "BCĐ", None, "05/QĐ-BCĐ"),
        (64, TypeCode.DECISION, "BCĐ", None, "64/QĐ-BCĐ"),
        (30, TypeCode.NOTICE, "TGV", None, "30/TB-TGV"),
        (9, TypeCode.SUBMISSION, "SXD", "VP", "09/TTr-SXD"),
        (5535, TypeCode.OFFICIAL_LETTER, "VPCP", "KGVX", "5535/VPCP-KGVX"),
        (7, TypeCode.OFFICIAL_LETTER, "BCĐ", "TGV", "07/BCĐ-TGV"),
        (7, TypeCode.OFFICIAL_LETTER, "BCĐ", None, "07/BCĐ"),
    ],
)
def test_a_symbol(number: int, type_code: TypeCode, series: str, drafted_by: str | None, shown: str) -> None:
    assert symbol(number, type_code, series, drafted_by) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 9, 10), "ngày 10 tháng 9 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_a_day(day: date, shown: str) -> None:
    assert day_in_words(day) == shown


def test_the_line_of_place_and_day() -> None:
    assert place_and_day("Lạng Sơn", date(2026, 3, 5)) == "Lạng Sơn, ngày 05 tháng 3 năm 2026"


def test_only_numbers_below_ten_are_padded() -> None:
    assert [padded(number) for number in (1, 9, 10, 123)] == ["01", "09", "10", "123"]


@given(st.integers(1, 99_999), st.sampled_from(TypeCode), st.sampled_from(["BCĐ", "TGV", "SKHCN"]))
def test_every_symbol_reads_as_the_law_writes_it(number: int, type_code: TypeCode, series: str) -> None:
    shown = symbol(number, type_code, series, "VP")
    assert PRINTED.fullmatch(shown)
    assert int(shown.partition("/")[0]) == number
