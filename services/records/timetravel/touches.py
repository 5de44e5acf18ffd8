"""Which event wrote which row: events folded once more, with every write noted."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any, Final

from sqlalchemy import Connection, Table

from services.records.projecting import Models
from shared.errors import UnknownEvent
from shared.eventstore.port import RecordedEvent
from shared.readmodels import Key, Rows

log = logging.getLogger(__name__)

RowKey = tuple[str, tuple[Any, ...]]
"""A table and the primary key of one of its rows."""
Touches = Mapping[RowKey, list[str]]
"""The references of the events that wrote a row, in their order."""
NOTHING: Final[Touches] = {}


def key_of(table: Table, row: Mapping[str, Any]) -> RowKey:
    return table.name, tuple(row[column.name] for column in table.primary_key)


class TracedRows(Rows):
    """Rows that note who wrote them. What a projection does by a statement of its own is not seen."""

    def __init__(self, db: Connection) -> None:
        super().__init__(db)
        self.touched: defaultdict[RowKey, list[str]] = defaultdict(list)
        self.by: str | None = None
        """The event that is being folded; None while nothing needs to be noted."""

    def put(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        self._note(key_of(table, key))
        super().put(table, key, values)

    def put_first(self, table: Table, key: Key, values: Mapping[str, Any]) -> None:
        if self.by is not None and not self.find(table, key):
            self._note(key_of(table, key))
        super().put_first(table, key, values)

    def change(self, table: Table, key: Key, values: Mapping[str, Any]) -> int:
        if self.by is not None:
            for row in self.find(table, key):
                self._note(key_of(table, dict(row)))
        return super().change(table, key, values)

    def _note(self, row: RowKey) -> None:
        if self.by is not None and self.by not in self.touched[row]:
            self.touched[row].append(self.by)


def touches(db: Connection, models: Models, events: Iterable[RecordedEvent], noted: Set[str]) -> Touches:
    """Fold the events into the empty tables of `db`; the rows that those in `noted` (references) wrote.

    A stream stops at an event that cannot be folded, as it does in the records.
    """
    rows, stopped = TracedRows(db), set[str]()
    for event in events:
        if event.stream in stopped:
            continue
        reference = f"{event.stream}@{event.revision}"
        rows.by = reference if reference in noted else None
        try:
            with db.begin_nested():
                envelope = models.codec.decode(event)
                for model in models.models:
                    if model.takes(type(envelope.event)):
                        model.project(rows, envelope)
                rows.flush()
        except (UnknownEvent, ValueError, KeyError, TypeError) as poison:
            log.warning("%s is left out: %s", reference, poison)
            stopped.add(event.stream)
    return dict(rows.touched)
