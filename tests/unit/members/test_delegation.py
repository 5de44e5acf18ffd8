"""Who acts for the chair: absences and delegations, their matters, and how they end (D5.1)."""

from datetime import date
from typing import Any

import pytest

from services.members.authority import Authority, evolve, mandate
from services.members.capacity import for_the_chair, speaks_for
from services.members.commands import (
    DeclareChairAbsence,
    DelegateAuthority,
    EndChairAbsence,
    EndDelegation,
    NoteDelegationExpired,
)
from services.members.events import (
    AuthorityDelegated,
    ChairAbsenceDeclared,
    ChairAbsenceEnded,
    DelegationEnded,
    DelegationExpired,
    Matter,
    MemberAppointed,
    Role,
)
from services.members.roster import decider as member
from services.members.rules import Rule
from services.tasks.commands import IssueProgramme
from services.tasks.events import ProgrammeDrafted, ProgrammeIssued, ProgrammeSubmitted
from services.tasks.programme import decider as programme
from services.tasks.rules import Rule as TasksRule
from shared.dates import Moment
from shared.envelope import Act, Actor, Claim, Request
from shared.messages import Event, PersonId
from tests.unit.given import Story, act
from tests.unit.rows import COMMITTEE, ROOT, envelopes

CHAIR, POLICY = act("chair"), act("policy")


def seated(seat_id: str, role: Role) -> MemberAppointed:
    return MemberAppointed(seat_id=seat_id, post=seat_id, role=role, holder=PersonId(f"nguoi-{seat_id}"))


SEATS = (
    seated("truong", Role.CHAIR),
    seated("thuong-truc", Role.STANDING_DEPUTY),
    seated("khcn", Role.MEMBER),
)
DELEGATE = DelegateAuthority(
    delegation_id="u1",
    delegate_seat="thuong-truc",
    scope="chủ trì họp",
    since=date(2026, 6, 1),
    until=date(2026, 6, 7),
    matters=(Matter.MEETINGS,),
)
DELEGATED = AuthorityDelegated.model_validate(DELEGATE.model_dump())
DECLARE = DeclareChairAbsence(absence_id="v1", since=date(2026, 6, 1), until=date(2026, 6, 7))
ABSENT = ChairAbsenceDeclared.model_validate(DECLARE.model_dump())


@pytest.fixture
def story() -> Story:
    return Story(member.decider).given(*SEATS)


def changed(command: Any, **fields: object) -> Any:
    return command.model_copy(update=fields)


def test_the_chair_authorises_the_standing_deputy_for_a_period(story: Story) -> None:
    story.when(DELEGATE, CHAIR).then(DELEGATED)
    story.when(DELEGATE, CHAIR).then_nothing()
    story.when(DELEGATE, act("deputy")).then_refused(Rule.DELEGATED_BY_CHAIR)
    story.when(changed(DELEGATE, delegate_seat="khcn"), CHAIR).then_refused(Rule.DELEGATED_BY_CHAIR)
    story.when(changed(DELEGATE, delegate_seat="khong-co"), CHAIR).then_refused(Rule.SEAT_STANDS)
    story.when(changed(DELEGATE, until=date(2026, 5, 31)), CHAIR).then_refused(Rule.DELEGATION_HAS_A_PERIOD)


def test_the_chair_ends_a_delegation(story: Story) -> None:
    end = EndDelegation(delegation_id="u1")
    story.when(end, CHAIR).then_refused(Rule.DELEGATION_STANDS)
    story.given(DELEGATED).when(end, act("standing_deputy")).then_refused(Rule.DELEGATED_BY_CHAIR)
    story.when(end, CHAIR).then(DelegationEnded(delegation_id="u1"))
    story.when(end, CHAIR).then_nothing()


def test_the_absence_of_the_chair_is_declared(story: Story) -> None:
    story.when(DECLARE, act("deputy")).then(ABSENT)
    story.when(DECLARE, act("deputy")).then_nothing()
    story.when(DECLARE, act("member")).then_refused(Rule.RIGHT_COMPETENCE)
    backwards = changed(DECLARE, absence_id="v2", until=date(2026, 5, 31))
    story.when(backwards, CHAIR).then_refused(Rule.DELEGATION_HAS_A_PERIOD)


def test_the_chair_is_back_early(story: Story) -> None:
    back = EndChairAbsence(absence_id="v1")
    story.when(back, CHAIR).then_refused(Rule.DELEGATION_STANDS)
    story.given(ABSENT, DELEGATED).when(back, act("member")).then_refused(Rule.RIGHT_COMPETENCE)
    story.when(EndChairAbsence(absence_id="u1"), CHAIR).then_refused(Rule.DELEGATION_STANDS)
    story.when(EndDelegation(delegation_id="v1"), CHAIR).then_refused(Rule.DELEGATION_STANDS)
    story.when(back, CHAIR).then(ChairAbsenceEnded(absence_id="v1"))
    story.when(back, CHAIR).then_nothing()


def test_an_id_stands_for_one_period_only(story: Story) -> None:
    story.given(ABSENT, DELEGATED)
    story.when(changed(DECLARE, until=date(2026, 6, 8)), CHAIR).then_refused(Rule.DELEGATION_IS_NEW)
    story.when(changed(DELEGATE, delegation_id="v1"), CHAIR).then_refused(Rule.DELEGATION_IS_NEW)
    story.given(ChairAbsenceEnded(absence_id="v1"))
    story.when(DECLARE, CHAIR).then_refused(Rule.DELEGATION_IS_NEW)


@pytest.mark.parametrize("told", [ABSENT, DELEGATED])
def test_the_clock_notes_that_the_last_day_has_passed(story: Story, told: Event) -> None:
    item = "v1" if told is ABSENT else "u1"
    note = NoteDelegationExpired(delegation_id=item, today=date(2026, 6, 8))
    story.when(note, POLICY).then_nothing()
    story.given(told).when(changed(note, today=date(2026, 6, 7)), POLICY).then_nothing()
    story.when(note, CHAIR).then_refused(Rule.RIGHT_COMPETENCE)
    story.when(note, POLICY).then(DelegationExpired(delegation_id=item, last_day=date(2026, 6, 7)))
    story.when(note, POLICY).then_nothing()
    end = EndDelegation(delegation_id=item) if told is DELEGATED else EndChairAbsence(absence_id=item)
    story.when(end, CHAIR).then_nothing()


def test_what_ended_early_does_not_expire(story: Story) -> None:
    story.given(DELEGATED, DelegationEnded(delegation_id="u1"))
    story.when(NoteDelegationExpired(delegation_id="u1", today=date(2026, 6, 8)), POLICY).then_nothing()


def acting(day: str, *events: Event, ended: str = "2026-06-03") -> Act:
    """An act of the standing deputy on a day, by the mandate that follows from these events."""
    authority = Authority()
    for n, event in enumerate((*SEATS, *events)):
        at = ended if isinstance(event, DelegationEnded | ChairAbsenceEnded) else "2026-01-05"
        [envelope] = envelopes(member.decider, "roster", [event], act("issuer", at=at), first=n)
        authority = evolve(authority, envelope)
    claim = Claim(person=PersonId("nguoi-thuong-truc"), capacity="standing_deputy")
    request = Request(command_id=ROOT, committee=COMMITTEE, actor=claim, data={})
    proven = mandate(request, Moment(day).latest, authority)
    return Act(Actor(person=claim.person, capacity=claim.capacity, mandate=proven), Moment(day))


def test_a_delegation_for_meetings_does_not_let_one_issue_a_programme() -> None:
    for_meetings = acting("2026-06-02", DELEGATED)
    assert for_the_chair(for_meetings, Matter.MEETINGS)
    assert not for_the_chair(for_meetings, Matter.PROGRAMMES)
    submitted = (
        ProgrammeDrafted(programme_id="p", title="Chương trình 2026", year=2026),
        ProgrammeSubmitted(programme_id="p"),
    )
    issue = IssueProgramme(programme_id="p")
    Story(programme.decider).given(*submitted).when(issue, for_meetings).then_refused(
        TasksRule.ISSUED_BY_CHAIR
    )
    unlimited = acting("2026-06-02", changed(DELEGATED, matters=()))
    Story(programme.decider).given(*submitted).when(issue, unlimited).then_happened(ProgrammeIssued)


@pytest.mark.parametrize(
    ("day", "ended", "acts"),
    [
        ("2026-06-03", "2026-06-03", True),
        ("2026-06-04", "2026-06-03", False),
        ("2026-06-07", "2026-06-20", True),
        ("2026-06-08", "2026-06-20", False),  # an end that comes late makes nothing longer
    ],
)
@pytest.mark.parametrize("kind", ["absence", "delegation"])
def test_who_is_authorised_acts_until_the_end(day: str, ended: str, acts: bool, kind: str) -> None:
    whole: tuple[Event, ...] = (
        (ABSENT, ChairAbsenceEnded(absence_id="v1"))
        if kind == "absence"
        else (DELEGATED, DelegationEnded(delegation_id="u1"))
    )
    assert (acting(day, *whole, ended=ended).actor.mandate.acts_for is not None) is acts


def test_who_was_not_authorised_does_not_act_by_the_delegation_of_another() -> None:
    """The delegation names a seat: another standing deputy's is another."""
    other = changed(DELEGATED, delegate_seat="thuong-truc-truoc")
    assert acting("2026-06-02", other).actor.mandate.acts_for is None
    assert acting("2026-06-02", DELEGATED).actor.mandate.acts_for == "nguoi-truong"
    assert acting("2026-06-02", ABSENT).actor.mandate.acts_for == "nguoi-truong"


@pytest.mark.parametrize(
    ("capacity", "heads"),
    [
        ("agency", True),
        ("focal_point", True),
        ("member", True),
        ("chair", True),
        ("team_leader", False),
        ("team_member", False),
        ("record_keeper", False),
        ("issuer", False),
        ("policy", False),
    ],
)
def test_who_serves_in_the_support_team_does_not_speak_for_the_agency(capacity: str, heads: bool) -> None:
    assert speaks_for(act(capacity, agency="so-a"), "so-a") is heads
    assert speaks_for(act(capacity, agency="so-a", bound=False), "so-b")
