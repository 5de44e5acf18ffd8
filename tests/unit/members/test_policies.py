"""What members ask for after an event: these commands, no others, the same twice."""

from services.members import agency, committee
from services.members.commands import DesignateFocalPoint, LapseSeats, TransferSeats
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AgencyRegistered,
    CommitteeEstablished,
    Duty,
    FocalPointDesignated,
)
from services.members.policies import POLICIES
from shared.messages import AgencyId, Event
from shared.policies import Asked
from tests.unit.given import act
from tests.unit.holdings import MemoryHoldings
from tests.unit.rows import envelopes

OLD, NEW = AgencyId("so-a"), AgencyId("so-b")
MERGED = AgencyMerged(agency_id=OLD, name="Sở A", successor=NEW, successor_name="Sở B")


def asked(*events: tuple[str, Event]) -> list[Asked]:
    """What all policies ask for after the last of these events, which is delivered twice."""
    holdings = MemoryHoldings()
    deciders = {"committee": committee.decider, "agency": agency.decider}
    reactions: list[list[Asked]] = []
    for n, (category, event) in enumerate([*events, events[-1]]):
        [envelope] = envelopes(deciders[category], "x", [event], act("issuer"), first=n)  # type: ignore[arg-type]
        reactions.append([one for policy in POLICIES for one in policy.react(envelope, holdings)])
        if n < len(events) - 1:
            for policy in POLICIES:
                if policy.remember:
                    policy.remember(envelope, holdings)
    assert reactions[-1] == reactions[-2]
    return reactions[-1]


def test_a_merger_moves_seats_and_focal_points() -> None:
    commands = asked(
        ("committee", FocalPointDesignated(agency_id=NEW, duty=Duty.STANDING_OFFICE)),
        ("committee", FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK)),
        ("agency", MERGED),
    )
    assert [one.command for one in commands] == [
        TransferSeats(predecessor=OLD, predecessor_name="Sở A", successor=NEW, successor_name="Sở B"),
        DesignateFocalPoint(agency_id=NEW, duty=Duty.FEEDBACK),
    ]
    assert len({one.key for one in commands}) == 2
    assert {one.service for one in commands} == {"members"}


def test_a_focal_point_that_moved_on_is_forgotten() -> None:
    commands = asked(
        ("committee", FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK)),
        ("committee", FocalPointDesignated(agency_id=NEW, duty=Duty.FEEDBACK)),
        ("agency", MERGED),
    )
    assert [type(one.command) for one in commands] == [TransferSeats]


def test_seats_of_a_dissolved_agency_lapse() -> None:
    commands = asked(("agency", AgencyDissolved(agency_id=OLD, name="Sở A", successors=(NEW,))))
    assert [one.command for one in commands] == [LapseSeats(agency_id=OLD, reason="Sở A: dissolved")]


def test_other_events_ask_for_nothing() -> None:
    assert asked(("agency", AgencyRegistered(agency_id=OLD, name="Sở A"))) == []
    assert asked(("committee", CommitteeEstablished(name="Ban"))) == []
