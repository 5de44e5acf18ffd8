"""A story told in one process: the clock of the house stands where a running system has its policies."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from services.cli.stories.checking import Story
from services.cli.stories.telling import Report, Telling
from shared.contents.port import Contents
from tests.component.house import House


@dataclass
class HouseClock:
    """Turned on, it lets the policies of a house catch up and ring; `refusals` are those that they met."""

    house: House
    day: date = date.min
    refusals: list[dict[str, Any]] = field(default_factory=list)

    def turn(self, day: date) -> None:
        self.day = max(day, self.day)
        self.settle()

    def settle(self) -> None:
        self.refusals += self.house.follow(self.day)


def telling(story: Story, house: House) -> Telling:
    return Telling(story, house, house.store, HouseClock(house), limit=1.0)


def told(story: Story, house: House, contents: Contents | None = None) -> tuple[Report, HouseClock]:
    """The report of one telling, and the clock that went along; its documents are in `contents`."""
    one = telling(story, house)
    if contents is not None:
        one.keep = lambda words: contents.put(BytesIO(words.encode()))
    report = one.tell()
    assert isinstance(one.clock, HouseClock)
    return report, one.clock
