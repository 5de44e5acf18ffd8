"""The top of a first page: issuing body and number on the left; the state, place and day on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docx.document import Document as Docx

from services.records.printed.frames import frame, ruled
from services.records.printed.measure import width
from services.records.printed.styles import STYLES
from services.records.printed.writing import POINTS, put, put_broken
from shared.catalogue import say

LEFT: Final = 0.43
"""The part of the width that the issuing body has; the name of the state needs the rest."""
SHORT: Final = 0.4
"""How long a short rule is, of the longest line above it; the decree says a third to a half."""
ASIDE: Final = 6
"""Points that keep the issuing body from the name of the state."""


@dataclass(frozen=True)
class Masthead:
    """`body` issues, under `parent`; `place` is the line of place and day, which minutes do not have; `about`
    the V/v of an official letter; `standing` are lines on what became of the document; `draft` a mark such as
    DỰ THẢO."""

    body: str
    parent: str | None = None
    number: str | None = None
    place: str | None = None
    about: str | None = None
    standing: Sequence[str] = ()
    draft: str | None = None


def masthead(document: Docx, top: Masthead, room: float) -> None:
    """In a room of so many millimetres."""
    widths = room * LEFT, room * (1 - LEFT)
    left, right = frame(document, widths)
    space = widths[0] * POINTS - ASIDE
    if top.parent:
        put_broken(left, "parent", top.parent, space)
    lines = put_broken(left, "body", top.body, space)
    longest = max((width(line, STYLES["body"].size, bold=True) for line in lines), default=0.0)
    ruled(left.add_paragraph(), widths[0] * POINTS, SHORT * longest)
    standing = [("standing", line) for line in top.standing]
    for part, text in (("number", top.number), *standing, ("about", top.about), ("draft", top.draft)):
        if text:
            put(left, part, text)
    put(right, "state", say("printed.state"))
    motto = say("printed.motto")
    put(right, "motto", motto)
    ruled(right.add_paragraph(), widths[1] * POINTS, width(motto, STYLES["motto"].size, bold=True))
    if top.place:
        put(right, "place", top.place)
