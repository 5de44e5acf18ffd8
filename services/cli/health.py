"""The health of the system: facts from the supervisor, the followers, the store and the services."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from services.cli.followers import FollowerHealth, Lags, follower
from services.cli.system import FOLLOWERS, SERVICES
from shared.bus.rpc import Services
from shared.eventstore.connect import open_store
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import EventStore, StoreError
from shared.followers.status import read_statuses
from shared.runtime.supervisor import read_status
from shared.settings import Settings

FRESH: Final = 60.0
"""Seconds after which a follower that says nothing any more counts as gone."""
GOOD: Final = ("following", "ready", "consuming")


@dataclass
class Health:
    """All that was found. `faults` are sentences' ends: none means well."""

    processes: Sequence[Mapping[str, Any]] | None
    followers: list[FollowerHealth] = field(default_factory=list)
    quarantine: list[Mapping[str, Any]] = field(default_factory=list)
    services: dict[str, int] = field(default_factory=dict)
    head: int | None = None
    epoch: str | None = None
    clock: Mapping[str, Any] | None = None
    """The day that the alarms have come to, how many wait, and over how many a policy failed."""
    refusals: int = 0
    """Commands of policies that a service refused."""
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {"healthy": not self.faults, **asdict(self)}


def examine(settings: Settings) -> Health:
    """Look once at everything; what does not answer is a fault, not an error."""
    supervisor = read_status(settings.data)
    health = Health(supervisor["processes"] if supervisor else None)
    store = open_store(settings)
    try:
        answers = _store(health, store)
        _processes(health)
        _services(health, settings)
        lags = Lags(store if answers else None)
        for name, said in read_statuses(settings.data).items():
            _follower(health, name, said, lags)
    finally:
        store.close()
    for name in (*FOLLOWERS, "inbox"):
        if all(one.name != name for one in health.followers):
            health.faults.append(f"{name}: not running")
    return health


def _store(health: Health, store: EventStore) -> bool:
    """Whether it answers."""
    try:
        health.head, health.epoch = store.head(), str(current_epoch(store))
    except StoreError as error:
        health.faults.append(f"store: {error}")
    return health.epoch is not None


def _processes(health: Health) -> None:
    if health.processes is None:
        health.faults.append("supervisor: not running")
        return
    for one in health.processes:
        if one["state"] != "ready":
            health.faults.append(f"{one['name']}: {one['state']}")


def _services(health: Health, settings: Settings) -> None:
    services = Services(str(settings.amqp_uri))
    try:
        health.services = {name: services.running(name) for name in (*SERVICES, "records")}
    finally:
        services.close()
    health.faults += [f"{name}: not running" for name, count in health.services.items() if not count]


def _follower(health: Health, name: str, said: Mapping[str, Any], lags: Lags) -> None:
    one = follower(name, said, lags)
    state, epoch = one.state, one.epoch
    health.followers.append(one)
    health.quarantine += [{"follower": name, **one} for one in said.get("quarantine", [])]
    if state not in GOOD or _age(said) > FRESH:
        health.faults.append(f"{name}: {state if state not in GOOD else 'silent'}")
    if epoch is not None and health.epoch is not None and epoch != health.epoch:
        health.faults.append(f"{name}: epoch {epoch}")
    if clock := said.get("clock"):
        health.clock, health.refusals = clock, int(said.get("refusals", 0))
        if clock.get("failed"):
            health.faults.append(f"{name}: {clock['failed']} alarms failed")
    if said.get("quarantine"):
        health.faults.append(f"{name}: {len(said['quarantine'])} quarantined")


def _age(said: Mapping[str, Any]) -> float:
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(str(said.get("written_at")))).total_seconds()
    except ValueError:
        return FRESH + 1
