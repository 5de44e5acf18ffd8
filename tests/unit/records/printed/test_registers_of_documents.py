"""The books of documents: the columns of Nghị định 30/2020, Phụ lục IV, filled with what is known alone."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from services.records.printed.book_files import NOTHING, FilledBook, printed, read_book, write_book
from services.records.printed.books import BOOKS, FOLLOW_UP, INCOMING, OUTGOING, Book

ISSUED: dict[str, Any] = {
    "committee": "langson",
    "document_id": "qd-5",
    "series": "BCĐ",
    "year": 2026,
    "ordinal": 5,
    "number": "05/QĐ-BCĐ",
    "date": "2026-03-05",
    "kind": "QĐ",
    "subject": "Ban hành kế hoạch",
    "signatory_post": "Trưởng Ban",
    "recipients": ["Các thành viên", "Các sở"],
    "archived_by": "VT, TGV",
    "copies": 40,
    "sent_on": "2026-03-06",
    "receipts": ["2026-03-06", "2026-03-07 · Sở A · biên nhận 7"],
    "replaced_by": None,
    "corrected_by": [],
    "state": "issued",
    "state_because": None,
    "recorded": "2026-03-06T02:00:00+00:00",
}
VOIDED = {
    **dict.fromkeys(ISSUED),
    **{name: ISSUED[name] for name in ("committee", "series", "year", "recorded")},
    "document_id": "09/BCĐ",
    "ordinal": 9,
    "number": "09/BCĐ",
    "recipients": [],
    "receipts": [],
    "corrected_by": [],
    "state": "voided",
    "state_because": "lấy số rồi không ban hành",
}
ARRIVED: dict[str, Any] = {
    "committee": "langson",
    "document_id": "den-3",
    "year": 2026,
    "arrival_number": 3,
    "received_on": "2026-02-09",
    "issuer": "Bộ Khoa học và Công nghệ",
    "number": "45/KH-BKHCN",
    "date": "2026-02-05",
    "date_wording": None,
    "kind": "KH",
    "subject": "Phát triển dữ liệu",
    "forwarded_to": "Sở Khoa học và Công nghệ",
    "with_units": ["Sở Tài chính"],
    "forwarded_on": "2026-02-10",
    "receipt": "BN 12",
    "instruction": "Tham mưu kế hoạch",
    "due": "trước 01/3/2026",
    "due_latest": "2026-02-28",
    "duplicates": ["2026-02-12 · den-9 · 45/KH-BKHCN"],
    "recorded": "2026-02-10T02:00:00+00:00",
}
LYING = {
    **ARRIVED,
    "document_id": "den-12",
    "arrival_number": 12,
    "forwarded_to": None,
    "due_latest": None,
    "due": None,
    "with_units": [],
    "forwarded_on": None,
    "receipt": None,
    "duplicates": [],
    "kind": None,
}


def filled(book: Book, rows: Sequence[dict[str, Any]], **asked: Any) -> FilledBook:
    def ask(name: str, **question: Any) -> dict[str, Any]:
        if name == "committees":
            return {"rows": [{"name": "Ban Chỉ đạo chuyển đổi số tỉnh"}]}
        assert name == book.register
        return {
            "committee": "langson",
            "columns": list(rows[0]) if rows else ["committee"],
            "rows": list(rows),
            "total": len(rows),
            "position": 700,
            "epoch": "ky-nguyen",
        }

    return read_book(ask, book, 2026, asked.pop("series", None), date(2026, 7, 1), **asked)


def told(book: Book, *rows: dict[str, Any]) -> list[list[str]]:
    return filled(book, rows).lines


def test_the_columns_are_those_of_the_decree_in_its_order() -> None:
    assert OUTGOING.headings == [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Người ký",
        "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu",
        "Số lượng bản",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    assert INCOMING.headings == [
        "Ngày đến",
        "Số đến",
        "Tác giả",
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Đơn vị hoặc người nhận",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    assert FOLLOW_UP.headings == [
        "Số đến",
        "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản",
        "Đơn vị hoặc người nhận",
        "Thời hạn giải quyết",
        "Tiến độ giải quyết",
        "Số, ký hiệu văn bản trả lời",
        "Ghi chú",
    ]


def test_a_line_of_each_book() -> None:
    assert told(OUTGOING, ISSUED) == [
        [
            "05/QĐ-BCĐ",
            "05/03/2026",
            "Quyết định. Ban hành kế hoạch",
            "Trưởng Ban",
            "Các thành viên; Các sở",
            "VT, TGV",
            "40",
            "06/03/2026",
            "",
            "Đã gửi: 07/03/2026 · Sở A · biên nhận 7",
        ]
    ]
    assert told(INCOMING, ARRIVED) == [
        [
            "09/02/2026",
            "03",
            "Bộ Khoa học và Công nghệ",
            "45/KH-BKHCN",
            "05/02/2026",
            "Kế hoạch. Phát triển dữ liệu",
            "Sở Khoa học và Công nghệ\nPhối hợp: Sở Tài chính",
            "10/02/2026",
            "",
            "Biên nhận: BN 12\nĐến lần nữa ngày 12/02/2026",
        ]
    ]
    assert told(FOLLOW_UP, ARRIVED) == [
        [
            "03",
            "Kế hoạch 45/KH-BKHCN\nngày 05/02/2026\nBộ Khoa học và Công nghệ",
            "Sở Khoa học và Công nghệ\nPhối hợp: Sở Tài chính",
            "28/02/2026",
            "",
            "",
            "Tham mưu kế hoạch",
        ]
    ]


def test_what_is_not_known_stays_empty() -> None:
    (line,) = told(INCOMING, LYING)
    assert line[5:] == ["Phát triển dữ liệu", "", "", "", ""]
    assert told(FOLLOW_UP, LYING) == []
    (line,) = told(OUTGOING, {**ISSUED, "copies": None, "sent_on": None, "receipts": [], "archived_by": None})
    assert line[5:] == ["", "", "", "", ""]


def test_a_number_without_a_document_and_one_that_stands_no_more() -> None:
    (line,) = told(OUTGOING, VOIDED)
    assert line[:3] == ["09/BCĐ", "", "(Số không dùng)"]
    assert line[9] == "Số bỏ, không có văn bản: lấy số rồi không ban hành"
    recalled = {**ISSUED, "state": "recalled", "state_because": "sai thẩm quyền", "receipts": []}
    assert told(OUTGOING, recalled)[0][9] == "Đã thu hồi: sai thẩm quyền"


def test_a_book_runs_by_number_within_its_series() -> None:
    second = {**ISSUED, "ordinal": 10, "number": "10/QĐ-BCĐ"}
    other = {**ISSUED, "series": "SKHCN", "ordinal": 1, "number": "01/HD-SKHCN"}
    numbers = [line[0] for line in told(OUTGOING, other, second, VOIDED, ISSUED)]
    assert numbers == ["05/QĐ-BCĐ", "09/BCĐ", "10/QĐ-BCĐ", "01/HD-SKHCN"]
    pattern = r"\d{2,}/[A-ZĐ][A-Za-zĐ]*(-[A-ZĐ0-9.]+)*"
    assert all(re.fullmatch(pattern, number) for number in numbers)


def test_one_year_and_one_series_are_asked_for() -> None:
    asked: list[dict[str, Any]] = []

    def ask(name: str, **question: Any) -> dict[str, Any]:
        asked.append({"name": name, **question})
        return {"committee": "langson", "columns": [], "rows": [], "total": 0, "position": 7}

    read_book(ask, OUTGOING, 2026, "BCĐ", date(2026, 7, 1), as_of="2026-06-30", exported_as="docx")
    read_book(ask, INCOMING, 2026, "BCĐ", date(2026, 7, 1))
    assert asked[0]["filters"] == {"year": 2026, "series": "BCĐ"}
    assert (asked[0]["as_of"], asked[0]["exported_as"]) == ("2026-06-30", "docx")
    assert asked[1] == {"name": "committees", "limit": 1, "as_of": "2026-06-30"}
    assert asked[2]["filters"] == {"year": 2026}


@pytest.mark.parametrize("book", BOOKS.values(), ids=lambda book: book.name)
def test_the_printed_book(book: Book) -> None:
    rows = [ISSUED, VOIDED] if book is OUTGOING else [ARRIVED, {**ARRIVED, "arrival_number": 4}]
    made = filled(book, rows)
    document = Document(io.BytesIO(printed(made)))
    for section in document.sections:
        assert section.orientation == WD_ORIENT.LANDSCAPE
        sizes = [one.mm for one in (section.page_width, section.page_height) if one is not None]
        assert sizes == pytest.approx([297, 210], abs=0.1)
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == book.headings
    assert list(table.rows[0]._tr.iter(qn("w:tblHeader")))
    assert [cell.text for cell in table.rows[1].cells] == [f"({n})" for n in range(1, len(book.columns) + 1)]
    assert [cell.text for cell in table.rows[2].cells] == made.lines[0]
    assert len(table.rows) == 2 + len(rows)
    cover = [one.text for one in document.paragraphs]
    assert made.title.upper() in cover
    assert "Năm 2026" in cover
    numbers = "Từ số 05 đến số 09" if book is OUTGOING else "Từ số 03 đến số 04"
    assert numbers in cover


def test_an_empty_book_has_its_headings_and_room_for_the_hand() -> None:
    content = printed(filled(INCOMING, []))
    assert content == printed(filled(INCOMING, []))
    document = Document(io.BytesIO(content))
    assert len(document.tables[-1].rows) == 3
    assert document.core_properties.created == NOTHING


def test_the_book_as_a_table(tmp_path: Path) -> None:
    made = filled(INCOMING, [ARRIVED])
    write_book(tmp_path / "so.csv", "csv", made)
    write_book(tmp_path / "so.xlsx", "xlsx", made)
    text = (tmp_path / "so.csv").read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [INCOMING.headings, *made.lines]
    book = load_workbook(tmp_path / "so.xlsx")
    assert [cell.value for cell in book.worksheets[0][1]] == INCOMING.headings
    assert [cell.value or "" for cell in book.worksheets[0][2]] == made.lines[0]
    assert book["Nguồn"]["B1"].value == "Sổ đăng ký văn bản đến, 2026"
