"""The pages of a printed document: paper, margins, page numbers, the mark in the foot, the style sheet."""

import io
from datetime import datetime
from functools import cache
from typing import Any, Final

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from services.records.printed.styles import A4, FONT, MARGINS, STYLES, Align, Look
from shared.catalogue import word

ALIGNED: Final[dict[Align, WD_ALIGN_PARAGRAPH]] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TO_THE_HEADER: Final = 9
"""Millimetres from the edge of the paper to the page number, which stands in the top margin."""
UNTOLD: Final = ("thumbnail", "extended-properties", "customXml")
"""Parts of the library's empty document that tell of somebody else's."""


def blank() -> Docx:
    """An empty document with the style sheet, upright, numbered from its second page."""
    document = Document(io.BytesIO(_styled()))
    set_up(document.sections[0])
    numbered(document.sections[0])
    return document


@cache
def _styled() -> bytes:
    """The library's empty document with our styles, made once, since that takes as long as all the rest."""
    document = Document()
    for rels in (document.part.package.rels, document.part.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.endswith(UNTOLD)]:
            del rels[name]
    _without_theme(document)
    for part, look in STYLES.items():
        style = document.styles.add_style(style_name(part), WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.element.styleId = part
        _dressed(style, look)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def style_name(part: str) -> str:
    """The name that people see in their word processor."""
    return word("style", part)


def set_up(section: Section, landscape: bool = False) -> None:
    """A4 with the margins of the decree, which stay on their sides where the page lies across."""
    width, height = reversed(A4) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    section.header_distance = section.footer_distance = Mm(TO_THE_HEADER)
    section.different_first_page_header_footer = True


def room(landscape: bool = False) -> float:
    """The width of the text, in millimetres."""
    return A4[1 if landscape else 0] - MARGINS["left"] - MARGINS["right"]


def numbered(section: Section) -> None:
    """The page number in the middle of the top margin, except on the first page of the section."""
    place = styled(section.header.paragraphs[0], "page")
    run = place.add_run()
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("shown", "2"), ("end", None)):
        run._r.append(_field(kind, text))
    section.first_page_header.is_linked_to_previous = False
    styled(section.first_page_header.paragraphs[0], "page")


def numbered_anew(section: Section) -> None:
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.append(numbers)


def marked(section: Section, mark: str) -> None:
    """The mark of a printout in the foot of every page."""
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        styled(footer.paragraphs[0], "mark").add_run(mark)


def described(document: Docx, title: str, author: str, at: datetime, version: str) -> None:
    """The properties of the file: nothing of who printed it and when, only what its events say."""
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.created = core.modified = at.replace(tzinfo=None)
    core.comments, core.language, core.version, core.revision = "", "vi-VN", version, 1


def _field(kind: str | None, text: str | None) -> Any:
    if kind is None or kind == "shown":
        element = OxmlElement("w:t" if kind else "w:instrText")
        element.text = text
        element.set(qn("xml:space"), "preserve")
        return element
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _without_theme(document: Docx) -> None:
    """One font for all scripts, not those of the theme; the language is Vietnamese."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")


def _dressed(style: ParagraphStyle, look: Look) -> None:
    style.quick_style = True
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor.from_string(look.colour or "000000")
    shape = style.paragraph_format
    shape.alignment, shape.line_spacing = ALIGNED[look.align], look.line
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.first_line_indent = Mm(look.indent)
    shape.keep_with_next, shape.widow_control = look.keep, True


def styled(paragraph: Paragraph, part: str) -> Paragraph:
    """The paragraph in the look of this part; set by the id, since the library looks names up each time."""
    paragraph._p.style = part
    return paragraph
