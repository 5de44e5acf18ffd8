"""The events of a committee as a view counts them, decoded from the journal: for what judges or adds up."""

import inspect
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import Any

from services.records.journal import events_where, journal, recorded
from services.records.views import CHUNK, View
from shared.envelope import Envelope
from shared.history import Codec
from shared.messages import Event


def past(
    view: View,
    codec: Codec,
    committee: str,
    types: Collection[str] | None = None,
    streams: Collection[str] | None = None,
) -> Iterator[Envelope[Event]]:
    """In the order of the store, of these types or streams where any are given; few in memory at a time."""
    here = [journal.c.committee == committee, view.counting]
    if types is not None:
        here.append(journal.c.type.in_(types))
    if streams is not None:
        here.append(journal.c.stream.in_(streams))
    rows: Any = view.events.execute(events_where(*here), execution_options={"yield_per": CHUNK}).mappings()
    return (codec.decode(recorded(row)) for row in rows)


def types_in(*modules: ModuleType) -> frozenset[str]:
    """The stored names of the events that these modules can look at: those whose classes they import."""
    found = (value for module in modules for value in vars(module).values() if inspect.isclass(value))
    return frozenset(value.__name__ for value in found if issubclass(value, Event))
