"""The sizes and weights of VT-4, each read from the file."""

from datetime import UTC, datetime
from functools import cache

import pytest
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

from services.records.printed.layout import Masthead, Sheet, Signature
from services.records.printed.measure import width
from services.records.printed.page import style_name
from tests.unit.records.printed.reading import half_points, of_part, opened, rules

LONG = "Kết luận của Trưởng Ban Chỉ đạo tại phiên họp định kỳ quý III năm 2026 của Ban Chỉ đạo"
BODIES = ["Ban Chỉ đạo", "Ban Chỉ đạo chuyển đổi số", "Ban Chỉ đạo về chuyển đổi số tỉnh Lạng Sơn"]


@cache
def made(body: str = BODIES[1], subject: str = LONG) -> bytes:
    sheet = Sheet(mark="In từ hệ thống")
    sheet.masthead(
        Masthead(
            body, "UBND tỉnh Mẫu", "Số: 05/BCĐ-TGV", "Mẫu, ngày 05 tháng 3 năm 2026", "V/v góp ý", "Dự thảo"
        )
    )
    sheet.title("Thông báo", subject)
    sheet.grounds(["Căn cứ Luật này;", "Căn cứ Nghị định kia"])
    sheet.authority("Quyết định:")
    sheet.heading("I. Việc")
    sheet.text("Nội dung.")
    sheet.signed(
        Signature(["Phó Trưởng Ban"], ["TM. Ban Chỉ đạo", "KT. Trưởng Ban"], name="Nguyễn Văn Mẫu"),
        ["Như trên", "Lưu: VT, TGV"],
    )
    return sheet.docx("Thông báo", "Ban Chỉ đạo", datetime(2026, 3, 5, tzinfo=UTC))


# part, smallest and largest half-points, bold, italic
VT_4 = [
    ("state", 24, 26, True, False),
    ("motto", 26, 28, True, False),
    ("parent", 24, 26, False, False),
    ("body", 24, 26, True, False),
    ("number", 26, 26, False, False),
    ("place", 26, 28, False, True),
    ("type", 26, 28, True, False),
    ("subject", 26, 28, True, False),
    ("about", 24, 26, False, False),
    ("ground", 26, 28, False, True),
    ("text", 26, 28, False, False),
    ("signed_for", 26, 28, True, False),
    ("post", 26, 28, True, False),
    ("signatory", 26, 28, True, False),
    ("recipients", 24, 24, True, True),
    ("recipient", 22, 22, False, False),
]


@pytest.mark.parametrize(("part", "least", "most", "bold", "italic"), VT_4)
def test_vt_4_size_and_weight(part: str, least: int, most: int, bold: bool, italic: bool) -> None:
    document = opened(made())
    assert of_part(document, part), "the part is on the page"
    assert least <= half_points(document, part) <= most
    font = document.styles[style_name(part)].font
    assert (bool(font.bold), bool(font.italic)) == (bold, italic)


@pytest.mark.parametrize("part", ["state", "parent", "body", "type", "signed_for", "post", "authority"])
def test_vt_4_capitals_are_written_as_capitals(part: str) -> None:
    for one in of_part(opened(made()), part):
        assert one.text == one.text.upper()


def test_vt_4_the_body_is_justified_indented_and_spaced() -> None:
    style = opened(made()).styles[style_name("text")].paragraph_format
    assert style.alignment == ALIGN.JUSTIFY
    assert abs(style.first_line_indent - Cm(1.27)) < Pt(0.1)
    assert style.space_after >= Pt(6)
    assert 1 <= style.line_spacing <= 1.5


def test_vt_4_each_ground_ends_with_a_semicolon_the_last_with_a_stop() -> None:
    assert [one.text for one in of_part(opened(made()), "ground")] == [
        "Căn cứ Luật này;",
        "Căn cứ Nghị định kia.",
    ]


def test_vt_4_recipients_end_with_where_a_copy_is_kept() -> None:
    document = opened(made())
    assert [one.text for one in of_part(document, "recipients")] == ["Nơi nhận:"]
    assert [one.text for one in of_part(document, "recipient")] == ["- Như trên;", "- Lưu: VT, TGV."]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("subject", ["Kết luận", LONG, f"{LONG} {LONG}"])
def test_vt_4_rules_are_as_long_as_the_decree_says(body: str, subject: str) -> None:
    document = opened(made(body, subject))
    (_, one), (motto, whole), (_, three) = rules(document)
    assert 1 / 3 <= one / _longest(document, "body", 12) <= 1 / 2
    assert motto == "Độc lập - Tự do - Hạnh phúc"
    assert 0.95 <= whole / width(motto, 13, bold=True) <= 1.05
    assert 1 / 3 <= three / _longest(document, "subject", 14) <= 1 / 2


def _longest(document: Docx, part: str, size: float) -> float:
    return max(width(one.text, size, bold=True) for one in of_part(document, part))


def test_vt_14_who_signs_for_whom_stands_above_the_post() -> None:
    document = opened(made())
    assert [one.text for one in of_part(document, "signed_for")] == ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN"]
    assert [one.text for one in of_part(document, "post")] == ["PHÓ TRƯỞNG BAN"]
    assert [one.text for one in of_part(document, "signatory")] == ["Nguyễn Văn Mẫu"]
