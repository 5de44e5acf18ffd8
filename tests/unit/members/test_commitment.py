"""Commitments: what a member puts into the programmes of the sector, and whether it was done (D6.1.b)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from services.members.commitment import decider as commitment
from services.members.commitment.commands import (
    CommitmentCommand,
    FulfilCommitment,
    MarkCommitmentOverdue,
    ReassignCommitment,
    RecordCommitment,
    WithdrawCommitment,
)
from services.members.commitment.events import (
    CommitmentFulfilled,
    CommitmentOverdue,
    CommitmentReassigned,
    CommitmentRecorded,
    CommitmentWithdrawn,
)
from services.members.commitment.records import READ_MODELS, commitments
from services.members.events import Role, SeatFolded
from services.members.parameters import Parameters, as_terms
from services.members.policies import POLICIES
from services.members.roster import decider as member
from services.members.rules import Rule
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import Event
from shared.policies import Asked
from tests.unit.given import DECISION, SOURCE, Story, act
from tests.unit.histories import acts, machine
from tests.unit.holdings import asked_after, rung_after
from tests.unit.rows import envelopes, project, rows

SEAT, OTHER = "giam-doc-so-a", "giam-doc-so-b"
DUE = Deadline(wording="quý II/2026", latest=date(2026, 6, 30))
DAY_AFTER = date(2026, 7, 1)
MEMBER = act("member", seat=SEAT, at="2026-01-05")
LATE_MEMBER = act("member", seat=SEAT, at="2026-07-15")
STRANGER = act("member", seat=OTHER, at="2026-01-05")
TEAM = act("team_member", at="2026-01-05")
CLOCK = act("policy", at="2026-07-01")
RECORD = RecordCommitment(
    commitment_id="ck-1",
    seat_id=SEAT,
    content="Số hóa toàn bộ hồ sơ của ngành",
    into="Chương trình phát triển ngành A đến 2030",
    document=DECISION,
    field="Phát triển dữ liệu ngành",
    deadline=DUE,
)
RECORDED = CommitmentRecorded.model_validate(RECORD.model_dump())
FULFIL = FulfilCommitment(
    commitment_id="ck-1", evidence="Đã đưa vào mục 3 của Chương trình", document=DECISION
)
FULFILLED = CommitmentFulfilled.model_validate(FULFIL.model_dump())
WITHDRAW = WithdrawCommitment(commitment_id="ck-1", reason="Chương trình không ban hành nữa")
WITHDRAWN = CommitmentWithdrawn(commitment_id="ck-1", reason=WITHDRAW.reason)
MARK = MarkCommitmentOverdue(commitment_id="ck-1", today=DAY_AFTER)
OVERDUE = CommitmentOverdue(commitment_id="ck-1", deadline=DUE, noticed_on=DAY_AFTER)
MOVE = ReassignCommitment(commitment_id="ck-1", from_seat=SEAT, to_seat=OTHER)
MOVED = CommitmentReassigned(commitment_id="ck-1", from_seat=SEAT, to_seat=OTHER)


@pytest.fixture
def story() -> Story:
    return Story(commitment.decider)


@pytest.mark.parametrize("by", [MEMBER, TEAM])
def test_the_member_commits_the_own_seat_or_the_team_notes_it(story: Story, by: Act) -> None:
    story.when(RECORD, by).then(RECORDED)
    story.when(RECORD, by).then_refused(Rule.COMMITMENT_IS_NEW)


@pytest.mark.parametrize("command", [RECORD, FULFIL, WITHDRAW])
@pytest.mark.parametrize("by", [STRANGER, act("chair"), act("issuer"), act("policy")])
def test_nobody_else_answers_for_it(story: Story, command: CommitmentCommand, by: Act) -> None:
    given = () if command is RECORD else (RECORDED,)
    story.given(*given).when(command, by).then_refused(Rule.COMMITMENT_BY_MEMBER)


def test_a_deadline_moves_off_a_day_of_rest_where_the_regulation_says_so(story: Story) -> None:
    sunday = Deadline(wording="ngày 14/6/2026", latest=date(2026, 6, 14))
    rolling = replace(MEMBER, terms=as_terms(Parameters(roll_deadlines=True)))
    story.when(RECORD.model_copy(update={"deadline": sunday}), rolling)
    [recorded] = story.outcome
    assert isinstance(recorded, CommitmentRecorded)
    assert recorded.deadline is not None
    assert (recorded.deadline.wording, recorded.deadline.latest) == (sunday.wording, date(2026, 6, 15))


def test_it_is_fulfilled_once(story: Story) -> None:
    story.given(RECORDED).when(FULFIL, MEMBER).then(FULFILLED)
    story.when(FULFIL, MEMBER).then_nothing()
    story.when(FULFIL.model_copy(update={"evidence": "khác"}), MEMBER).then_refused(Rule.COMMITMENT_IS_OPEN)
    story.when(WITHDRAW, MEMBER).then_refused(Rule.COMMITMENT_IS_OPEN)


def test_late_is_recorded_and_only_where_it_certainly_is(story: Story) -> None:
    story.given(RECORDED).when(FULFIL, LATE_MEMBER).then(FULFILLED.model_copy(update={"late": True}))
    some_day = act("member", seat=SEAT, at="2026")
    Story(commitment.decider).given(RECORDED).when(FULFIL, some_day).then(FULFILLED)


def test_it_is_withdrawn_with_a_reason(story: Story) -> None:
    story.given(RECORDED).when(WITHDRAW, MEMBER).then(WITHDRAWN)
    story.when(WITHDRAW, MEMBER).then_nothing()
    story.when(FULFIL, MEMBER).then_refused(Rule.COMMITMENT_IS_OPEN)


@pytest.mark.parametrize("command", [FULFIL, WITHDRAW])
def test_what_is_not_on_record_is_neither(story: Story, command: CommitmentCommand) -> None:
    story.when(command, MEMBER).then_refused(Rule.COMMITMENT_STANDS)


@pytest.mark.parametrize("by", [CLOCK, act("team_member", at="2026-07-01")])
def test_it_falls_overdue_once(story: Story, by: Act) -> None:
    story.given(RECORDED).when(MARK, by).then(OVERDUE)
    story.when(MARK, by).then_nothing()
    story.when(FULFIL, LATE_MEMBER).then(FULFILLED.model_copy(update={"late": True}))


def test_a_clock_says_nothing_of_what_is_not_due(story: Story) -> None:
    story.when(MARK, CLOCK).then_nothing()
    story.given(RECORDED).when(MARK, TEAM).then_nothing()  # of a day that is still to come
    story.when(MARK.model_copy(update={"today": DUE.latest}), CLOCK).then_nothing()
    for ended in (FULFILLED, WITHDRAWN, RECORDED.model_copy(update={"deadline": None})):
        Story(commitment.decider).given(RECORDED, ended).when(MARK, CLOCK).then_nothing()


def test_only_the_clock_or_the_team_says_that_it_is_overdue(story: Story) -> None:
    story.given(RECORDED).when(MARK, MEMBER).then_refused(Rule.COMMITMENT_OVERDUE_BY_CLOCK)


@pytest.mark.parametrize("by", [CLOCK, act("chair"), act("standing_deputy", acts_for="truong-ban")])
def test_it_goes_to_another_seat_and_is_answered_for_there(story: Story, by: Act) -> None:
    story.given(RECORDED).when(MOVE, by).then(MOVED)
    story.when(MOVE, by).then_nothing()
    story.when(FULFIL, MEMBER).then_refused(Rule.COMMITMENT_BY_MEMBER)
    story.when(FULFIL, STRANGER).then(FULFILLED)


def test_only_the_chair_or_what_follows_moves_it(story: Story) -> None:
    story.given(RECORDED).when(MOVE, MEMBER).then_refused(Rule.COMMITMENT_FOLLOWS_SEAT)


def test_what_ended_or_lies_elsewhere_is_not_moved(story: Story) -> None:
    story.when(MOVE, CLOCK).then_nothing()
    story.given(RECORDED).when(MOVE.model_copy(update={"from_seat": OTHER}), CLOCK).then_nothing()
    story.when(MOVE.model_copy(update={"to_seat": SEAT}), CLOCK).then_nothing()
    story.given(FULFILLED).when(MOVE, CLOCK).then_nothing()


def test_the_chair_is_told_why_nothing_is_moved(story: Story) -> None:
    chair = act("chair")
    story.when(MOVE, chair).then_refused(Rule.COMMITMENT_STANDS)
    elsewhere = ReassignCommitment(commitment_id="ck-1", from_seat=OTHER, to_seat="giam-doc-so-c")
    story.given(RECORDED).when(elsewhere, chair).then_refused(Rule.COMMITMENT_FOLLOWS_SEAT)
    story.given(FULFILLED).when(MOVE, chair).then_refused(Rule.COMMITMENT_IS_OPEN)


# The clock, and seats that are folded


def recorded(*events: Event, by: Act = MEMBER) -> list[Any]:
    return envelopes(commitment.decider, "ck-1", events, by)


def test_the_clock_asks_the_day_after_the_deadline() -> None:
    asked = rung_after(POLICIES, recorded(RECORDED), date(2026, 12, 31))
    assert asked == [(DAY_AFTER, Asked(service="members", command=MARK, key="ck-1"))]
    assert rung_after(POLICIES, recorded(RECORDED), date(2026, 6, 30)) == []


def test_nothing_was_noticed_before_it_was_told() -> None:
    [(day, asked)] = rung_after(POLICIES, recorded(RECORDED, by=LATE_MEMBER), date(2026, 12, 31))
    assert (day, asked.command) == (
        date(2026, 7, 15),
        MarkCommitmentOverdue(commitment_id="ck-1", today=date(2026, 7, 15)),
    )


@pytest.mark.parametrize("ended", [FULFILLED, WITHDRAWN])
def test_the_clock_sleeps_when_it_is_done(ended: Event) -> None:
    assert rung_after(POLICIES, recorded(RECORDED, ended), date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    "deadline", [None, Deadline(wording="theo quy định"), Deadline(wording="mãi mãi", latest=date.max)]
)
def test_where_the_words_fix_no_day_nothing_rings(deadline: Deadline | None) -> None:
    without = RECORDED.model_copy(update={"deadline": deadline})
    assert rung_after(POLICIES, recorded(without), date(2200, 1, 1)) == []


def folded() -> list[Any]:
    event = SeatFolded(seat_id=SEAT, into=OTHER, role_kept=Role.MEMBER)
    return envelopes(member.decider, "roster", [event], act("policy"))


def test_open_commitments_follow_a_seat_that_was_folded() -> None:
    [asked] = [one for one in asked_after(POLICIES, [*recorded(RECORDED), *folded()]) if one.command == MOVE]
    assert (asked.service, asked.key) == ("members", f"ck-1:{SEAT}")


def test_they_follow_through_seats_that_are_folded_at_one_stroke() -> None:
    """The reassignment after the first fold is read only after the second."""
    strokes = [
        SeatFolded(seat_id=SEAT, into=OTHER, role_kept=Role.MEMBER),
        SeatFolded(seat_id=OTHER, into="pho-ban", role_kept=Role.DEPUTY),
    ]
    course = [*recorded(RECORDED), *envelopes(member.decider, "roster", strokes, act("policy"))]
    [asked] = [one.command for one in asked_after(POLICIES, course)]
    assert asked == ReassignCommitment(commitment_id="ck-1", from_seat=OTHER, to_seat="pho-ban")


@pytest.mark.parametrize("ended", [FULFILLED, WITHDRAWN, MOVED])
def test_what_ended_or_moved_on_stays_where_it_is(ended: Event) -> None:
    asked = asked_after(POLICIES, [*recorded(RECORDED, ended), *folded()])
    assert not [one for one in asked if isinstance(one.command, ReassignCommitment)]


# The register


@pytest.mark.parametrize("twice", [False, True])
def test_the_register_by_member(twice: bool) -> None:
    late = FULFILLED.model_copy(update={"late": True})
    [row] = rows(project(READ_MODELS, recorded(RECORDED, OVERDUE, MOVED, late), twice=twice), commitments)
    told = ("seat", "promised_by", "text", "put_into", "field", "deadline_wording", "deadline_latest")
    assert [row[name] for name in told] == [
        OTHER,
        SEAT,
        RECORD.content,
        RECORD.into,
        RECORD.field,
        "quý II/2026",
        "2026-06-30",
    ]
    assert (row["state"], row["late"], row["overdue"], row["fell_overdue"]) == (
        "fulfilled",
        True,
        False,
        "2026-07-01",
    )
    assert (row["fulfilment"], row["fulfilment_document"]) == (FULFIL.evidence, str(DECISION))


@pytest.mark.parametrize(
    ("events", "told"),
    [((), ("open", False)), ((OVERDUE,), ("open", True)), ((OVERDUE, WITHDRAWN), ("withdrawn", False))],
)
def test_the_register_tells_the_states_apart(events: tuple[Event, ...], told: tuple[str, bool]) -> None:
    [row] = rows(project(READ_MODELS, recorded(RECORDED, *events)), commitments)
    assert (row["state"], row["overdue"]) == told


def test_what_a_source_tells_of_the_past_never_rings() -> None:
    by = act("record_keeper", source=SOURCE)
    assert rung_after(POLICIES, recorded(RECORDED, by=by), date(2026, 12, 31)) == []


# Any course of commands

ID = st.just("ck-1")
SEATS = st.sampled_from([SEAT, OTHER])
COMMANDS = st.one_of(
    st.builds(
        RecordCommitment,
        commitment_id=ID,
        seat_id=SEATS,
        content=st.just("Số hóa hồ sơ"),
        into=st.just("Chương trình A"),
        deadline=st.sampled_from([None, DUE, Deadline(wording="theo quy định")]),
    ),
    st.builds(FulfilCommitment, commitment_id=ID, evidence=st.sampled_from(["Mục 3", "Mục 4"])),
    st.builds(WithdrawCommitment, commitment_id=ID, reason=st.just("Không còn")),
    st.builds(
        MarkCommitmentOverdue,
        commitment_id=ID,
        today=st.sampled_from([date(2026, 6, 30), DAY_AFTER, date(2027, 1, 1)]),
    ),
    st.builds(ReassignCommitment, commitment_id=ID, from_seat=SEATS, to_seat=SEATS),
)


def holds(events: list[Event], now: commitment.Commitment) -> None:
    """Recorded first and once, ended once and last, overdue once and only with a deadline; the seat is the
    one that it came to last."""
    kinds = [type(event) for event in events]
    assert kinds[:1] in ([], [CommitmentRecorded])
    assert kinds.count(CommitmentRecorded) <= 1
    assert kinds.count(CommitmentOverdue) <= 1
    assert not {CommitmentFulfilled, CommitmentWithdrawn} & set(kinds[:-1])
    for event in events:
        if isinstance(event, CommitmentOverdue):
            assert event.deadline.passed(event.noticed_on)
        if isinstance(event, CommitmentFulfilled):
            assert not event.late or now.deadline is not None
    seats = [e.seat_id for e in events if isinstance(e, CommitmentRecorded)]
    seats += [e.to_seat for e in events if isinstance(e, CommitmentReassigned)]
    assert now.seat == (seats[-1] if seats else None)


TestAnyCourse = machine(commitment.decider, COMMANDS, acts(seats=(None, SEAT, OTHER)), holds)
