"""Breaking headings: they fit, they are even, and phrases stay whole; widths near those of the font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.records.printed.measure import broken, width


@pytest.mark.parametrize(
    ("text", "thousandths"),
    # sums of the widths that Adobe's metrics of Times-Bold give for each letter
    [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 20861), ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", 15028)],
)
def test_a_width_is_near_that_of_the_font(text: str, thousandths: int) -> None:
    assert width(text, 12, bold=True) == pytest.approx(thousandths * 12 / 1000, rel=0.02)


def test_a_break_stands_before_a_phrase() -> None:
    assert broken("BAN CHỈ ĐẠO VỀ CHUYỂN ĐỔI SỐ TỈNH LẠNG SƠN", 12, 189, bold=True) == [
        "BAN CHỈ ĐẠO",
        "VỀ CHUYỂN ĐỔI SỐ",
        "TỈNH LẠNG SƠN",
    ]
    assert broken("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", 12, 189) == ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"]


def test_what_fits_stays_on_one_line() -> None:
    assert broken("Kết luận phiên họp quý I", 14, 408, bold=True) == ["Kết luận phiên họp quý I"]
    assert broken("   ", 14, 408) == []


@given(st.lists(st.text("aễMỘ,đ", min_size=1, max_size=12), min_size=1, max_size=40), st.integers(60, 500))
def test_no_word_is_lost_and_no_line_is_too_long(words: list[str], room: int) -> None:
    lines = broken(" ".join(words), 14, room)
    assert " ".join(lines).split() == words
    for line in lines:
        assert width(line, 14) <= room or " " not in line
