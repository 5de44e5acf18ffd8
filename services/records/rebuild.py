"""Rebuild every read model from the events alone, compare with what was there, and switch (blue/green).

The next generation is built behind the current one and compared with it at the very same position. Stopped or
killed half-way it leaves the current one as it was, and the next rebuild goes on from where it came to.
"""

import time
from dataclasses import dataclass

from services.records.building import Building, Progress, silent
from services.records.comparing import Compared, alone, compared_with, incomparable
from services.records.database import Database
from services.records.projecting import Models
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import EventStore
from shared.followers.books import Held

__all__ = ["Compared", "Progress", "Report", "rebuild"]


@dataclass(frozen=True)
class Report:
    """What a rebuild did. Hashes and rows are those at `position`; `reached` is how far the generation came.

    `resumed_after` is where an earlier rebuild had left it. `not_compared` says why, where the old generation
    could not be compared; `explained` are reasons why the two may differ. Where it was not `switched`, the
    new generation waits as the candidate.
    """

    generation: int
    previous: int | None
    position: int
    reached: int
    resumed_after: int
    epoch: str
    events: int
    seconds: float
    models: tuple[Compared, ...]
    quarantine: tuple[Held, ...]
    not_compared: str | None
    explained: tuple[str, ...]
    switched: bool

    @property
    def equal(self) -> bool:
        """Whether every model came out as it was."""
        return self.not_compared is None and all(one.equal for one in self.models)


def rebuild(
    store: EventStore,
    database: Database,
    models: Models,
    progress: Progress = silent,
    patience: float = 10.0,
    switch: bool | None = None,
) -> Report:
    """Build the next generation, compare, and switch unless it differs and nothing explains it; where
    `switch` is True switch in any case, where it is False in none.

    The projections may run meanwhile; `patience` is how long, in seconds, they may take to come to the head.
    While they pause, the next generation comes no further than they. Raises RebuildRuns, StoreUnavailable.
    """
    began = time.monotonic()
    with database.rebuilding():
        epoch = current_epoch(store)
        old, pause = database.standing()
        building = Building(store, database.build(epoch), models, progress)
        new, resumed_after = building.generation, building.position
        why_not = incomparable(old, new)
        if old is None or why_not is not None:
            building.to(store.head())
            found = alone(building, why_not or "")
        else:
            found = compared_with(old, building, 0.0 if pause else patience)
        position = building.position
        switched = not found.questionable if switch is None else switch
        if switched:
            if pause is None:
                building.to(store.head())
            database.switch(new)
        else:
            database.keep(new)
    return Report(
        generation=new.number,
        previous=old.number if old else None,
        position=position,
        reached=building.position,
        resumed_after=resumed_after,
        epoch=str(epoch),
        events=building.count,
        seconds=time.monotonic() - began,
        models=found.models,
        quarantine=found.quarantine,
        not_compared=found.not_compared,
        explained=found.explained,
        switched=switched,
    )
