"""What a person may do on a day, and why: the capacities that events prove, and the commands open to each."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from typing import Any, Final
from uuid import UUID

from services.members import authority
from services.members.authority import Authority, mandate
from services.members.capacity import Capacity
from services.regulation.competence import FOR_THE_CHAIR, may
from shared.envelope import Claim, Envelope, Mandate, Request
from shared.errors import Refused
from shared.messages import CommitteeId, Event, PersonId

HELD: Final = tuple(one for one in Capacity if one not in (Capacity.ISSUER, Capacity.POLICY))
"""Capacities that a person has or has not; an outside authority acts by a document, a policy by an event."""


def powers(
    events: Iterable[Envelope[Event]], committee: CommitteeId, person: str, on: date
) -> dict[str, Any]:
    """The person's capacities on that day, each proven as a service would prove it."""
    known = reduce(authority.evolve, events, Authority())
    return {
        "person": person,
        "at": on.isoformat(),
        "in_force": known.binds(on),
        "capacities": [_told(proven) for proven in _proven(known, committee, person, on)],
    }


def _proven(known: Authority, committee: CommitteeId, person: str, on: date) -> Iterator[Mandate]:
    for capacity in HELD:
        claim = Claim(person=PersonId(person), capacity=capacity)
        request = Request(command_id=UUID(int=0), committee=committee, actor=claim, data={})
        try:
            yield mandate(request, on, known)
        except Refused:
            continue


def _told(proven: Mandate) -> dict[str, Any]:
    standing_in = proven.capacity == Capacity.STANDING_DEPUTY and proven.acts_for is not None
    way = FOR_THE_CHAIR if standing_in else proven.capacity
    open_to = {verdict: list(commands) for verdict, commands in may(way, proven.matters).items()}
    return {"way": way, **proven.model_dump(mode="json"), "may": open_to}
