"""The past of a committee as a view has it in its journal: a few streams are in memory at a time."""

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from typing import Final

from sqlalchemy import func, select

from services.members import authority
from services.records.compliance.serving import BY_WHAT_IT_SAYS, served
from services.records.compliance.standing import Recorded
from services.records.compliance.telling import Cited, History
from services.records.journal import events_where, journal, recorded
from services.records.past import past
from services.records.views import CHUNK, View
from shared.handling import stream_name
from shared.history import Codec
from shared.messages import CommitteeId, Event

TOGETHER: Final = 50
"""Streams that are read in one query."""


class Journalled:
    """As `compliance.telling.Telling` promises."""

    def __init__(self, view: View, codec: Codec, committee: str) -> None:
        self._view, self._codec, self._committee = view, codec, CommitteeId(committee)
        self._here = (journal.c.committee == committee, view.counting)

    def histories(self, category: str) -> Iterator[History]:
        begun = func.min(journal.c.position)
        named = journal.c.stream.startswith(stream_name(category, self._committee, ""), autoescape=True)
        query = select(journal.c.stream).where(*self._here, named).group_by(journal.c.stream).order_by(begun)
        streams = iter(self._view.events.execute(query).scalars().all())
        while names := list(islice(streams, TOGETHER)):
            yield from self._told(names)

    def history(self, category: str, stream_id: str) -> History:
        return next(self._told([stream_name(category, self._committee, stream_id)]))

    def of(self, event_type: type[Event]) -> Iterator[Recorded]:
        return past(self._view, self._codec, self._committee, types=[event_type.__name__])

    def proving(self) -> Iterator[Recorded]:
        streams = [stream.format(self._committee) for stream in authority.STREAMS]
        return past(self._view, self._codec, self._committee, streams=streams)

    def cited(self) -> Iterator[Cited]:
        both = merge(self._cited_alone(), self._cited_by_what_it_says(), key=lambda one: one[0])
        return (cited for _, cited in both)

    def _cited_alone(self) -> Iterator[tuple[int, Cited]]:
        """With their positions, the events that serve all that they cite: without what they say."""
        plain = (journal.c.position, journal.c.reference, journal.c.earliest, journal.c.clauses)
        others = journal.c.type.not_in(BY_WHAT_IT_SAYS)
        query = select(*plain).where(*self._here, others).order_by(journal.c.position)
        for row in self._view.events.execute(query, execution_options={"yield_per": CHUNK}):
            yield row.position, Cited(row.reference, date.fromisoformat(row.earliest), tuple(row.clauses))

    def _cited_by_what_it_says(self) -> Iterator[tuple[int, Cited]]:
        for one in past(self._view, self._codec, self._committee, types=BY_WHAT_IT_SAYS):
            yield one.position, Cited(one.reference, one.meta.effective_at.earliest, served(one))

    def live_from(self) -> date | None:
        query = select(func.min(journal.c.earliest)).where(*self._here, journal.c.source.is_(None))
        found = self._view.events.execute(query).scalar()
        return date.fromisoformat(found) if found else None

    def _told(self, names: Sequence[str]) -> Iterator[History]:
        """These streams, in this order."""
        found: dict[str, list[Recorded]] = {name: [] for name in names}
        rows = self._view.events.execute(events_where(*self._here, journal.c.stream.in_(names))).mappings()
        for row in rows:
            found[row["stream"]].append(self._codec.decode(recorded(row)))
        yield from found.values()
