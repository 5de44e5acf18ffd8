"""The records of staff, duties and delegations after events, delivered once or twice."""

from datetime import date

import pytest

from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    DelegationExpired,
    Matter,
    MemberAppointed,
    MemberReleased,
    MemberRoleChanged,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
    SeatFolded,
    SeatTransferred,
)
from services.members.projections import READ_MODELS, seats
from services.members.roster import decider as member
from services.members.roster.delegation_records import delegations
from services.members.roster.portfolio_records import responsibilities
from services.members.roster.staff_events import (
    SupportStaffAssigned,
    SupportStaffNominated,
    SupportStaffReleased,
    SupportStaffReplaced,
    SupportStaffReplacementProposed,
)
from services.members.roster.staff_records import support_staff
from shared.envelope import Envelope
from shared.messages import AgencyId, Event, PersonId
from tests.unit.given import DECISION, act
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])
BUILD = AgencyId("so-xd")


def recorded(*events: Event) -> list[Envelope[Event]]:
    """One event a month, from January 2026."""
    return [
        envelope
        for n, event in enumerate(events)
        for envelope in envelopes(
            member.decider,
            "roster",
            [event],
            act("chair", at=f"2026-{n + 1:02}-01", document=DECISION),
            first=n,
        )
    ]


def assigned(seat_id: str, nomination_id: str | None = None) -> SupportStaffAssigned:
    return SupportStaffAssigned(
        seat_id=seat_id,
        post=f"Chuyên viên {seat_id}",
        role=Role.TEAM_MEMBER,
        holder=PersonId(f"nguoi-{seat_id}"),
        agency_id=BUILD,
        nomination_id=nomination_id,
    )


STAFF: tuple[Event, ...] = (
    SupportStaffNominated(
        nomination_id="dc1", agency_id=BUILD, nominee=PersonId("nguoi-to-1"), post="Chuyên viên to-1"
    ),
    assigned("to-1", "dc1"),
    SupportStaffReplacementProposed(seat_id="to-1", reason="không đáp ứng"),
    SupportStaffReplaced(
        seat_id="to-1",
        new_seat_id="to-2",
        post="Chuyên viên to-2",
        role=Role.TEAM_MEMBER,
        holder=PersonId("nguoi-to-2"),
        agency_id=BUILD,
    ),
    assigned("to-3"),
    SupportStaffReleased(seat_id="to-3", reason="hoàn thành nhiệm vụ"),
)


@TWICE
def test_the_staff_register_follows_everyone_who_was_sent(twice: bool) -> None:
    states = []
    for until in range(1, 4):
        [row] = rows(project(READ_MODELS, recorded(*STAFF[:until]), twice=twice), support_staff)
        states.append(row["state"])
    assert states == ["nominated", "assigned", "replacement_proposed"]
    db = project(READ_MODELS, recorded(*STAFF), twice=twice)
    told = {
        row["seat"]: (row["state"], row["nominated"], row["assigned"], row["until"], row["successor_seat"])
        for row in rows(db, support_staff)
    }
    assert told == {
        "to-1": ("replaced", "2026-01-01", "2026-02-01", "2026-04-01", "to-2"),
        "to-2": ("assigned", None, "2026-04-01", None, None),
        "to-3": ("released", None, "2026-05-01", "2026-06-01", None),
    }
    because = {row["seat"]: row["because"] for row in rows(db, support_staff)}
    assert because == {"to-1": "không đáp ứng", "to-2": None, "to-3": "hoàn thành nhiệm vụ"}


@TWICE
def test_their_seats_stand_in_the_member_register(twice: bool) -> None:
    db = project(READ_MODELS, recorded(*STAFF), twice=twice)
    told = {row["seat"]: (row["role"], row["since"], row["until"]) for row in rows(db, seats)}
    assert told == {
        "to-1": ("team_member", "2026-02-01", "2026-04-01"),
        "to-2": ("team_member", "2026-04-01", None),
        "to-3": ("team_member", "2026-05-01", "2026-06-01"),
    }


@TWICE
def test_who_was_appointed_to_the_team_by_decision_is_on_the_register_too(twice: bool) -> None:
    leader = MemberAppointed(seat_id="lead", post="Phó Giám đốc", role=Role.TEAM_MEMBER, holder=PersonId("p"))
    moved = SeatTransferred(
        seat_id="lead",
        old_post="Phó Giám đốc",
        new_post="Phó Giám đốc Sở mới",
        old_holder=PersonId("p"),
        new_holder=PersonId("p"),
        from_agency=BUILD,
        to_agency=AgencyId("so-moi"),
    )
    history = (
        leader,
        MemberRoleChanged(seat_id="lead", old_role=Role.TEAM_MEMBER, new_role=Role.TEAM_LEADER),
        moved,
        MemberReleased(seat_id="lead", reason="nghỉ hưu"),
        leader.model_copy(update={"seat_id": "ngoai", "role": Role.MEMBER}),
    )
    [row] = rows(project(READ_MODELS, recorded(*history), twice=twice), support_staff)
    assert (row["state"], row["role"], row["agency"], row["post"], row["because"]) == (
        "released",
        "team_leader",
        "so-moi",
        "Phó Giám đốc Sở mới",
        "nghỉ hưu",
    )


@TWICE
def test_the_portfolio_sheet_shows_who_took_over_and_when_it_ended(twice: bool) -> None:
    history: tuple[Event, ...] = (
        ResponsibilityAssigned(
            seat_id="a", field="Đô thị thông minh", clause="D6.2.e", coordinate_wording=("Sở TT&TT",)
        ),
        ResponsibilityAssigned(seat_id="a", field="Việc khác"),
        ResponsibilityAssigned(seat_id="c", field="Việc khác"),
        SeatFolded(seat_id="a", into="b", role_kept=Role.MEMBER),
        ResponsibilityReassigned(from_seat="a", to_seat="b", field="Đô thị thông minh", clause="D6.2.e"),
        MemberReleased(seat_id="c", reason="nghỉ hưu"),
    )
    db = project(READ_MODELS, recorded(*history), twice=twice)
    told = {
        (row["field"], row["seat"], row["from_seat"], row["moved"], row["until"])
        for row in rows(db, responsibilities)
    }
    assert told == {
        ("Đô thị thông minh", "b", "a", "2026-05-01", None),
        ("Việc khác", "a", None, None, None),
        ("Việc khác", "c", None, None, "2026-06-01"),
    }
    [smart] = rows(db, responsibilities, clause="D6.2.e")
    assert smart["coordinate_wording"] == ["Sở TT&TT"]


@TWICE
def test_the_delegation_register_says_how_each_ended(twice: bool) -> None:
    since, until = date(2026, 1, 1), date(2026, 3, 31)
    history: tuple[Event, ...] = (
        ChairAbsenceDeclared(absence_id="v1", since=since, until=until),
        AuthorityDelegated(
            delegation_id="u1",
            delegate_seat="b",
            scope="họp",
            since=since,
            until=until,
            matters=(Matter.MEETINGS,),
        ),
        ChairAbsenceEnded(absence_id="v1"),
        DelegationExpired(delegation_id="u1", last_day=until),
    )
    db = project(READ_MODELS, recorded(*history), twice=twice)
    told = {
        row["delegation"]: (row["ended"], row["expired"], row["matters"]) for row in rows(db, delegations)
    }
    assert told == {"v1": ("2026-03-01", None, []), "u1": (None, "2026-04-01", ["meetings"])}
