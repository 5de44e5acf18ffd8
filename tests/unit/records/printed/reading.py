"""Reading a printed document back, as a word processor does: sizes and weights through its style sheet."""

import io
import zipfile
from itertools import pairwise
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from services.records.printed.page import style_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(content: bytes) -> Docx:
    return Document(io.BytesIO(content))


def part_xml(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return parse_xml(package.read(name))


def paragraphs(document: Docx) -> list[Paragraph]:
    """All of the body, those in tables too, in the order of the page."""
    return [Paragraph(one, document._body) for one in document.element.body.iter(qn("w:p"))]


def of_part(document: Docx, part: str) -> list[Paragraph]:
    return [
        one for one in paragraphs(document) if one.style is not None and one.style.name == style_name(part)
    ]


def text_of(document: Docx) -> str:
    return "\n".join(one.text for one in paragraphs(document))


def half_points(document: Docx, part: str) -> int:
    """`w:sz` of the style of a part."""
    size = document.styles.element.xpath(f'w:style[w:name/@w:val="{style_name(part)}"]/w:rPr/w:sz/@w:val')
    return int(size[0])


def rules(document: Docx) -> list[tuple[str, float]]:
    """The text above each rule, and how long the rule is, in points."""
    found = []
    every = paragraphs(document)
    for above, one in pairwise(every):
        if one._p.find(f"{W}pPr/{W}pBdr/{W}top") is not None:
            found.append((above.text, _room(one) - _points(one.paragraph_format.left_indent) * 2))
    return found


def _room(paragraph: Paragraph) -> float:
    """The width in which a paragraph stands: that of its cell, or of the text of an upright page."""
    cell = next((up for up in paragraph._p.iterancestors() if up.tag == f"{W}tc"), None)
    if cell is None:
        return 160 * 72 / 25.4
    return int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) / 20


def _points(length: Any) -> float:
    return 0.0 if length is None else float(length.pt)
