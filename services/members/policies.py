"""What members ask for when something happened, or when a day has come: seats and focal points follow their
agency, committees are known to the one above, and what was for a period ends with it."""

from collections.abc import Iterator

from services.members.commands import (
    DesignateFocalPoint,
    LapseSeats,
    NoteDelegationExpired,
    RegisterChildCommittee,
    TransferSeats,
)
from services.members.commitment import policies as commitment_policies
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    CommitteeEstablished,
    CommitteeRenamed,
    DelegationEnded,
    Duty,
    FocalPointDesignated,
)
from services.members.workgroup import policies as workgroup_policies
from shared.envelope import Envelope
from shared.messages import AgencyId, Command, CommitteeId, Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

DELEGATIONS = "delegations_expire"
FOCAL_POINT = "focal_point"
"""The kind under which `Holdings` keeps the duties of focal points and the agency of each."""
PARENT = "parent"
"""The kind, and the item, under which `Holdings` keeps the committee above."""


def seats_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1: an agency that ended hands its seats to the one single agency that comes after it; where there are
    many, a group of agencies, or none, its seats end."""
    match envelope.event:
        case AgencyMerged(successor=successor, successor_name=heir) as merged:
            yield _transfer(merged, successor, heir)
        case AgencyDissolved(successors=(successor, *_), successor_name=str() as heir) as dissolved:
            yield _transfer(dissolved, successor, heir)
        case AgencyDissolved() as dissolved:
            yield _ask(
                LapseSeats(agency_id=dissolved.agency_id, reason=f"{dissolved.name} giải thể"),
                dissolved.agency_id,
            )


def _transfer(ended: AgencyMerged | AgencyDissolved, successor: AgencyId, successor_name: str) -> Asked:
    command = TransferSeats(
        predecessor=ended.agency_id,
        predecessor_name=ended.name,
        successor=successor,
        successor_name=successor_name,
    )
    return _ask(command, ended.agency_id)


def focal_point_follows_its_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.6: the focal point moves with its agency."""
    match envelope.event:
        case (
            AgencyMerged(agency_id=ended, successor=successor)
            | AgencyDissolved(agency_id=ended, successors=(successor, *_), successor_name=str())
        ):
            yield from _focal_points(envelope, ended, successor, holdings)


def _focal_points(
    envelope: Envelope[Event], ended: AgencyId, successor: AgencyId, holdings: Holdings
) -> Iterator[Asked]:
    for duty in holdings.of(envelope.committee, FOCAL_POINT, ended):
        command = DesignateFocalPoint(agency_id=successor, duty=Duty(duty), predecessor=ended)
        yield _ask(command, f"{ended}:{duty}")


def remember_focal_points(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case FocalPointDesignated() as designated:
            _lies_with(envelope, designated.duty.value, designated.agency_id, holdings)
        case (
            AgencyMerged(agency_id=ended, successor=successor)
            | AgencyDissolved(agency_id=ended, successors=(successor, *_), successor_name=str())
        ):  # known at once: the successor may end before its designation is read
            for duty in holdings.of(envelope.committee, FOCAL_POINT, ended):
                _lies_with(envelope, duty, successor, holdings)


def _lies_with(envelope: Envelope[Event], duty: str, agency: AgencyId, holdings: Holdings) -> None:
    holdings.let_go(envelope.committee, FOCAL_POINT, duty)
    holdings.hold(envelope.committee, FOCAL_POINT, duty, (agency,))


def the_committee_above_knows(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D12.2: a committee that was established under another, or has a new name, is registered there."""
    match envelope.event:
        case CommitteeEstablished(parent=str() as above, name=name) if above != envelope.committee:
            yield _registered(envelope, above, name)
        case CommitteeRenamed(new_name=name):
            for parent in holdings.holders(envelope.committee, PARENT, PARENT):
                yield _registered(envelope, parent, name)


def remember_the_committee_above(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case CommitteeEstablished(parent=str() as parent) if parent != envelope.committee:
            holdings.hold(envelope.committee, PARENT, PARENT, (parent,))


def delegations_expire(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D5.1: the day after its last day, a delegation or an absence of the chair is noted as expired."""
    yield _ask(NoteDelegationExpired(delegation_id=alarm.item, today=alarm.day), alarm.item)


def remember_delegations(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case (
            ChairAbsenceDeclared(absence_id=item, until=until)
            | AuthorityDelegated(delegation_id=item, until=until)
        ):
            holdings.wake(envelope, DELEGATIONS, item, day_after(until, envelope))
        case DelegationEnded(delegation_id=item) | ChairAbsenceEnded(absence_id=item):
            holdings.let_sleep(envelope.committee, DELEGATIONS, item)


def _registered(envelope: Envelope[Event], parent: str, name: str) -> Asked:
    command = RegisterChildCommittee(child=envelope.committee, name=name)
    return Asked("members", command, envelope.committee, committee=CommitteeId(parent))


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="members", command=command, key=key)


POLICIES = (
    Policy("seats_follow_their_agency", seats_follow_their_agency),
    Policy("focal_point_follows_its_agency", focal_point_follows_its_agency, remember_focal_points),
    Policy("the_committee_above_knows", the_committee_above_knows, remember_the_committee_above),
    Policy(DELEGATIONS, remember=remember_delegations, ring=delegations_expire),
    *workgroup_policies.POLICIES,
    *commitment_policies.POLICIES,
)
