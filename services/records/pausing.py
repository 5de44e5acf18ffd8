"""A pause of the projections: a row in the control database, so that it outlives every process."""

import getpass
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, String, Table, insert

from services.records.generation import CONTROL

FOLLOWER: Final = "projections"
"""Who pauses: the name of the process that keeps the read models up to date."""
_pauses: Final = Table(
    "pauses",
    CONTROL,
    Column("id", Integer, primary_key=True),
    Column("since", String, nullable=False),
    Column("by", String, nullable=False),
    Column("why", String, nullable=False),
)
"""One row while the projections take no events, none while they do."""


@dataclass(frozen=True)
class Pause:
    """Since when, by whom and why the projections take no events."""

    since: str
    by: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def paused(db: Connection) -> Pause | None:
    row = db.execute(_pauses.select()).one_or_none()
    return Pause(row.since, row.by, row.why) if row else None


def pause(db: Connection, why: str, by: str) -> Pause:
    """Begin a pause; where there is one, it stays as it is."""
    if (known := paused(db)) is not None:
        return known
    begun = Pause(datetime.now(UTC).isoformat(timespec="seconds"), by, why)
    db.execute(insert(_pauses).values(id=1, **begun.as_dict()))
    return begun


def unpause(db: Connection) -> Pause | None:
    """End the pause; the one that there was."""
    known = paused(db)
    db.execute(_pauses.delete())
    return known


def who() -> str:
    """The user of this machine who asks."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "?"
