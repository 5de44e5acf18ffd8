"""The followers of the store as they last described themselves, and how far each is behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shared.eventstore.port import EventStore, StoreError
from shared.followers.lag import Lag, lag
from shared.followers.status import read_statuses


@dataclass(frozen=True)
class FollowerHealth:
    """One follower: its position, the events that wait (`more`: at least so many), and for how many seconds
    the first of them has waited. `pause` says since when, by whom and why it takes none."""

    name: str
    state: str
    position: int | None
    behind: int | None
    more: bool
    seconds: float | None
    generation: int | None
    epoch: str | None
    last_error: str | None
    pause: Mapping[str, Any] | None
    quarantine: int
    written_at: str | None

    @property
    def lag(self) -> Lag | None:
        if self.behind is None or self.seconds is None:
            return None
        return Lag(self.behind, self.seconds, self.more)


class Lags:
    """How far positions are behind a store, each looked up once; none where it does not answer."""

    def __init__(self, store: EventStore | None) -> None:
        self._store, self._now = store, datetime.now(UTC)
        self._known: dict[int, Lag] = {}

    def of(self, position: int | None) -> Lag | None:
        if self._store is None or position is None:
            return None
        if position not in self._known:
            try:
                self._known[position] = lag(self._store, position, self._now)
            except StoreError:
                return None
        return self._known[position]


def followers_of(data: Path, lags: Lags) -> list[FollowerHealth]:
    """Every follower that ever ran on this data folder."""
    return [follower(name, said, lags) for name, said in read_statuses(data).items()]


def follower(name: str, said: Mapping[str, Any], lags: Lags) -> FollowerHealth:
    position = said.get("position")
    found = lags.of(None if position is None else int(position))
    return FollowerHealth(
        name=name,
        state=str(said.get("state")),
        position=position,
        behind=found.events if found else None,
        more=bool(found and found.more),
        seconds=found.seconds if found else None,
        generation=said.get("generation"),
        epoch=said.get("epoch"),
        last_error=said.get("last_error"),
        pause=said.get("pause"),
        quarantine=len(said.get("quarantine", [])),
        written_at=said.get("written_at"),
    )
