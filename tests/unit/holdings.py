"""What policies remember, in memory, and what they ask for in a course of events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Alarm, Asked, Policy


@dataclass
class MemoryHoldings:
    """`Holdings` in a dictionary: holders of an item in the order in which they were added."""

    _held: dict[tuple[CommitteeId, str], dict[str, dict[str, None]]] = field(default_factory=dict)
    alarms: dict[tuple[CommitteeId, str, str], tuple[Envelope[Event], list[date]]] = field(
        default_factory=dict
    )
    """By committee, policy and item: the event that set the days, and those that are still to come."""

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

    def wake(self, because: Envelope[Event], policy: str, item: str, days: Iterable[date]) -> None:
        self.let_sleep(because.committee, policy, item)
        if because.meta.source is None and (to_come := sorted(set(days))):
            self.alarms[because.committee, policy, item] = (because, to_come)

    def let_sleep(self, committee: CommitteeId, policy: str, item: str) -> None:
        self.alarms.pop((committee, policy, item), None)

    def next_due(self, today: date) -> tuple[str, Alarm] | None:
        """The policy and the earliest of its days that has come by `today`; it is taken off the list."""
        waiting = [(days[0], *key) for key, (_, days) in self.alarms.items() if days[0] <= today]
        if not waiting:
            return None
        _, *key = min(waiting)
        committee, policy, item = CommitteeId(key[0]), key[1], key[2]
        because, days = self.alarms[committee, policy, item]
        alarm = Alarm(because, item, days[0])
        if days[1:]:
            self.alarms[committee, policy, item] = (because, days[1:])
        else:
            self.let_sleep(committee, policy, item)
        return policy, alarm


def rung_after(
    policies: Sequence[Policy], recorded: Sequence[Envelope[Event]], today: date
) -> list[tuple[date, Asked]]:
    """What these policies ask for when the clock comes to `today` after these events, and on which day."""
    holdings = MemoryHoldings()
    for envelope in recorded:
        for policy in policies:
            if policy.remember:
                policy.remember(envelope, holdings)
    by_name = {policy.name: policy.ring for policy in policies}
    asked: list[tuple[date, Asked]] = []
    while due := holdings.next_due(today):
        name, alarm = due
        ring = by_name[name]
        assert ring is not None, f"{name} set a day, and does not ring"
        asked += ((alarm.day, one) for one in ring(alarm, holdings))
    return asked


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
