"""The records of members after events, delivered once or twice."""

from datetime import date
from typing import Any

import pytest

from services.members import agency, committee
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    AgencyRegistered,
    AgencyRenamed,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    CommitteeEstablished,
    CommitteeRenamed,
    CompositionDecided,
    DelegationEnded,
    Duty,
    FocalPointDesignated,
    HeadCountReported,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RegulationAdopted,
    ResponsibilityAssigned,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.projections import (
    READ_MODELS,
    agencies,
    committee_names,
    committees,
    head_counts,
    seats,
)
from services.members.roster import decider as member
from services.members.roster.delegation_records import delegations
from services.members.roster.portfolio_records import responsibilities
from shared.decider import Decider
from shared.envelope import Envelope, Source
from shared.messages import AgencyId, DocumentRef, Event, PersonId
from tests.unit.given import DECISION, act
from tests.unit.rows import envelopes, project, rows

OLD, NEW = AgencyId("so-a"), AgencyId("so-b")
TWICE = pytest.mark.parametrize("twice", [False, True])


def recorded(
    decider: Decider[Any, Any, Any],
    stream_id: str,
    *events: Event,
    at: str = "2021-10-13",
    source: Source | None = None,
) -> list[Envelope[Event]]:
    by = act("issuer", at=at, document=DECISION, source=source)
    return envelopes(decider, stream_id, events, by)


def seat(seat_id: str, role: Role, agency_id: AgencyId | None = None) -> MemberAppointed:
    return MemberAppointed(
        seat_id=seat_id, post=f"Giám đốc {seat_id}", role=role, holder=PersonId(seat_id), agency_id=agency_id
    )


@TWICE
def test_the_committee_sheet_keeps_former_names(twice: bool) -> None:
    history = recorded(
        committee.decider,
        "charter",
        CommitteeEstablished(name="Ban cũ"),
        CommitteeRenamed(old_name="Ban cũ", new_name="Ban mới"),
        RegulationAdopted(regulation=DocumentRef(number="64/QĐ-BCĐ"), title="Quy chế"),
        FocalPointDesignated(agency_id=OLD, duty=Duty.FEEDBACK),
    )
    db = project(READ_MODELS, history, twice=twice)
    [row] = rows(db, committees)
    assert (row["name"], row["regulation"], row["feedback"]) == ("Ban mới", "64/QĐ-BCĐ", "so-a")
    assert {row["name"] for row in rows(db, committee_names)} == {"Ban cũ", "Ban mới"}


@TWICE
def test_the_agency_register_shows_succession(twice: bool) -> None:
    history = recorded(
        agency.decider,
        "register",
        AgencyRegistered(agency_id=OLD, name="Sở A"),
        AgencyRegistered(agency_id=NEW, name="Sở B"),
        AgencyRegistered(agency_id=AgencyId("huyen"), name="UBND các huyện", collective=True, count=11),
        AgencyRenamed(agency_id=NEW, old_name="Sở B", new_name="Sở B mới"),
        AgencyMerged(agency_id=OLD, name="Sở A", successor=NEW, successor_name="Sở B mới"),
        AgencyDissolved(agency_id=AgencyId("huyen"), name="UBND các huyện", successors=(NEW,)),
    )
    db = project(READ_MODELS, history, twice=twice)
    told = {
        row["agency"]: (row["name"], row["until"], row["successors"], row["count"])
        for row in rows(db, agencies)
    }
    assert told == {
        "so-a": ("Sở A", "2021-10-13", ["so-b"], None),
        "so-b": ("Sở B mới", None, [], None),
        "huyen": ("UBND các huyện", "2021-10-13", ["so-b"], 11),
    }


@TWICE
def test_the_member_register_keeps_every_time_that_a_seat_was_held(twice: bool) -> None:
    first = recorded(member.decider, "roster", seat("a", Role.CHAIR), seat("b", Role.MEMBER, OLD))
    by = act("issuer", at="2025-03-01", document=DECISION)
    later = envelopes(
        member.decider,
        "roster",
        [
            MemberReleased(seat_id="a", reason="thay thế"),
            seat("a", Role.CHAIR),
            MemberRoleChanged(seat_id="b", old_role=Role.MEMBER, new_role=Role.DEPUTY),
            SeatTransferred(
                seat_id="b",
                old_post="Giám đốc b",
                new_post="Giám đốc mới",
                old_holder=PersonId("b"),
                new_holder=PersonId("moi"),
                from_agency=OLD,
                to_agency=NEW,
            ),
            seat("c", Role.MEMBER, NEW),
            SeatFolded(seat_id="c", into="b", role_kept=Role.DEPUTY),
        ],
        by,
        first=2,
    )
    db = project(READ_MODELS, [*first, *later], twice=twice)
    told = [(r["seat"], r["role"], r["post"], r["agency"], r["since"], r["until"]) for r in rows(db, seats)]
    assert told == [
        ("a", "chair", "Giám đốc a", None, "2021-10-13", "2025-03-01"),
        ("a", "chair", "Giám đốc a", None, "2025-03-01", None),
        ("b", "deputy", "Giám đốc mới", "so-b", "2021-10-13", None),
        ("c", "member", "Giám đốc c", "so-b", "2025-03-01", "2025-03-01"),
    ]


@TWICE
def test_counts_duties_and_delegations_are_on_record(twice: bool) -> None:
    history = recorded(
        member.decider,
        "roster",
        CompositionDecided(seats=23),
        HeadCountReported(counts={"theo_tin": 19}, remark="nguồn ghi khác"),
        ResponsibilityAssigned(seat_id="a", field="Theo dõi", documents=(DECISION,)),
        ChairAbsenceDeclared(absence_id="v1", since=date(2022, 8, 1), until=date(2022, 8, 5)),
        AuthorityDelegated(
            delegation_id="u1", delegate_seat="b", scope="họp", since=date(2023, 1, 4), until=date(2023, 1, 4)
        ),
        DelegationEnded(delegation_id="u1"),
        source=Source(reference="https://example.org", stated=False, conflict="19 hay 23", missing=("số",)),
    )
    db = project(READ_MODELS, history, twice=twice)
    assert {(row["kind"], row["count"]) for row in rows(db, head_counts)} == {
        ("listed", 23),
        ("theo_tin", 19),
    }
    [duty] = rows(db, responsibilities)
    assert (duty["field"], duty["documents"]) == ("Theo dõi", ["2041/QĐ-UBND"])
    assert duty["doubts"] == {"not_stated": True, "missing": ["số"], "conflict": "19 hay 23"}
    told = [(row["delegation"], row["kind"], row["until"], row["ended"]) for row in rows(db, delegations)]
    assert told == [("u1", "delegation", "2023-01-04", "2021-10-13"), ("v1", "absence", "2022-08-05", None)]
