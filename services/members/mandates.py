"""Proves claims against the store: reads what authority follows from, and asks `authority.py`."""

import re
from collections.abc import Mapping
from typing import Any, Final

from services.members.authority import STREAMS, Authority, evolve, mandate
from services.members.capacity import Capacity
from services.members.history import CODEC
from services.members.parameters import as_terms
from services.members.rules import Rule
from shared.dates import Moment
from shared.decider import require
from shared.envelope import Mandate, Request
from shared.eventstore.port import EventStore
from shared.messages import CommitteeId
from shared.stream_fold import StreamFold

COMMITTEE: Final = re.compile(r"[a-z0-9]+")
"""What a committee can be called: what else evidence names is not looked for."""


class Mandates:
    """The authority of every committee, kept up to date from the store. Safe between threads."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._folds: dict[CommitteeId, StreamFold[Authority]] = {}

    def mandate(self, request: Request, at: Moment) -> Mandate:
        """The mandate for a claim on the day of the act. Raises Refused, StoreUnavailable.

        An act whose day is only partly known is judged by the last day that it can mean.
        """
        if request.actor.capacity == Capacity.POLICY:
            self._follows_from_an_event(request)
        return mandate(request, at.latest, self.of(request.committee))

    def terms(self, request: Request, at: Moment) -> Mapping[str, Any]:
        """The parameters of the committee's regulation on the day of the act, by what the proof has read."""
        return as_terms(self._fold(request.committee).known().parameters_on(at.latest))

    def of(self, committee: CommitteeId) -> Authority:
        """What the events of `members` say at this moment. Raises StoreUnavailable."""
        return self._fold(committee).now()

    def _fold(self, committee: CommitteeId) -> StreamFold[Authority]:
        streams = tuple(stream.format(committee) for stream in STREAMS)
        return self._folds.setdefault(committee, StreamFold(self._store, CODEC, streams, Authority(), evolve))

    def _stands_under(self, above: CommitteeId, below: CommitteeId) -> bool:
        return bool(COMMITTEE.fullmatch(below)) and self.of(below).parent == above

    def _follows_from_an_event(self, request: Request) -> None:
        """A policy's command names the event that caused it; the event must be in the store, and be the
        committee's own, or of a committee that stands under it (D12.2)."""
        stream, _, revision = (request.actor.evidence or "").rpartition("@")
        whose = CommitteeId(stream.partition("-")[2].partition(".")[0])
        require(
            whose == request.committee or self._stands_under(request.committee, whose),
            Rule.OWN_COMMITTEE,
            f"{request.actor.evidence!r} is no event of {request.committee}, nor of a committee under it",
        )
        numbered = revision.isascii() and revision.isdigit()
        found = self._store.read_stream(stream, after=int(revision) - 1, limit=1) if numbered else []
        require(
            bool(found) and found[0].id == request.causation_id,
            Rule.CLAIM_IS_PROVEN,
            f"no recorded event {request.causation_id} at {request.actor.evidence!r}",
        )
