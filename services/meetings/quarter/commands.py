"""What the clock asks of a quarter."""

from datetime import date

from pydantic import Field

from services.meetings.commands import Id
from shared.messages import Command


class EndQuarter(Command):
    """Time as input: the quarter is over on the day `today`; the meetings are those known until then."""

    quarter: str = Id
    today: date
    held: tuple[str, ...] = Field(default=(), max_length=500)
    covering: tuple[str, ...] = Field(default=(), max_length=500)
    convened: tuple[str, ...] = Field(default=(), max_length=500)


QuarterCommand = EndQuarter
