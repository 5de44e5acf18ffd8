"""The page of Nghị định 30/2020/NĐ-CP, read from the file: paper, margins, font, numbers (VT-1, 2, 3)."""

import re
import unicodedata
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from services.records.printed.layout import Masthead, Sheet, Signature
from services.records.printed.page import style_name
from services.records.printed.styles import STYLES
from tests.unit.records.printed.reading import W, opened, part_xml, text_of

AT = datetime(2026, 2, 5, 3, 0, tzinfo=UTC)
TWIPS = {"top": (1134, 1417), "bottom": (1134, 1417), "left": (1701, 1984), "right": (851, 1134)}
"""What the decree allows, VT-1."""


def sheet(mark: str | None = None) -> Sheet:
    made = Sheet(mark)
    made.masthead(Masthead("Ban Chỉ đạo", "UBND tỉnh Mẫu", "Số: 05/TB-BCĐ", "Mẫu, ngày 05 tháng 02 năm 2026"))
    made.title("Thông báo", "Kết luận phiên họp")
    made.text("Nội dung.")
    return made


def bytes_of(made: Sheet) -> bytes:
    return made.docx("Thông báo", "Ban Chỉ đạo", AT, "7")


def test_vt_1_a4_upright_with_the_margins_of_the_decree() -> None:
    (section,) = part_xml(bytes_of(sheet()), "word/document.xml").iter(f"{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    for side, (least, most) in TWIPS.items():
        assert least <= int(margins.get(f"{W}{side}")) <= most, side
    assert [margins.get(f"{W}{side}") for side in TWIPS] == ["1134", "1134", "1701", "1134"]


def test_vt_1_a_page_that_lies_across_keeps_its_margins() -> None:
    made = sheet()
    made.section(landscape=True)
    _, across = part_xml(bytes_of(made), "word/document.xml").iter(f"{W}sectPr")
    size, margins = across.find(f"{W}pgSz"), across.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("16838", "11906", "landscape")
    assert [margins.get(f"{W}{side}") for side in TWIPS] == ["1134", "1134", "1701", "1134"]


def test_vt_2_one_font_black() -> None:
    content = bytes_of(sheet())
    for name in ("word/styles.xml", "word/document.xml"):
        for fonts in part_xml(content, name).iter(f"{W}rFonts"):
            assert set(fonts.attrib.values()) == {"Times New Roman"}
    styles = opened(content).styles
    colours = {part: str(styles[style_name(part)].font.color.rgb) for part in STYLES}
    assert {part for part, colour in colours.items() if colour != "000000"} == {"mark"}


def test_vt_2_text_is_nfc_whatever_was_given() -> None:
    made = sheet()
    made.text(unicodedata.normalize("NFD", "Quyết định về chuyển đổi số"))
    text = text_of(opened(bytes_of(made)))
    assert "Quyết định về chuyển đổi số" in text
    assert unicodedata.is_normalized("NFC", text)


def test_vt_3_the_page_number_stands_in_the_top_margin_and_not_on_page_1() -> None:
    content = bytes_of(sheet())
    section = opened(content).sections[0]
    assert section.different_first_page_header_footer
    assert not section.first_page_header.is_linked_to_previous
    assert [one.text for one in section.first_page_header.paragraphs] == [""]
    (number,) = section.header.paragraphs
    assert "PAGE" in number._p.xml
    assert number.style is not None
    assert number.style.font.size is not None
    assert 13 <= number.style.font.size.pt <= 14
    assert number.style.paragraph_format.alignment == 1
    assert section.header_distance is not None
    assert section.top_margin is not None
    assert section.header_distance < section.top_margin


def test_vt_3_an_appendix_has_numbers_of_its_own() -> None:
    made = sheet()
    made.appendix("Phụ lục", "Danh mục", "(Kèm theo Thông báo số 05/TB-BCĐ)", landscape=True)
    first, appendix = part_xml(bytes_of(made), "word/document.xml").iter(f"{W}sectPr")
    assert first.find(f"{W}pgNumType") is None
    assert appendix.find(f"{W}pgNumType").get(f"{W}start") == "1"
    assert appendix.find(f"{W}titlePg") is not None


def test_a_section_that_goes_on_shows_its_first_number() -> None:
    made = sheet()
    made.section(landscape=True)
    _, second = opened(bytes_of(made)).sections
    assert not second.different_first_page_header_footer


def test_the_mark_of_a_printout_stands_in_the_foot_of_every_page_or_nowhere() -> None:
    (section,) = opened(bytes_of(sheet("In từ hệ thống, vị trí 7"))).sections
    for footer in (section.footer, section.first_page_footer):
        assert [one.text for one in footer.paragraphs] == ["In từ hệ thống, vị trí 7"]
    assert "vị trí" not in text_of(opened(bytes_of(sheet("In từ hệ thống, vị trí 7"))))
    with zipfile.ZipFile(BytesIO(bytes_of(sheet()))) as package:
        assert not [name for name in package.namelist() if "footer" in name]


def test_the_same_calls_give_the_same_bytes_and_tell_nothing_of_when_or_where() -> None:
    content = bytes_of(sheet("In từ hệ thống"))
    assert content == bytes_of(sheet("In từ hệ thống"))
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if re.search("thumbnail|app.xml|customXml", name)]
        core = package.read("docProps/core.xml").decode()
    assert "2026-02-05T03:00:00Z" in core
    assert "python" not in core.lower()


@pytest.mark.parametrize("text", ["dòng\x00một\x0b\ufffe", "a\u0301\ud7ff", "<w:p/> & \"'"])
def test_any_text_can_be_printed(text: str) -> None:
    made = sheet()
    made.text(text)
    made.table([text], [[text], [""]], [10])
    made.signed(Signature([text or "x"]), [text])
    assert opened(bytes_of(made)).paragraphs
