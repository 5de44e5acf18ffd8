"""What members ask for when something happened: seats and focal points follow their agency."""

from collections.abc import Iterator

from services.members.commands import DesignateFocalPoint, LapseSeats, TransferSeats
from services.members.events import AgencyDissolved, AgencyMerged, Duty, FocalPointDesignated
from shared.envelope import Envelope
from shared.messages import Command, Event
from shared.policies import Asked, Holdings, Policy


def seats_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1: an agency that was merged hands its seats to its successor; a dissolved one with a single
    successor too, and with none or many its seats end."""
    match envelope.event:
        case AgencyMerged() as merged:
            yield _ask(
                TransferSeats(
                    predecessor=merged.agency_id,
                    predecessor_name=merged.name,
                    successor=merged.successor,
                    successor_name=merged.successor_name,
                ),
                merged.agency_id,
            )
        case AgencyDissolved() as dissolved:
            yield _ask(
                LapseSeats(agency_id=dissolved.agency_id, reason=f"{dissolved.name}: dissolved"),
                dissolved.agency_id,
            )


def focal_point_follows_its_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.6: the focal point moves with its agency."""
    match envelope.event:
        case AgencyMerged() as merged:
            for duty in holdings.of(envelope.committee, "focal_point", merged.agency_id):
                yield _ask(
                    DesignateFocalPoint(agency_id=merged.successor, duty=Duty(duty)),
                    f"{merged.agency_id}:{duty}",
                )


def remember_focal_points(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case FocalPointDesignated() as designated:
            holdings.let_go(envelope.committee, "focal_point", designated.duty.value)
            holdings.hold(envelope.committee, "focal_point", designated.duty.value, (designated.agency_id,))


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="members", command=command, key=key)


POLICIES = (
    Policy("seats_follow_their_agency", seats_follow_their_agency),
    Policy("focal_point_follows_its_agency", focal_point_follows_its_agency, remember_focal_points),
)
