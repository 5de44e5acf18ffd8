"""From recorded events to rows: every read model sees every event, and a poison event stops its stream."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from sqlalchemy import Connection

from services.records.generation import BOOKS
from shared.errors import UnknownEvent
from shared.eventstore.epoch import of_store
from shared.eventstore.port import RecordedEvent
from shared.followers.books import Held
from shared.followers.database import OUT_OF_REACH
from shared.history import Codec
from shared.messages import Event
from shared.readmodels import ReadModel, Rows

log = logging.getLogger(__name__)


class Poison(Exception):
    """A projection could not take an event; the text says which and why."""


@dataclass(frozen=True)
class Models:
    """All read models, and the codec for the events that they are made of."""

    codec: Codec
    models: tuple[ReadModel, ...]

    @cached_property
    def _taking(self) -> Callable[[type[Event]], tuple[ReadModel, ...]]:
        return cache(lambda event: tuple(model for model in self.models if model.takes(event)))

    def only(self, names: Collection[str]) -> "Models":
        """Those of the read models that have one of these names."""
        return replace(self, models=tuple(model for model in self.models if model.name in names))

    def types(self) -> list[str]:
        """The stored names of the events that any of the models takes."""
        return [name for name, event in self.codec.types.items() if self._taking(event)]

    def project(self, db: Connection, batch: Sequence[RecordedEvent]) -> dict[str, Held]:
        """The rows after these events, within the caller's transaction; what is in quarantine then.

        The batch is tried at once; only where something in it fails, again event by event.
        """
        held = BOOKS.held(db)
        try:
            with db.begin_nested():
                self._all(db, batch, held)
        except (Poison, UnknownEvent):
            self._one_by_one(db, batch, held)
        return BOOKS.held(db) if held else held

    def _all(self, db: Connection, batch: Sequence[RecordedEvent], held: Mapping[str, Held]) -> None:
        """Raises UnknownEvent, Poison; a database out of reach is nobody's fault."""
        rows, waiting, where = Rows(db), Counter[str](), ""
        try:
            for event in batch:
                if event.stream in held:
                    waiting[event.stream] += 1
                elif not of_store(event):
                    envelope = self.codec.decode(event)
                    for model in self._taking(type(envelope.event)):
                        where = model.name
                        model.project(rows, envelope)
            where = "the rows of this event"
            rows.flush()
        except (UnknownEvent, *OUT_OF_REACH):
            raise
        except Exception as error:
            raise Poison(f"{where}: {type(error).__name__}: {error}") from error
        for stream, count in waiting.items():
            BOOKS.hold(db, stream, count)

    def _one_by_one(self, db: Connection, batch: Sequence[RecordedEvent], held: dict[str, Held]) -> None:
        for event in batch:
            try:
                with db.begin_nested():
                    self._all(db, (event,), held)
            except (Poison, UnknownEvent) as poison:
                held[event.stream] = BOOKS.quarantine_stream(db, event, str(poison))
                log.error(
                    "stream %s is in quarantine from revision %d on: %s", event.stream, event.revision, poison
                )
