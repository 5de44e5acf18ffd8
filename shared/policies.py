"""Policies: whenever this happened, ask for that. Pure functions from an event to commands.

A policy may look up what it remembers in `Holdings` (who holds which open item), and nothing else.
The follower derives each command's id from the event and the policy, so that twice is once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from shared.envelope import Envelope
from shared.messages import Command, CommitteeId, Event


@dataclass(frozen=True)
class Asked:
    """A command that a policy asks of a service. `key` tells it from others after the same event."""

    service: str
    command: Command
    key: str


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


@dataclass(frozen=True)
class Policy:
    """`react` yields commands; `remember` keeps in `Holdings` what a later reaction will need.

    For every event, all policies react first and remember afterwards.
    """

    name: str
    react: Callable[[Envelope[Event], Holdings], Iterator[Asked]]
    remember: Callable[[Envelope[Event], Holdings], None] | None = None
