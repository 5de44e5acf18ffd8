"""All that is known of a committee up to a day, arranged for the checks: histories, and authority."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import TypeVar

from services.members import authority
from services.members.authority import Authority
from services.members.events import RegulationAdopted
from services.members.parameters import STANDARD, Parameters
from services.records.compliance.standing import Recorded
from shared.messages import Event

E = TypeVar("E", bound=Event)
History = Sequence[Recorded]
"""The events of one stream, in order."""


@dataclass(frozen=True)
class Course:
    """The events of one committee that had taken effect by `on`, in the order of the store."""

    events: Sequence[Recorded]
    on: date
    _by_type: dict[type[Event], list[Recorded]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for envelope in self.events:
            self._by_type.setdefault(type(envelope.event), []).append(envelope)

    @cached_property
    def streams(self) -> dict[str, dict[str, list[Recorded]]]:
        """By category and stream, the histories."""
        found: dict[str, dict[str, list[Recorded]]] = defaultdict(lambda: defaultdict(list))
        for envelope in self.events:
            found[envelope.stream.partition("-")[0]][envelope.stream].append(envelope)
        return found

    def histories(self, category: str) -> Iterable[History]:
        return self.streams[category].values() if category in self.streams else ()

    def of(self, *types: type[Event]) -> Iterator[Recorded]:
        """The events of these types; of one type in the order of the store."""
        for event_type in types:
            yield from self._by_type.get(event_type, ())

    @cached_property
    def authority(self) -> Authority:
        """Who may act as what, on any day, from these events."""
        return reduce(authority.evolve, self.events, Authority())

    def terms(self, day: date) -> Parameters:
        """The parameters of the regulation on a day."""
        return self.authority.parameters_on(day) or STANDARD

    @property
    def in_force_from(self) -> date | None:
        """The first day of the first regulation."""
        return self.authority.in_force_from

    @cached_property
    def adopted(self) -> Recorded | None:
        """The event by which the first regulation was adopted."""
        return next(self.of(RegulationAdopted), None)

    @cached_property
    def live_from(self) -> date | None:
        """The first day on which something was recorded as it happened, not from a source.

        Before it, that nothing is recorded says nothing.
        """
        days = [one.meta.effective_at.earliest for one in self.events if one.meta.source is None]
        return min(days, default=None)

    def watched(self, day: date) -> bool:
        """Whether on that day acts were recorded as they happened."""
        return self.live_from is not None and day >= self.live_from


def first(history: History, *types: type[Event]) -> Recorded | None:
    return next((one for one in history if isinstance(one.event, types)), None)


def last(history: History, *types: type[Event]) -> Recorded | None:
    return next((one for one in reversed(history) if isinstance(one.event, types)), None)


def every(history: History, *types: type[Event]) -> list[Recorded]:
    return [one for one in history if isinstance(one.event, types)]
