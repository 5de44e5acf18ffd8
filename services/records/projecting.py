"""From recorded events to rows: every read model sees every event, and a poison event stops its stream."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.records.database import BOOKS
from shared.envelope import Envelope
from shared.errors import UnknownEvent
from shared.eventstore.epoch import is_epoch
from shared.eventstore.port import RecordedEvent
from shared.followers.books import Held
from shared.followers.database import OUT_OF_REACH
from shared.history import Codec
from shared.messages import Event
from shared.readmodels import ReadModel

log = logging.getLogger(__name__)


class Poison(Exception):
    """A projection could not take an event; the text says which and why."""


@dataclass(frozen=True)
class Models:
    """All read models, and the codec for the events that they are made of."""

    codec: Codec
    models: tuple[ReadModel, ...]

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

    def take(self, db: Connection, envelope: Envelope[Event]) -> None:
        """One event into every read model. Raises Poison; a database out of reach is nobody's fault."""
        for model in self.models:
            try:
                model.project(db, envelope)
            except OUT_OF_REACH:
                raise
            except Exception as error:
                raise Poison(f"{model.name}: {type(error).__name__}: {error}") from error

    def _all(self, db: Connection, batch: Sequence[RecordedEvent], held: Mapping[str, Held]) -> None:
        waiting: dict[str, int] = {}
        for event in batch:
            if event.stream in held:
                waiting[event.stream] = waiting.get(event.stream, 0) + 1
            elif not is_epoch(event):
                self.take(db, self.codec.decode(event))
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
