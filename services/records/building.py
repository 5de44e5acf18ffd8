"""A generation on its way through the store: batch by batch, each with its checkpoint in one transaction."""

from collections.abc import Callable
from typing import Final

from services.records.generation import BOOKS, Generation
from services.records.projecting import Models
from shared.eventstore.paging import batches
from shared.eventstore.port import EventStore

BATCH: Final = 1000
"""Events in one transaction, and in memory."""

Progress = Callable[[int, int, int], None]
"""Called after each batch with: events read so far, position, position to reach."""


def silent(_events: int, _position: int, _until: int) -> None:
    """Progress that nobody watches."""


class Building:
    """Goes on from the checkpoint of a generation; `position` is where it is, `count` what it has read."""

    def __init__(
        self, store: EventStore, generation: Generation, models: Models, progress: Progress = silent
    ) -> None:
        self._store, self.generation, self.models, self._progress = store, generation, models, progress
        self.position, self.count = generation.checkpoint().position, 0

    def head(self) -> int:
        return self._store.head()

    def to(self, until: int) -> None:
        """Project the events after the checkpoint, up to a position."""
        if until <= self.position:
            return
        for batch in batches(self._store.read_all(after=self.position), BATCH, until):
            with self.generation.writer.begin() as db:
                BOOKS.advance(db, self.position, batch[-1].position)
                self.models.project(db, batch)
            self.position, self.count = batch[-1].position, self.count + len(batch)
            self._progress(self.count, self.position, until)
