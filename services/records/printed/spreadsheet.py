"""A register as an Excel workbook: the rows on one sheet, where they come from on another; flat memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from services.records.printed.cells import Value, headings_of, values_of
from services.records.printed.listing import Listing
from services.records.printed.package import sealed
from services.records.printed.source import told
from shared.catalogue import both, say, word
from shared.errors import InvalidRequest

MOST_ROWS: Final = 1_048_576 - 2
"""Rows that a sheet holds below its headings."""
LONGEST: Final = 32_767
"""Characters that a cell holds."""
WIDEST: Final = 46
NARROWEST: Final = 11
"""Characters that a column shows."""
MEASURED: Final = 50
"""Rows by which the width of the columns is found."""
DAY: Final = "dd/mm/yyyy"
HEAD: Final = Font(name="Times New Roman", size=12, bold=True)
CODE: Final = Font(name="Times New Roman", size=9, color="7F7F7F")
BODY: Final = Font(name="Times New Roman", size=12)
GREY: Final = PatternFill("solid", start_color="EDEDED")
TOP: Final = Alignment(vertical="top", wrap_text=True)


def write_register(target: Path, whole: Listing) -> None:
    """The register with its headings in Vietnamese, the codes of the columns below them.

    Raises InvalidRequest where a sheet cannot hold it.
    """
    if whole.total > MOST_ROWS:
        raise InvalidRequest("format", both("exports.too_many", rows=whole.total, most=MOST_ROWS))
    columns = whole.shown
    rows = (values_of(columns, row, whole.key, whole.names) for row in whole.rows)
    write_workbook(
        target,
        word("register", whole.name),
        headings_of(whole.name, columns),
        rows,
        lambda: told(whole),
        columns,
    )


def write_workbook(
    target: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    source: Callable[[], Mapping[str, str]],
    codes: Sequence[str] = (),
) -> None:
    """A sheet of rows and a sheet `Nguồn`; `source()` gives its lines and is called after the last row."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "bcd"
    sheet = book.create_sheet(_sheet_name(title))
    rows, first = _looked_at(rows)
    for number, name in enumerate(headings):
        sheet.column_dimensions[get_column_letter(number + 1)].width = _width(name, first, number)
    lines = 2 if codes else 1
    sheet.freeze_panes = f"B{lines + 1}"
    sheet.print_title_rows = f"1:{lines}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # 9 is A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_cell(sheet, name, HEAD, GREY) for name in headings])
    if codes:
        sheet.append([_cell(sheet, name, CODE, GREY) for name in codes])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A{lines}:{get_column_letter(len(headings))}{lines + count}"
    _add_source(book, source())
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.xlsx"
        book.save(made)
        sealed(made, target, timeless=True)


def _looked_at(rows: Iterable[Sequence[Value]]) -> tuple[Iterator[Sequence[Value]], list[Sequence[Value]]]:
    """All rows, and the first of them to measure by."""
    every = iter(rows)
    first = list(islice(every, MEASURED))
    return chain(first, every), first


def _width(heading: str, rows: Sequence[Sequence[Value]], number: int) -> float:
    longest = max((len(_as_text(row[number])) for row in rows), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, min(len(heading), 20) + 3))


def _as_text(value: Value) -> str:
    if isinstance(value, date):
        return DAY
    return "" if value is None else str(value)


def _cell(sheet: Any, value: Value, font: Font = BODY, fill: PatternFill | None = None) -> Any:
    """A text stays a text, also one that begins as a formula does."""
    held: Any = _held(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, held)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = DAY
    cell.font, cell.alignment = font, TOP
    if fill:
        cell.fill = fill
    return cell


def _held(text: str) -> str:
    """What a cell can hold of a text; that it was cut is visible."""
    text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _sheet_name(title: str) -> str:
    """A sheet is called by 31 characters at most, and by none that Excel needs."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip() or "1"


def _add_source(book: Workbook, lines: Mapping[str, str]) -> None:
    sheet = book.create_sheet(say("exports.source"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 76
    for name, value in lines.items():
        sheet.append([_cell(sheet, name, HEAD), _cell(sheet, value)])
