"""Two generations at the very same position: which read models differ, where, and what may explain it."""

import time
from dataclasses import dataclass

from sqlalchemy import Connection

from services.records.building import Building
from services.records.differences import Difference, difference
from services.records.generation import BOOKS, Generation
from services.records.hashes import hash_of, shape_of_tables
from services.records.projecting import Models
from shared.catalogue import both
from shared.followers.books import Held
from shared.readmodels import ReadModel


@dataclass(frozen=True)
class Compared:
    """One read model before and after; `before` is None where there was nothing to compare with."""

    model: str
    rows: int
    before: str | None
    after: str
    difference: Difference | None = None

    @property
    def equal(self) -> bool | None:
        return None if self.before is None else self.before == self.after


@dataclass(frozen=True)
class Comparison:
    """What was found. `not_compared` says why not, `explained` why the two may well differ."""

    models: tuple[Compared, ...]
    quarantine: tuple[Held, ...]
    not_compared: str | None = None
    explained: tuple[str, ...] = ()
    worse: bool = False
    """The new one lacks what the old one had: it has a stream in quarantine, or less of the store."""

    @property
    def questionable(self) -> bool:
        """Whether a person should look before the new one is shown: it differs, and nothing says why."""
        differs = self.worse or any(one.equal is False for one in self.models)
        return differs and not self.explained


def incomparable(old: Generation | None, new: Generation) -> str | None:
    """Why the two cannot be compared at all."""
    if old is None:
        return both("records.none_before")
    if old.shape != shape_of_tables():
        return both("records.before_other_version")
    return both("records.before_other_epoch") if old.epoch != new.epoch else None


def alone(building: Building, why: str) -> Comparison:
    """What was built, without anything to compare it with."""
    with building.generation.reader.begin() as db:
        return Comparison(_hashed(db, building.models), tuple(BOOKS.held(db).values()), why)


def compared_with(old: Generation, building: Building, patience: float) -> Comparison:
    """Come up with the old generation, which may be moving, and compare both at its position.

    `patience` is how long, in seconds, it may take to come to the head of the store.
    """
    building.to(old.checkpoint().position)
    _wait_for(old, building.head(), patience)
    building.to(old.checkpoint().position)
    with old.reader.begin() as before:  # one unchanging state, checkpoint and rows alike
        at = BOOKS.read(before)
        reached = at.position if at else 0
        building.to(reached)
        if building.position != reached:
            why = both("operations.not_at_one_position", position=reached, other=building.position)
            found = alone(building, why)
            return Comparison(found.models, found.quarantine, why, worse=building.position < reached)
        with building.generation.reader.begin() as after:
            models = tuple(_compared(before, after, model) for model in building.models.models)
            held_before, held = BOOKS.held(before), BOOKS.held(after)
    explained = []
    if old.code != building.generation.code:
        explained.append(both("operations.other_code"))
    if freed := held_before.keys() - held.keys():
        explained.append(both("operations.freed", streams=", ".join(sorted(freed))))
    worse = bool(held.keys() - held_before.keys())
    return Comparison(models, tuple(held.values()), None, tuple(explained), worse)


def _compared(before: Connection, after: Connection, model: ReadModel) -> Compared:
    (old, _), (new, rows) = hash_of(before, model), hash_of(after, model)
    return Compared(model.name, rows, old, new, None if old == new else difference(before, after, model))


def _hashed(db: Connection, models: Models) -> tuple[Compared, ...]:
    hashes = ((model.name, *hash_of(db, model)) for model in models.models)
    return tuple(Compared(name, rows, None, hash_) for name, hash_, rows in hashes)


def _wait_for(old: Generation, head: int, patience: float) -> None:
    """Give the projections the time to come to the head."""
    deadline = time.monotonic() + patience
    while old.checkpoint().position < head and time.monotonic() < deadline:
        time.sleep(0.1)
