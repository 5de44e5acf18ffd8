"""Who may act as what on a day follows from the events of members, and from nothing else."""

from datetime import date
from typing import Any

import pytest

from services.members import agency, committee
from services.members.authority import Authority, evolve, mandate
from services.members.events import (
    AgencyMerged,
    AgencyRegistered,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    DelegationEnded,
    Duty,
    FocalPointDesignated,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    RegulationAdopted,
    Role,
    SeatTransferred,
)
from services.members.roster import decider as member
from services.members.rules import Rule
from shared.dates import Moment
from shared.decider import Decider
from shared.envelope import Claim, Mandate, Request, Source
from shared.messages import AgencyId, DocumentRef, Event, PersonId
from tests.unit.given import DECISION, SOURCE, act, refused
from tests.unit.rows import COMMITTEE, ROOT, envelopes

SCIENCE, NEW = AgencyId("so-khcn"), AgencyId("so-khcn-2025")


def seat(seat_id: str, role: Role, agency_id: AgencyId | None = None) -> MemberAppointed:
    return MemberAppointed(
        seat_id=seat_id, post=seat_id, role=role, holder=PersonId(f"nguoi-{seat_id}"), agency_id=agency_id
    )


HISTORY: list[tuple[str, Event, str]] = [
    ("agency", AgencyRegistered(agency_id=SCIENCE, name="Sở KH&CN"), "2020-01-01"),
    ("member", seat("truong", Role.CHAIR), "2021-10-13"),
    ("member", seat("thuong-truc", Role.STANDING_DEPUTY), "2021-10-13"),
    ("member", seat("khcn", Role.MEMBER, SCIENCE), "2021-10-13"),
    ("member", seat("to-truong", Role.TEAM_LEADER), "2022-06-14"),
    (
        "committee",
        RegulationAdopted(regulation=DocumentRef(number="64/QĐ-BCĐ"), title="Quy chế"),
        "2022-04-20",
    ),
    ("committee", FocalPointDesignated(agency_id=SCIENCE, duty=Duty.FEEDBACK), "2022-04-20"),
    (
        "member",
        ChairAbsenceDeclared(absence_id="a", since=date(2022, 8, 1), until=date(2022, 8, 5)),
        "2022-08-01",
    ),
    (
        "member",
        AuthorityDelegated(
            delegation_id="d",
            delegate_seat="thuong-truc",
            scope="họp",
            since=date(2023, 1, 1),
            until=date(2023, 1, 31),
        ),
        "2023-01-01",
    ),
    ("member", DelegationEnded(delegation_id="d"), "2023-01-10"),
    ("member", MemberRoleChanged(seat_id="khcn", old_role=Role.MEMBER, new_role=Role.DEPUTY), "2024-01-01"),
    ("agency", AgencyRegistered(agency_id=NEW, name="Sở KH&CN"), "2025-03-01"),
    ("agency", AgencyMerged(agency_id=SCIENCE, name="Sở", successor=NEW, successor_name="Sở"), "2025-03-01"),
    (
        "member",
        SeatTransferred(
            seat_id="khcn",
            old_post="khcn",
            new_post="khcn mới",
            old_holder=PersonId("nguoi-khcn"),
            new_holder=PersonId("nguoi-khcn"),
            from_agency=SCIENCE,
            to_agency=NEW,
        ),
        "2025-03-01",
    ),
    ("committee", FocalPointDesignated(agency_id=NEW, duty=Duty.FEEDBACK, predecessor=SCIENCE), "2025-03-01"),
    ("member", MemberReleased(seat_id="truong", reason="chuyển công tác"), "2025-06-01"),
]
DECIDERS: dict[str, Decider[Any, Any, Any]] = {
    "committee": committee.decider,
    "agency": agency.decider,
    "member": member.decider,
}
IDS = {"committee": "charter", "agency": "register", "member": "roster"}


@pytest.fixture(scope="module")
def authority() -> Authority:
    state, seen = Authority(), dict.fromkeys(DECIDERS, 0)
    for category, event, day in HISTORY:
        by = act("issuer", at=day, document=DECISION)
        [envelope] = envelopes(DECIDERS[category], IDS[category], [event], by, first=seen[category])
        seen[category] += 1
        state = evolve(state, envelope)
    return state


def ask(
    authority: Authority,
    person: str,
    capacity: str,
    day: str,
    source: Source | None = None,
    document: DocumentRef | None = None,
) -> Mandate:
    request = Request(
        command_id=ROOT,
        committee=COMMITTEE,
        actor=Claim(person=PersonId(person), capacity=capacity),
        data={},
        source=source,
        document=document,
    )
    return mandate(request, Moment(day).latest, authority)


@pytest.mark.parametrize(
    ("person", "capacity", "day", "evidence"),
    [
        ("nguoi-truong", "chair", "2022-09-28", ("member-langson.roster@0",)),
        ("nguoi-khcn", "member", "2023-12-31", ("member-langson.roster@2",)),
        ("nguoi-khcn", "deputy", "2024-01-01", ("member-langson.roster@7",)),
        ("nguoi-khcn", "deputy", "2025-03-01", ("member-langson.roster@8",)),
        ("nguoi-to-truong", "record_keeper", "2022-09-28", ("member-langson.roster@3",)),
        ("agency:so-khcn", "agency", "2022-09-28", ("agency-langson.register@0",)),
        (
            "nguoi-khcn",
            "focal_point",
            "2022-09-28",
            ("agency-langson.register@0", "committee-langson.charter@1"),
        ),
        (
            "agency:so-khcn-2025",
            "focal_point",
            "2025-03-01",
            ("agency-langson.register@1", "committee-langson.charter@2"),
        ),
    ],
)
def test_a_capacity_is_proven_by_the_event_that_gave_it(
    authority: Authority, person: str, capacity: str, day: str, evidence: tuple[str, ...]
) -> None:
    proven = ask(authority, person, capacity, day)
    assert (proven.capacity, proven.evidence, proven.bound) == (capacity, evidence, True)


@pytest.mark.parametrize(
    ("person", "capacity", "day"),
    [
        ("nguoi-truong", "chair", "2021-10-12"),  # the day before the appointment
        ("nguoi-truong", "chair", "2025-06-01"),  # the day of the release
        ("nguoi-khcn", "chair", "2022-09-28"),
        ("nguoi-khcn", "deputy", "2023-12-31"),
        ("nguoi-khcn", "member", "2024-01-01"),
        ("nguoi-la", "member", "2022-09-28"),
        ("agency:so-khcn", "agency", "2025-03-02"),  # merged the day before
        ("agency:khong-co", "agency", "2022-09-28"),
        ("nguoi-la", "agency", "2022-09-28"),
        ("nguoi-truong", "king", "2022-09-28"),
        ("ai-do", "issuer", "2022-09-28"),  # without a document
        ("policy:x", "policy", "2022-09-28"),  # without an event
        ("nguoi-khcn", "record_keeper", "2022-09-28"),  # not of the support team
    ],
)
def test_a_claim_that_no_event_proves_is_refused(
    authority: Authority, person: str, capacity: str, day: str
) -> None:
    with refused(Rule.CLAIM_IS_PROVEN):
        ask(authority, person, capacity, day)


@pytest.mark.parametrize(("agency_id", "day"), [("so-khcn", "2022-04-19"), ("so-khcn-moi", "2025-03-01")])
def test_only_the_focal_point_of_the_day_is_the_focal_point(
    authority: Authority, agency_id: str, day: str
) -> None:
    other = AgencyRegistered(agency_id=AgencyId("so-khcn-moi"), name="Sở khác")
    by = act("issuer", at="2025-01-01")
    [registered] = envelopes(agency.decider, IDS["agency"], [other], by, first=9)
    with refused(Rule.FOCAL_POINT_STANDS):
        ask(evolve(authority, registered), f"agency:{agency_id}", "focal_point", day)


@pytest.mark.parametrize("capacity", ["agency", "focal_point"])
def test_an_agency_acts_until_the_day_before_it_ends(authority: Authority, capacity: str) -> None:
    assert ask(authority, "agency:so-khcn", capacity, "2025-02-28").agency == SCIENCE
    with refused(Rule.CLAIM_IS_PROVEN):
        ask(authority, "agency:so-khcn", capacity, "2025-03-01")


def test_a_release_that_is_told_late_ends_what_came_after_its_day_too(authority: Authority) -> None:
    released = MemberReleased(seat_id="khcn", reason="chuyển công tác")
    [late] = envelopes(member.decider, "roster", [released], act("issuer", at="2023-06-01"), first=9)
    known = evolve(authority, late)
    assert ask(known, "nguoi-khcn", "member", "2023-05-31").seat == "khcn"
    for capacity, day in (("member", "2023-06-01"), ("deputy", "2024-06-01"), ("deputy", "2025-06-01")):
        with refused(Rule.CLAIM_IS_PROVEN):
            ask(known, "nguoi-khcn", capacity, day)


@pytest.mark.parametrize(
    ("day", "acts_for"),
    [
        ("2022-07-31", None),
        ("2022-08-01", "nguoi-truong"),
        ("2022-08-05", "nguoi-truong"),
        ("2022-08-06", None),
        ("2023-01-10", "nguoi-truong"),
        ("2023-01-11", None),  # ended early
    ],
)
def test_the_standing_deputy_acts_for_the_chair_only_in_the_period(
    authority: Authority, day: str, acts_for: str | None
) -> None:
    assert ask(authority, "nguoi-thuong-truc", "standing_deputy", day).acts_for == acts_for


def test_before_the_regulation_a_sourced_act_is_taken_at_its_word(authority: Authority) -> None:
    assert not ask(authority, "ai-do", "chair", "2022-04-19", source=SOURCE).bound
    with refused(Rule.CLAIM_IS_PROVEN):
        ask(authority, "ai-do", "chair", "2022-04-19")
    with refused(Rule.CLAIM_IS_PROVEN):
        ask(authority, "ai-do", "chair", "2022-04-20", source=SOURCE)


def test_an_outside_authority_acts_by_its_document(authority: Authority) -> None:
    assert ask(authority, "chu-tich", "issuer", "2022-09-28", document=DECISION).ground == "2041/QĐ-UBND"


def test_a_record_is_kept_from_a_source(authority: Authority) -> None:
    assert "D7.8" in ask(authority, "to-giup-viec", "record_keeper", "2022-09-28", source=SOURCE).ground
