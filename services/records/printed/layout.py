"""A document laid out by Nghị định 30/2020/NĐ-CP, part by part from top to bottom: the bytes of a .docx file.

    sheet = Sheet(mark="In từ …")                       # mark=None for a copy to sign
    sheet.masthead(Masthead(body="BAN CHỈ ĐẠO …", parent="UBND TỈNH …", number="Số: 05/TB-BCĐ",
                            place="Lạng Sơn, ngày 05 tháng 3 năm 2026"))      # no place in minutes
    sheet.title("THÔNG BÁO", "Kết luận …")
    sheet.to("…"); sheet.grounds([…]); sheet.heading("I. …"); sheet.text("…"); sheet.item("- …")
    sheet.table(["STT", "Nội dung"], [["1", "…"]], [12, 148])                  # widths made to fit
    sheet.section(landscape=True)                       # numbers go on; in an `appendix` they begin again
    sheet.signed(Signature(["TRƯỞNG BAN"], ["TM. BAN CHỈ ĐẠO"]), ["…", "Lưu: VT, …"])
    sheet.docx(title, author, at, version)              # the same calls give the same bytes

Sizes and weights stand in `styles.py`, paper and page numbers in `page.py`. Texts are put into NFC, and what
XML cannot hold is left out. A text of several lines becomes several paragraphs.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from docx.shared import Pt
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from services.records.printed import closing, top, writing
from services.records.printed.closing import Signature as Signature
from services.records.printed.frames import bordered, empty, frame, last_words, ruled
from services.records.printed.measure import broken, width
from services.records.printed.package import sealed
from services.records.printed.page import blank, described, marked, numbered_anew, room, set_up
from services.records.printed.styles import STYLES, Align
from services.records.printed.text import clean, lines
from services.records.printed.top import SHORT
from services.records.printed.top import Masthead as Masthead
from services.records.printed.writing import POINTS, put, shown
from shared.catalogue import say

LOOKS: Final[Mapping[Align, str]] = {"right": "table_number", "center": "table_centre"}
"""How the cells of a table look; those that begin on the left are plain."""


class Sheet:
    """A document in the making; each method adds below what is there."""

    def __init__(self, mark: str | None = None, landscape: bool = False) -> None:
        self._document = blank()
        self._across = landscape
        set_up(self._document.sections[0], landscape)
        if mark:
            marked(self._document.sections[0], clean(mark))

    @property
    def room(self) -> float:
        """The width of the text on this page, in millimetres."""
        return room(self._across)

    def masthead(self, masthead: Masthead) -> None:
        top.masthead(self._document, masthead, self.room)

    def title(self, name: str, subject: str | None = None, note: str | None = None) -> None:
        """The type of the document, what it is about, a short rule; `note` stands below, such as what an
        appendix belongs to."""
        look, space = STYLES["subject"], self.room * POINTS
        self.add("type", name)
        told = broken(clean(subject or ""), look.size, space * 0.9, look.bold)
        for line in told:
            self.add("subject", line)
        if note:
            self.add("note", note)
        above = [note] if note else told or [shown("type", name)]
        longest = max(width(line, look.size, bold=not note) for line in above)
        ruled(self._document.add_paragraph(), space, SHORT * longest)
        empty(self._document.add_paragraph(), 8)

    def to(self, *whom: str) -> None:
        """Kính gửi: one on the same line, several below each other."""
        if len(whom) == 1:
            self.add("to", f"{say('printed.to')}: {whom[0]}")
            return
        self.add("to", f"{say('printed.to')}:")
        for one in whom:
            self.item(f"- {one}")

    def grounds(self, grounds: Sequence[str]) -> None:
        """Each ends with a semicolon, the last with a full stop."""
        for n, ground in enumerate(grounds, start=1):
            self.add("ground", f"{clean(ground).rstrip(' ;.,')}{'.' if n == len(grounds) else ';'}")

    def authority(self, text: str) -> None:
        """Who decides, and QUYẾT ĐỊNH:, in capitals in the middle."""
        look = STYLES["authority"]
        told = broken(shown("authority", text), look.size, self.room * POINTS, look.bold)
        for n, line in enumerate(told):
            paragraph = self.add("authority", line)
            if n < len(told) - 1:
                paragraph.paragraph_format.space_after = Pt(0)
            if n:
                paragraph.paragraph_format.space_before = Pt(0)

    def heading(self, text: str) -> None:
        self.add("heading", text)

    def text(self, text: str) -> None:
        for line in lines(text):
            self.add("text", line)

    def item(self, text: str) -> None:
        for line in lines(text):
            self.add("item", line)

    def led(self, lead: str, text: str) -> None:
        """A paragraph that begins in bold, such as `Điều 1.`."""
        first, *more = lines(text) or [""]
        paragraph = self.add("text", "")
        paragraph.add_run(f"{clean(lead)} ").bold = True
        paragraph.add_run(first)
        for line in more:
            self.add("text", line)

    def caption(self, text: str) -> None:
        self.add("caption", text)

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        aligned: Sequence[Align] = (),
    ) -> None:
        """With borders, the headings again on every page, rows whole. `widths` are made to fill the width."""
        scale = self.room / sum(widths)
        cells = bordered(self._document, len(rows) + 1, [one * scale for one in widths])
        looks = [LOOKS.get(one, "table") for one in aligned] + ["table"] * (len(headings) - len(aligned))
        for cell, heading in zip(cells[0], headings, strict=True):
            put(cell, "table_heading", heading)
        for row, values in zip(cells[1:], rows, strict=True):
            for cell, value, look in zip(row, values, looks, strict=True):
                for line in lines(value) or [""]:
                    put(cell, look, line)
        empty(self._document.add_paragraph(), 8)

    def section(self, landscape: bool = False, anew: bool = False) -> None:
        """A new page, upright or across; its pages number on, or from 1 with no number on the first."""
        section = self._document.add_section()
        set_up(section, landscape)
        section.different_first_page_header_footer = anew
        self._across = landscape
        if anew:
            numbered_anew(section)

    def appendix(self, name: str, subject: str, belongs_to: str, landscape: bool = False) -> None:
        """A part that is issued with the document, on pages with numbers of their own."""
        self.section(landscape, anew=True)
        self.title(name, subject, belongs_to)

    def signed(self, one: Signature, recipients: Sequence[str] = ()) -> None:
        """Recipients on the left, who signs on the right."""
        widths = self.room * 0.42, self.room * 0.58
        left, right = self._at_the_end(widths)
        closing.recipients(left, recipients)
        closing.signature(right, one, widths[1])
        empty(self._document.add_paragraph())

    def signed_twice(self, left: Signature, right: Signature, recipients: Sequence[str] = ()) -> None:
        """Two who sign side by side, and the recipients below on the left."""
        half = self.room / 2
        for cell, one in zip(self._at_the_end((half, half)), (left, right), strict=True):
            closing.signature(cell, one, half)
        empty(self._document.add_paragraph(), 14)
        below, _ = frame(self._document, (half, half))
        closing.recipients(below, recipients)
        empty(self._document.add_paragraph())

    def docx(self, title: str, author: str, at: datetime, version: str = "") -> bytes:
        """The file; `at` is when the last of its events was recorded, `version` its position in the store."""
        described(self._document, clean(title), clean(author), at, version)
        made, package = io.BytesIO(), io.BytesIO()
        self._document.save(made)
        sealed(made, package)
        return package.getvalue()

    def add(self, part: str, text: str) -> Paragraph:
        """A paragraph in the look of this part."""
        return writing.add(self._document, part, text)

    def _at_the_end(self, widths: tuple[float, float]) -> tuple[Cell, Cell]:
        """Two cells that stand on one page with the last words above them."""
        last_words(self._document)
        return frame(self._document, widths)
