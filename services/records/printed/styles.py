"""The looks of Nghị định 30/2020/NĐ-CP, Phụ lục I: one row for each part of a document, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Align = Literal["left", "center", "right", "both"]

FONT: Final = "Times New Roman"
MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 20}
"""Millimetres; the decree allows 20–25, 20–25, 30–35 and 15–20."""
A4: Final = (210, 297)
"""Millimetres, upright."""
INDENT: Final = 12.7
"""Millimetres by which the first line of a paragraph of the body stands back."""


@dataclass(frozen=True)
class Look:
    """How a part is printed. `size`, `before` and `after` are points, `indent` millimetres; `caps` parts are
    written in capitals as text, so that whoever copies them gets what is on the page."""

    size: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    line: float = 1.0
    colour: str | None = None
    keep: bool = False  # with the next paragraph, on one page


STYLES: Final[Mapping[str, Look]] = {
    "state": Look(12, bold=True, caps=True, align="center"),
    "motto": Look(13, bold=True, align="center"),
    "parent": Look(12, caps=True, align="center"),
    "body": Look(12, bold=True, caps=True, align="center"),
    "number": Look(13, align="center", before=6),
    "place": Look(13, italic=True, align="center", before=6),
    "about": Look(12, align="center"),  # V/v, under the number of an official letter
    "standing": Look(12, italic=True, align="center"),  # recalled, replaced, corrected: under the number
    "draft": Look(13, bold=True, caps=True, align="center", before=6),
    "type": Look(14, bold=True, caps=True, align="center", before=14, keep=True),
    "subject": Look(14, bold=True, align="center", keep=True),
    "note": Look(13, italic=True, align="center", keep=True),
    "authority": Look(14, bold=True, caps=True, align="center", before=6, after=6, keep=True),
    "to": Look(14, align="center", before=6, after=6),
    "ground": Look(14, italic=True, align="both", after=6, indent=INDENT),
    "text": Look(14, align="both", after=6, indent=INDENT),
    "heading": Look(14, bold=True, align="both", before=6, after=6, indent=INDENT, keep=True),
    "item": Look(14, align="both", after=6, indent=INDENT),
    "table_heading": Look(12, bold=True, align="center", before=2, after=2, keep=True),
    "table": Look(12, before=2, after=2),
    "table_number": Look(12, align="right", before=2, after=2),
    "table_centre": Look(12, align="center", before=2, after=2),
    "caption": Look(12, italic=True, align="left", after=6),
    "signed_for": Look(13, bold=True, caps=True, align="center", keep=True),
    "post": Look(13, bold=True, caps=True, align="center", keep=True),
    "signature": Look(13, align="center", keep=True),  # the room for the hand and the seal
    "home": Look(13, bold=True, caps=True, align="center", keep=True),
    "signatory": Look(14, bold=True, align="center"),
    "recipients": Look(12, bold=True, italic=True, keep=True),
    "recipient": Look(11),
    "page": Look(14, align="center"),
    "mark": Look(8, align="center", colour="7F7F7F"),
}
"""By the part. Body text stands 6 points apart, and a heading with what it heads."""
