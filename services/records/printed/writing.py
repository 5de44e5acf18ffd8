"""Putting text into a part of a document, in the look of that part."""

from collections.abc import Sequence
from typing import Final

from docx.document import Document as Docx
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from services.records.printed.measure import broken
from services.records.printed.page import styled
from services.records.printed.styles import STYLES
from services.records.printed.text import capitals, clean

POINTS: Final = 72 / 25.4
"""In a millimetre."""


def shown(part: str, text: str) -> str:
    """The text as the part prints it."""
    return capitals(clean(text)) if STYLES[part].caps else clean(text)


def add(document: Docx, part: str, text: str) -> Paragraph:
    paragraph: Paragraph = styled(document.add_paragraph(), part)
    if text:
        paragraph.add_run(shown(part, text))
    return paragraph


def put(cell: Cell, part: str, text: str) -> Paragraph:
    """A line more in a cell, whose first one is there already."""
    paragraph: Paragraph = cell.paragraphs[0] if _untouched(cell) else cell.add_paragraph()
    styled(paragraph, part)
    if text:
        paragraph.add_run(shown(part, text))
    return paragraph


def put_broken(cell: Cell, part: str, text: str, room: float) -> Sequence[str]:
    """A text in lines that are about as long as one another, within `room` points; the lines."""
    look = STYLES[part]
    found = broken(shown(part, text), look.size, room, look.bold)
    for line in found:
        put(cell, part, line)
    return found


def _untouched(cell: Cell) -> bool:
    """Whether a cell has only the empty line with which it begins."""
    first = cell.paragraphs[0]
    return first._p.style is None and len(cell.paragraphs) == 1
