"""Who comes after an agency that ended, and what is handed on: work follows its agency (D1).

Published language, like `events.py`: the contexts whose items lie with agencies write their policies with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.members.events import AgencyDissolved, AgencyMerged
from shared.envelope import Envelope
from shared.messages import AgencyId, CommitteeId, Event
from shared.policies import Holdings

SUCCESSOR = "successor"
"""The kind under which `Holdings` keeps who came after an agency that ended."""


@dataclass(frozen=True)
class Handover:
    """An open item that lies with an agency that ended, and the agencies that it goes to."""

    item: str
    ended: AgencyId
    heirs: tuple[AgencyId, ...]

    @property
    def key(self) -> str:
        return f"{self.item}:{self.ended}"

    @property
    def reason(self) -> str:
        return f"{self.ended} → {', '.join(self.heirs)}"


def handovers(
    envelope: Envelope[Event], holdings: Holdings, kind: str, given: tuple[str, tuple[AgencyId, ...]] | None
) -> Iterator[Handover]:
    """What is to be handed on after an event.

    When an agency ends: every item of this kind that it holds. When an item was just `given` (its id and
    its holders), also to agencies that had ended by then, as happens to what is recorded late: that item.
    An agency that left no successor keeps what it has; a leader has to move it.
    """
    committee = envelope.committee
    match envelope.event:
        case AgencyMerged(agency_id=ended, successor=successor):
            yield from _all_of(ended, standing(holdings, committee, (successor,)), committee, holdings, kind)
        case AgencyDissolved(agency_id=ended, successors=successors):
            yield from _all_of(ended, standing(holdings, committee, successors), committee, holdings, kind)
        case _ if given is not None:
            item, holders = given
            for agency in dict.fromkeys(holders):
                heirs = standing(holdings, committee, (agency,))
                if heirs not in ((), (agency,)):
                    yield Handover(item, agency, heirs)


def _all_of(
    ended: AgencyId, heirs: tuple[AgencyId, ...], committee: CommitteeId, holdings: Holdings, kind: str
) -> Iterator[Handover]:
    if heirs:
        for item in holdings.of(committee, kind, ended):
            yield Handover(item, ended, heirs)


def standing(
    holdings: Holdings, committee: CommitteeId, agencies: tuple[AgencyId, ...]
) -> tuple[AgencyId, ...]:
    """These agencies, with each that ended replaced by its successors, theirs, and so on; nobody twice."""
    found: dict[AgencyId, None] = {}
    waiting, seen = list(agencies), set[AgencyId]()
    while waiting:
        agency = waiting.pop(0)
        if agency in seen:
            continue
        seen.add(agency)
        successors = [AgencyId(heir) for heir in holdings.holders(committee, SUCCESSOR, agency)]
        waiting[:0] = successors
        if not successors:
            found[agency] = None
    return tuple(found)


def remember_succession(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Keep who came after which agency."""
    match envelope.event:
        case AgencyMerged(agency_id=ended, successor=successor):
            _remember(envelope, holdings, ended, (successor,))
        case AgencyDissolved(agency_id=ended, successors=successors):
            _remember(envelope, holdings, ended, successors)


def _remember(
    envelope: Envelope[Event], holdings: Holdings, ended: AgencyId, heirs: tuple[AgencyId, ...]
) -> None:
    holdings.let_go(envelope.committee, SUCCESSOR, ended)
    holdings.hold(envelope.committee, SUCCESSOR, ended, heirs)
