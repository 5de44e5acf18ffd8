"""Policies: whenever this happened, ask for that. Pure functions from an event to commands.

A policy may look up what it remembers in `Holdings` (who holds which open item), and nothing else.
The follower derives each command's id from the event and the policy, so that twice is once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Command, CommitteeId, Event


@dataclass(frozen=True)
class Asked:
    """A command that a policy asks of a service. `key` tells it from others after the same event.

    `committee` is another committee than the event's own: only the one above it may be asked (D12.2).
    """

    service: str
    command: Command
    key: str
    committee: CommitteeId | None = None


class Holdings(Protocol):
    """What policies remember: within a committee, items of a kind and the holders that they lie with."""

    def of(self, committee: CommitteeId, kind: str, holder: str) -> list[str]:
        """The items of this kind that the holder has, in a fixed order."""
        ...

    def holders(self, committee: CommitteeId, kind: str, item: str) -> list[str]:
        """The holders of one item, in a fixed order."""
        ...

    def hold(self, committee: CommitteeId, kind: str, item: str, holders: Iterable[str]) -> None:
        """Add holders to an item."""
        ...

    def let_go(self, committee: CommitteeId, kind: str, item: str) -> None:
        """Forget an item with all its holders."""
        ...

    def wake(self, because: Envelope[Event], policy: str, item: str, days: Iterable[date]) -> None:
        """Have the policy of this name ring over an item when each of these days has come.

        The days take the place of those set before for the same policy and item; none: it sleeps. What is
        known only from a source rings never: of the past there is evidence or none, and nobody to remind.
        """
        ...

    def let_sleep(self, committee: CommitteeId, policy: str, item: str) -> None:
        """Forget the days of an item."""
        ...


@dataclass(frozen=True)
class Alarm:
    """A day that has come for an item of a policy; `because` is the event that set it."""

    because: Envelope[Event]
    item: str
    day: date


def day_after(last: Deadline | date | None, told: Envelope[Event]) -> tuple[date, ...]:
    """The first day on which a last day has passed, but none before the day of the event that tells of it;
    none where no day binds, or none comes after it."""
    if isinstance(last, Deadline):
        last = last.latest
    if last is None or last == date.max:
        return ()
    return (max(last + timedelta(days=1), told.meta.effective_at.latest),)


def nothing(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """The reaction of a policy that only looks at the clock."""
    return iter(())


@dataclass(frozen=True)
class Policy:
    """`react` yields commands; `remember` keeps in `Holdings` what a later reaction will need.

    For every event, all policies react first and remember afterwards. `ring` yields commands when a day has
    come that was set by `Holdings.wake`; the day is its only clock, so it may be asked again at any time.
    """

    name: str
    react: Callable[[Envelope[Event], Holdings], Iterator[Asked]] = nothing
    remember: Callable[[Envelope[Event], Holdings], None] | None = None
    ring: Callable[[Alarm, Holdings], Iterator[Asked]] | None = None
