"""What happened to quarters, in which the committee is to meet (D8.1): part of the published language."""

from datetime import date
from typing import ClassVar

from shared.messages import Event


class QuarterEnded(Event):
    """A quarter is over, or the period that the regulation puts in its place (`periods.py`).

    `held` are the periodic meetings known to have taken place that cover it or were held in it; `covering`
    those among them that cover it; `convened` those called for it of which nothing more is known.
    Nothing of this was judged: whether the quarter was kept is for the compliance view to say.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D4.3", "D8.1")
    quarter: str
    held: tuple[str, ...] = ()
    next_quarter: str | None = None
    covering: tuple[str, ...] = ()
    convened: tuple[str, ...] = ()
    seen: date | None = None


QuarterEvent = QuarterEnded
