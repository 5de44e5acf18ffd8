"""All that is known of a committee up to a day, arranged for the checks: histories, and authority."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce

from services.members import authority
from services.members.authority import Authority
from services.members.events import RegulationAdopted
from services.members.parameters import STANDARD, Parameters
from services.records.compliance.standing import Recorded
from services.records.compliance.telling import History, Telling
from shared.messages import Event

__all__ = ["Course", "History", "every", "first", "last"]


@dataclass
class _Known:
    """What is read once, for the course and for those of its parts."""

    telling: Telling
    few: dict[type[Event], list[Recorded]] = field(default_factory=dict)

    @cached_property
    def authority(self) -> Authority:
        return reduce(authority.evolve, self.telling.proving(), Authority())

    @cached_property
    def live_from(self) -> date | None:
        return self.telling.live_from()


@dataclass(frozen=True)
class Course:
    """The events of one committee that had taken effect by `on`.

    With `alone` it tells of one stream, as though its category had no other.
    """

    telling: Telling
    on: date
    alone: History | None = None
    _known: _Known = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", _Known(self.telling))

    def only(self, history: History) -> "Course":
        """The course of one stream."""
        made = replace(self, alone=history)
        object.__setattr__(made, "_known", self._known)
        return made

    def histories(self, category: str) -> Iterable[History]:
        """Stream by stream; whoever keeps them keeps all of them in memory."""
        return self.telling.histories(category) if self.alone is None else (self.alone,)

    def history(self, category: str, stream_id: str) -> History:
        """One stream; empty where there is none."""
        return self.telling.history(category, stream_id)

    def each(self, event_type: type[Event]) -> Iterator[Recorded]:
        """The events of a type of which there are many, read anew each time."""
        return self.telling.of(event_type)

    def of(self, *types: type[Event]) -> Iterator[Recorded]:
        """The events of these types, of which there are few; of one type in the order of the store."""
        for one in types:
            if one not in self._known.few:
                self._known.few[one] = list(self.telling.of(one))
            yield from self._known.few[one]

    @property
    def authority(self) -> Authority:
        """Who may act as what, on any day, from these events."""
        return self._known.authority

    def terms(self, day: date) -> Parameters:
        """The parameters of the regulation on a day."""
        return self.authority.parameters_on(day) or STANDARD

    @property
    def in_force_from(self) -> date | None:
        """The first day of the first regulation."""
        return self.authority.in_force_from

    @property
    def adopted(self) -> Recorded | None:
        """The event by which the first regulation was adopted."""
        return next(self.of(RegulationAdopted), None)

    @property
    def live_from(self) -> date | None:
        """The first day on which something was recorded as it happened, not from a source.

        Before it, that nothing is recorded says nothing.
        """
        return self._known.live_from

    def watched(self, day: date) -> bool:
        """Whether on that day acts were recorded as they happened."""
        return self.live_from is not None and day >= self.live_from


def first(history: History, *types: type[Event]) -> Recorded | None:
    return next((one for one in history if isinstance(one.event, types)), None)


def last(history: History, *types: type[Event]) -> Recorded | None:
    return next((one for one in reversed(history) if isinstance(one.event, types)), None)


def every(history: History, *types: type[Event]) -> list[Recorded]:
    return [one for one in history if isinstance(one.event, types)]
