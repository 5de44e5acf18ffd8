"""Tables of a document: frames without borders that hold parts side by side, bordered ones, and rules."""

from collections.abc import Sequence
from typing import Any, Final

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

RULE: Final = "6"
"""Eighths of a point: how thick rules and borders are."""
PADDING: Final = 1.5
"""Millimetres between the border of a cell and its text."""
GAP: Final = 3
"""Points between a text and the rule under it."""
SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def frame(document: Docx, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    """Two cells side by side, as wide as that in millimetres, without borders; kept on one page."""
    table = _fixed(document, 1, widths, padding=0)
    _whole(table)
    left, right = table.rows[0].cells
    return left, right


def bordered(document: Docx, rows: int, widths: Sequence[float]) -> list[tuple[_Cell, ...]]:
    """A table with borders, by row; the first is repeated on every page, and no row breaks over two."""
    table = _fixed(document, rows, widths, PADDING)
    borders = OxmlElement("w:tblBorders")
    for side in SIDES:
        borders.append(_line(side))
    table._tblPr.append(borders)
    heading = OxmlElement("w:tblHeader")
    _row_properties(table.rows[0]).append(heading)
    _whole(table)
    return [row.cells for row in table.rows]


def ruled(paragraph: Paragraph, room: float, length: float) -> Paragraph:
    """A rule in the middle of `room`, both in points, drawn as the upper border of an empty line."""
    borders = OxmlElement("w:pBdr")
    borders.append(_line("top"))
    properties = paragraph._p.get_or_add_pPr()
    empty(paragraph)
    shape = paragraph.paragraph_format
    shape.space_before = Pt(GAP)
    shape.left_indent = shape.right_indent = Pt(max((room - length) / 2, 0))
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind"
    )
    return paragraph


def empty(paragraph: Paragraph, points: float = 4) -> Paragraph:
    """A line that is only as high as this."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    shape.space_before = shape.space_after = Pt(0)
    return paragraph


def last_words(document: Docx) -> None:
    """Keep what stands last so far, a paragraph or the end of a table, with what comes next."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    body = document.element.body
    if (
        document.tables and body.index(document.tables[-1]._tbl) == len(body) - 3
    ):  # a line and the section follow
        for row in document.tables[-1].rows[-2:]:
            for cell in row.cells:
                cell.paragraphs[-1].paragraph_format.keep_with_next = True


def _fixed(document: Docx, rows: int, widths: Sequence[float], padding: float) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = Mm(wide)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(padding).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tblPr.append(margins)
    return table


def _whole(table: Table) -> None:
    """No row of the table breaks over two pages."""
    for row in table.rows:
        _row_properties(row).insert(0, OxmlElement("w:cantSplit"))


def _row_properties(row: Any) -> Any:
    return row._tr.get_or_add_trPr()


def _line(side: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", RULE), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    return line
