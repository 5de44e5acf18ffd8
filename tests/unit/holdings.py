"""What policies remember, in memory, and what they ask for in a course of events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Asked, Policy


@dataclass
class MemoryHoldings:
    """`Holdings` in a dictionary: holders of an item in the order in which they were added."""

    _held: dict[tuple[CommitteeId, str], dict[str, dict[str, None]]] = field(default_factory=dict)

    def of(self, committee: CommitteeId, kind: str, holder: str) -> list[str]:
        items = self._held.get((committee, kind), {})
        return sorted(item for item, holders in items.items() if holder in holders)

    def holders(self, committee: CommitteeId, kind: str, item: str) -> list[str]:
        return list(self._held.get((committee, kind), {}).get(item, {}))

    def hold(self, committee: CommitteeId, kind: str, item: str, holders: Iterable[str]) -> None:
        items = self._held.setdefault((committee, kind), {})
        items.setdefault(item, {}).update(dict.fromkeys(holders))

    def let_go(self, committee: CommitteeId, kind: str, item: str) -> None:
        self._held.get((committee, kind), {}).pop(item, None)


def asked_after(policies: Sequence[Policy], recorded: Sequence[Envelope[Event]]) -> list[Asked]:
    """What these policies ask for after the last of these events.

    For every event all policies react first and remember afterwards; each event is delivered twice and
    must ask for the same.
    """
    holdings = MemoryHoldings()
    reactions: list[list[Asked]] = [[]]
    for envelope in recorded:
        reactions.append([one for policy in policies for one in policy.react(envelope, holdings)])
        assert [one for policy in policies for one in policy.react(envelope, holdings)] == reactions[-1]
        for policy in policies:
            if policy.remember:
                policy.remember(envelope, holdings)
    return reactions[-1]
