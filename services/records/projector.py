"""The projector: follows the store and keeps every read model of the current generation up to date.

Run it with `python -m services.records.projector`. Exactly one is needed; a second one does no harm.
"""

import logging
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from services.records.database import Database, read_database
from services.records.everything import MODELS
from services.records.generation import BOOKS, Generation
from services.records.hashes import shape_of_tables
from services.records.pausing import FOLLOWER, Pause
from services.records.projecting import Models
from shared.catalogue import both
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.books import Held, as_state
from shared.followers.database import OUT_OF_REACH
from shared.followers.errors import Moved, NeedsAPerson, NotNow, Paused
from shared.followers.process import run_follower
from shared.settings import Settings

log = logging.getLogger(__name__)

NAME: Final = FOLLOWER
REMEDY: Final = "records.run_rebuild"


class Projector:
    """One transaction for each batch: the rows, the quarantine and the checkpoint."""

    name = NAME

    def __init__(self, database: Database, models: Models) -> None:
        self._database, self._models = database, models
        self._generation: Generation | None = None
        self._position = 0
        self._held: dict[str, Held] = {}
        self._pause: Pause | None = None

    def resume(self, epoch: UUID) -> int:
        try:
            self._generation = self._database.ensure_current(epoch)
            if self._generation.shape != shape_of_tables():
                raise NeedsAPerson(both("records.other_version"), both(REMEDY))
            with self._generation.writer.begin() as db:
                self._position = BOOKS.resume(db, self.name, epoch, REMEDY)
                self._held = BOOKS.held(db)
        except OUT_OF_REACH as error:
            raise _out_of_reach(error) from error
        self._still_current()
        return self._position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        generation = self._still_current()
        try:
            with generation.writer.begin() as db:
                BOOKS.advance(db, self._position, batch[-1].position)
                self._held = self._models.project(db, batch)
        except OUT_OF_REACH as error:
            raise _out_of_reach(error) from error
        self._position = batch[-1].position

    def idle(self) -> None:
        self._still_current()

    def state(self) -> dict[str, Any]:
        number = self._generation.number if self._generation else None
        pause = self._pause.as_dict() if self._pause else None
        return {"generation": number, "pause": pause, **as_state(list(self._held.values()))}

    def _still_current(self) -> Generation:
        """The generation that is followed; raises Moved after a rebuild has switched to another, and Paused
        while somebody wants no events to be taken."""
        try:
            current, self._pause = self._database.standing()
        except OUT_OF_REACH as error:
            raise _out_of_reach(error) from error
        if self._generation is None or current != self._generation:
            raise Moved
        if self._pause is not None:
            raise Paused(self._position)
        return self._generation


def _out_of_reach(error: Exception) -> NotNow:
    return NotNow(f"the read database does not answer: {error}")


def make(settings: Settings, _store: EventStore) -> Projector:
    return Projector(read_database(settings), MODELS)


if __name__ == "__main__":
    run_follower(NAME, make)
