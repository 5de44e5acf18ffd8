"""What members ask for after an event: these commands, no others, the same twice."""

from datetime import date

import pytest

from services.members import agency, committee
from services.members.commands import (
    DesignateFocalPoint,
    LapseSeats,
    NoteDelegationExpired,
    RegisterChildCommittee,
    TransferSeats,
)
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AgencyRegistered,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    CommitteeEstablished,
    CommitteeRenamed,
    DelegationEnded,
    Duty,
    FocalPointDesignated,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import Parameters, remember_parameters, remembered
from services.members.policies import POLICIES
from services.members.roster import decider as member
from shared.envelope import Envelope, Source
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event
from shared.policies import Asked
from tests.unit.given import SOURCE, act
from tests.unit.holdings import MemoryHoldings, rung_after
from tests.unit.rows import COMMITTEE, envelopes

OLD, NEW = AgencyId("so-a"), AgencyId("so-b")
ABOVE = CommitteeId("tinhmau")
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
        DesignateFocalPoint(agency_id=NEW, duty=Duty.FEEDBACK, predecessor=OLD),
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


def test_a_focal_point_follows_through_mergers_one_right_after_the_other() -> None:
    """The designation after the first merger is read only after the second."""
    last = AgencyId("so-c")
    again = AgencyMerged(agency_id=NEW, name="Sở B", successor=last, successor_name="Sở C")
    focal = ("committee", FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK))
    commands = [one.command for one in asked(focal, ("agency", MERGED), ("agency", again))]
    assert DesignateFocalPoint(agency_id=last, duty=Duty.FEEDBACK, predecessor=NEW) in commands


def test_a_regulation_that_sets_nothing_has_the_usual_parameters_again() -> None:
    first, second = (DocumentRef(number=one) for one in ("64/QĐ-BCĐ", "70/QĐ-BCĐ"))
    monthly = RegulationAdopted(
        regulation=first, title="Quy chế", parameters=Parameters(meeting_interval_months=1)
    )
    amended = RegulationAmended(regulation=first, amendment=second, summary="Sửa câu chữ")
    holdings = MemoryHoldings()
    for event, months in (
        (monthly, 1),
        (amended, 1),
        (RegulationAdopted(regulation=second, title="Quy chế mới", replaces=first), 3),
    ):
        [envelope] = envelopes(committee.decider, "charter", [event], act("chair"))
        remember_parameters(envelope, holdings)
        assert remembered(holdings, COMMITTEE).meeting_interval_months == months


@pytest.mark.parametrize("successors", [(), (NEW,), (NEW, AgencyId("so-c"))])
def test_seats_of_an_agency_without_one_single_successor_lapse(successors: tuple[AgencyId, ...]) -> None:
    commands = asked(
        ("committee", FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK)),
        ("agency", AgencyDissolved(agency_id=OLD, name="Sở A", successors=successors)),
    )
    assert [one.command for one in commands] == [LapseSeats(agency_id=OLD, reason="Sở A giải thể")]


def test_a_dissolved_agency_with_one_single_successor_hands_on_as_a_merger_does() -> None:
    dissolved = AgencyDissolved(agency_id=OLD, name="Sở A", successors=(NEW,), successor_name="Sở B")
    focal = ("committee", FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK))
    commands = asked(focal, ("agency", dissolved))
    assert commands == asked(focal, ("agency", MERGED))
    assert [type(one.command) for one in commands] == [TransferSeats, DesignateFocalPoint]


def test_other_events_ask_for_nothing() -> None:
    assert asked(("agency", AgencyRegistered(agency_id=OLD, name="Sở A"))) == []
    assert asked(("committee", CommitteeEstablished(name="Ban"))) == []
    assert asked(("committee", CommitteeEstablished(name="Ban", parent=COMMITTEE))) == []
    assert asked(("committee", CommitteeRenamed(old_name="Ban", new_name="Ban mới"))) == []


def test_the_committee_above_knows_those_under_it_by_their_names() -> None:
    established = ("committee", CommitteeEstablished(name="Ban huyện", parent=ABOVE))
    [registered] = asked(established)
    assert registered.command == RegisterChildCommittee(child=COMMITTEE, name="Ban huyện")
    assert (registered.service, registered.committee) == ("members", ABOVE)
    [renamed] = asked(established, ("committee", CommitteeRenamed(old_name="Ban huyện", new_name="Ban mới")))
    assert renamed.command == RegisterChildCommittee(child=COMMITTEE, name="Ban mới")
    assert renamed.committee == ABOVE


def told(*events: Event, source: Source | None = None) -> list[Envelope[Event]]:
    return envelopes(member.decider, "roster", events, act("chair", at="2026-06-01", source=source))


ABSENT = ChairAbsenceDeclared(absence_id="v1", since=date(2026, 6, 1), until=date(2026, 6, 5))
DELEGATED = AuthorityDelegated(
    delegation_id="u1",
    delegate_seat="thuong-truc",
    scope="họp",
    since=date(2026, 6, 1),
    until=date(2026, 6, 7),
)


def test_a_delegation_or_absence_expires_on_the_day_after_its_last() -> None:
    rung = rung_after(POLICIES, told(ABSENT, DELEGATED), date(2026, 6, 30))
    assert [(day, one.command) for day, one in rung] == [
        (date(2026, 6, 6), NoteDelegationExpired(delegation_id="v1", today=date(2026, 6, 6))),
        (date(2026, 6, 8), NoteDelegationExpired(delegation_id="u1", today=date(2026, 6, 8))),
    ]
    assert rung_after(POLICIES, told(ABSENT, DELEGATED), date(2026, 6, 5)) == []


def test_what_ended_early_or_is_known_from_a_source_does_not_ring() -> None:
    ended = told(ABSENT, DELEGATED, ChairAbsenceEnded(absence_id="v1"), DelegationEnded(delegation_id="u1"))
    assert rung_after(POLICIES, ended, date(2026, 6, 30)) == []
    assert rung_after(POLICIES, told(ABSENT, source=SOURCE), date(2026, 6, 30)) == []
    for_ever = DELEGATED.model_copy(update={"until": date.max})
    assert rung_after(POLICIES, told(for_ever), date.max) == []
