"""A document whose cells lead to places in it: links inside a file, for whoever reads it on a screen."""

from typing import Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from services.records.printed.layout import Sheet

LINK: Final = "Hyperlink"
"""The style of a link, by the name that programs know: LibreOffice takes no other link over into a PDF."""
LONGEST: Final = 40
"""Characters of the name of a place."""


class LinkedSheet(Sheet):
    """A sheet with places and links to them."""

    def __init__(self, mark: str | None = None, landscape: bool = False) -> None:
        super().__init__(mark, landscape)
        self._places = 0
        look = self._document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
        look.font.underline = True

    @property
    def last_table(self) -> Table:
        """The table that was put last."""
        return self._document.tables[-1]

    def place(self, paragraph: Paragraph, name: str) -> None:
        """The paragraph is where links of this name lead to."""
        self._places += 1
        for kind in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{kind}")
            mark.set(qn("w:id"), str(self._places))
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), name[:LONGEST])
            paragraph._p.append(mark)

    def link(self, row: int, column: int, name: str) -> None:
        """The text of a cell of the last table leads to the place of this name."""
        paragraph = self.last_table.cell(row, column).paragraphs[0]
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name[:LONGEST])
        link.set(qn("w:history"), "1")
        for run in paragraph.runs:
            run.style = LINK
            link.append(run._r)
        paragraph._p.append(link)

    def centred(self, row: int) -> None:
        """A row of the last table stands in the middle of its cells."""
        for cell in self.last_table.rows[row].cells:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
