"""Registers as files: all rows at one position, as people read them, and the same bytes each time."""

import csv
import hashlib
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from services.records.hashes import canonical
from services.records.printed import comma, spreadsheet
from services.records.printed.cells import columns_of, headings_of
from services.records.printed.listing import PAGE, Listing, listing
from services.records.queries import columns
from services.records.registers import REGISTERS
from shared.errors import InvalidRequest
from tests.unit.records.printed.pages import ROW, Pages, many

DAY = date(2026, 7, 1)


def read(pages: Pages, **question: Any) -> Listing:
    made = listing(pages, "tasks", DAY, **question)
    made.names = {"so-tai-chinh": "Sở Tài chính"}
    return made


def written(tmp_path: Path, pages: Pages, **question: Any) -> Any:
    target = tmp_path / "tasks.xlsx"
    spreadsheet.write_register(target, read(pages, **question))
    return load_workbook(target)


def lines(tmp_path: Path, pages: Pages) -> list[list[str]]:
    target = tmp_path / "tasks.csv"
    comma.write_register(target, read(pages))
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_page_is_asked_at_the_position_of_the_first() -> None:
    pages = many(2 * PAGE + 1)
    whole = read(pages, as_of="2026-06-30", filters={"state": "open"}, sort=[], search=None)
    rows = list(whole.rows)
    assert [row["task"] for row in rows] == [f"viec-{n:05}" for n in range(2 * PAGE + 1)]
    same = {"name": "tasks", "limit": PAGE, "as_of": "2026-06-30", "filters": {"state": "open"}}
    assert pages.asked == [
        {**same, "offset": 0},
        {**same, "offset": PAGE, "at_position": 1001},
        {**same, "offset": 2 * PAGE, "at_position": 1001},
    ]
    assert whole.count == len(rows)


def test_a_page_is_asked_for_when_the_one_before_was_written() -> None:
    pages, told = many(3 * PAGE), []
    rows = listing(pages, "tasks", DAY, lambda so_far, total: told.append((so_far, total))).rows
    next(rows)
    assert len(pages.asked) == 1
    list(rows)
    assert len(pages.asked) == 3
    assert told == [(PAGE, 3 * PAGE), (2 * PAGE, 3 * PAGE), (3 * PAGE, 3 * PAGE)]


def test_a_position_that_was_asked_for_stays() -> None:
    pages = many(PAGE + 1)
    list(read(pages, at_position=700).rows)
    assert [one["at_position"] for one in pages.asked] == [700, 700]
    pages = many(PAGE + 1)
    list(read(pages, recorded_by="2026-01-01T00:00:00Z").rows)
    assert all("at_position" not in one for one in pages.asked)


def test_the_digest_is_that_of_the_rows_as_they_were_answered() -> None:
    pages = many(3)
    whole = read(pages)
    list(whole.rows)
    told = b"".join(canonical(row) + b"\n" for row in pages.rows)
    assert whole.digest == hashlib.sha256(told).hexdigest()


def test_the_sheet_has_headings_codes_and_typed_cells(tmp_path: Path) -> None:
    book = written(tmp_path, Pages([ROW]))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    row = {code.value: cell for code, cell in zip(sheet[2], sheet[3], strict=True)}
    assert names[:4] == ["Nhiệm vụ (title)", "Chủ trì", "Thời hạn", "Tình trạng"]
    assert "committee" not in row
    assert row["lead"].value == "Sở Tài chính"
    assert row["task"].value == "viec-1"
    assert row["event"].value == "task-langson.viec-1@0"
    assert (row["deadline_latest"].value, row["deadline_latest"].number_format) == (
        datetime(2026, 6, 30),  # noqa: DTZ001  # a sheet knows no zones
        "dd/mm/yyyy",
    )
    assert row["percent"].value == 40
    assert row["effective"].value == "01/2026"
    assert row["recorded"].value == "05/01/2026 08:00:00"
    assert row["key"].value == "có"
    assert row["state"].value == "Quá thời hạn, chưa có kết quả"
    assert "Suy ra" in str(row["doubts"].value)
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_it_says_where_it_comes_from(tmp_path: Path) -> None:
    book = written(tmp_path, many(2), as_of="2026-06-30", filters={"state": "open"}, exported_as="xlsx")
    told = {row[0].value: row[1].value for row in book["Nguồn"].rows}
    pages = many(2)
    digest = hashlib.sha256(b"".join(canonical(row) + b"\n" for row in pages.rows)).hexdigest()
    assert told == {
        "Sổ": "Sổ theo dõi nhiệm vụ (tasks)",
        "Ban Chỉ đạo": "langson",
        "Theo tình trạng": "30/06/2026",
        "Ngày xem": "01/07/2026",
        "Điều kiện lọc": "filters: state=open",
        "Vị trí sự kiện cuối": "1001",
        "Kỷ nguyên kho sự kiện": "ky-nguyen",
        "Số dòng": "2",
        "SHA-256 của các dòng": digest,
        "Luồng đang cách ly, không tính": "—",
        "Phiên bản phần mềm": told["Phiên bản phần mềm"],
    }
    assert str(told["Phiên bản phần mềm"]).startswith("bcd ")


@pytest.mark.parametrize("text", ["=1+1", "+84 205", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_a_text_is_never_computed(tmp_path: Path, text: str) -> None:
    pages = Pages([{**ROW, "title": text}])
    cell = written(tmp_path, pages).worksheets[0]["A3"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert lines(tmp_path, pages)[1][0] == f"'{text}"


def test_what_a_cell_cannot_hold_is_seen_to_be_missing(tmp_path: Path) -> None:
    pages = Pages([{**ROW, "title": "a\x00b\x0bc" + "d" * 40_000}])
    value = str(written(tmp_path, pages).worksheets[0]["A3"].value)
    assert value.startswith("a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c")
    assert len(value) == spreadsheet.LONGEST
    assert value.endswith("…")


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for n in range(2):
        target = tmp_path / f"{n}.xlsx"
        spreadsheet.write_register(target, read(many(50)))
        made.append(target.read_bytes())
    assert made[0] == made[1]
    with ZipFile(io.BytesIO(made[0])) as package:
        assert package.testzip() is None
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.read("docProps/core.xml").count(b">1980-01-01T00:00:00Z<") == 2


def test_a_sheet_that_cannot_hold_it_is_refused(tmp_path: Path) -> None:
    whole = read(many(1))
    whole.total = spreadsheet.MOST_ROWS + 1
    with pytest.raises(InvalidRequest, match="CSV"):
        spreadsheet.write_register(tmp_path / "x.xlsx", whole)


def test_csv_is_read_by_excel_and_by_programs(tmp_path: Path) -> None:
    told = lines(tmp_path, Pages([{**ROW, "title": 'hai\ndòng, "kép"'}, ROW]))
    assert len(told) == 3
    row = dict(zip(told[0], told[1], strict=True))
    assert row["Nhiệm vụ (title)"] == 'hai\ndòng, "kép"'
    assert row["Hạn cuối"] == "30/06/2026"
    assert row["Phần trăm"] == "40"


def test_an_empty_register_is_a_file_too(tmp_path: Path) -> None:
    book = written(tmp_path, Pages([]))
    assert book.worksheets[0].max_row == 2
    assert lines(tmp_path, Pages([]))[1:] == []


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_all_of_its_columns_under_different_headings(name: str) -> None:
    there = columns(REGISTERS[name])
    shown = columns_of(name, there)
    assert sorted(shown) == sorted(one for one in there if one != "committee")
    headings = headings_of(name, shown)
    assert len(set(headings)) == len(headings)


def test_columns_that_were_asked_for_stand_in_that_order(tmp_path: Path) -> None:
    pages = Pages([{name: ROW[name] for name in ("state", "title", "lead")}])
    sheet = written(tmp_path, pages, columns=["state", "title", "lead"]).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["state", "title", "lead"]
    assert [cell.value for cell in sheet[3]] == ["Chưa hoàn thành", "Xây dựng kho dữ liệu", "Sở Tài chính"]
