"""Calling, moving, calling off, opening and closing a meeting."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from services.meetings.commands import (
    CancelMeeting,
    CloseMeeting,
    ConveneMeeting,
    MeetingKind,
    OpenMeeting,
    PostponeMeeting,
)
from services.meetings.events import (
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
)
from services.meetings.meeting import decider
from services.meetings.rules import Rule
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.given import SOURCE, Story
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CANCELLED,
    CHAIR,
    CLOSED,
    CONVENE,
    CONVENED,
    DEPUTY,
    FOR_CHAIR,
    OPENED,
    OUTSIDE,
    PROGRAMME,
    STANDING,
    TEAM,
    M,
    before_regulation,
    on,
)

LATER = PostponeMeeting(meeting_id=M, held=Moment("2022-10-05"), reason="chờ số liệu")
CANCEL = CancelMeeting(meeting_id=M, reason="trùng kỳ họp HĐND")
OPEN = OpenMeeting(meeting_id=M)
CLOSE = CloseMeeting(meeting_id=M)


def meeting() -> Story:
    return Story(decider)


def convene(**changes: Any) -> ConveneMeeting:
    return CONVENE.model_copy(update=changes)


EXPANDED = convene(
    kind=MeetingKind.EXPANDED,
    subject_documents=(PROGRAMME,),
    invited_heads=(AgencyId("so-cong-thuong"),),
)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR])
def test_the_chair_convenes_or_who_acts_for_the_chair(who: Act) -> None:
    meeting().when(CONVENE, who).then(CONVENED)


@pytest.mark.parametrize("who", [STANDING, DEPUTY, BY_MEMBER, TEAM, OUTSIDE])
def test_nobody_else_convenes(who: Act) -> None:
    meeting().when(CONVENE, who).then_refused(Rule.CONVENED_BY_CHAIR)


@pytest.mark.parametrize("first", [CONVENED, CANCELLED])
def test_a_meeting_is_convened_once(first: MeetingConvened | MeetingCancelled) -> None:
    meeting().given(CONVENED, first).when(CONVENE, CHAIR).then_refused(Rule.CONVENED_ONCE)


def test_an_expanded_meeting_is_decided_by_the_chair() -> None:
    meeting().when(EXPANDED, CHAIR).then_happened(MeetingConvened)
    meeting().when(EXPANDED, DEPUTY).then_refused(Rule.EXPANDED_BY_CHAIR)


def test_an_expanded_meeting_needs_its_subject_and_the_heads() -> None:
    no_subject = EXPANDED.model_copy(update={"subject_documents": ()})
    no_heads = EXPANDED.model_copy(update={"invited_heads": ()})
    meeting().when(no_subject, CHAIR).then_refused(Rule.EXPANDED_HAS_A_SUBJECT)
    meeting().when(no_heads, CHAIR).then_refused(Rule.EXPANDED_INVITES_HEADS)
    meeting().when(convene(kind=MeetingKind.EXPANDED), before_regulation()).then_happened(MeetingConvened)


def test_working_sessions_are_held_by_the_chair_and_the_deputies() -> None:
    session = convene(kind=MeetingKind.WORKING_SESSION)
    for who in (CHAIR, STANDING, DEPUTY):
        meeting().when(session, who).then_happened(MeetingConvened)
    meeting().when(session, BY_MEMBER).then_refused(Rule.SESSION_BY_LEADERS)


def test_a_meeting_says_which_it_is_where_no_source_leaves_it_open() -> None:
    meeting().when(convene(kind=None), CHAIR).then_refused(Rule.KIND_IS_STATED)
    from_source = replace(CHAIR, source=SOURCE)
    meeting().when(convene(kind=None), from_source).then_happened(MeetingConvened)


def test_a_quarter_is_written_in_one_way() -> None:
    with pytest.raises(ValidationError):
        ConveneMeeting.model_validate({**CONVENE.model_dump(), "quarter": "III/2022"})


@pytest.mark.parametrize("name", ["0000-Q1", "2022-07--2022-09", "2022-06--2022-01"])
def test_a_meeting_covers_a_period_by_its_one_name(name: str) -> None:
    meeting().when(convene(quarter=name), CHAIR).then_refused(Rule.QUARTER_IS_NAMED)


def test_a_meeting_moves_to_another_day() -> None:
    moved = MeetingPostponed(
        meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10-05"), reason="chờ số liệu"
    )
    story = meeting().given(CONVENED).when(LATER, CHAIR).then(moved)
    story.when(LATER, CHAIR).then_nothing()


def test_a_meeting_is_called_to_a_place_and_a_secretary_is_named() -> None:
    there = {"place": "Phòng họp số 1", "secretary": "to-truong"}
    meeting().when(convene(**there), CHAIR).then(CONVENED.model_copy(update=there))


def test_a_meeting_moves_to_another_place_at_the_same_time() -> None:
    here = PostponeMeeting(meeting_id=M, held=CONVENED.held, reason="mất điện", place="Phòng họp số 2")
    moved = MeetingPostponed(
        meeting_id=M, held_before=CONVENED.held, held=CONVENED.held, reason="mất điện", place="Phòng họp số 2"
    )
    story = meeting().given(CONVENED).when(here, CHAIR).then(moved)
    story.when(here, CHAIR).then_nothing()


def test_where_only_the_time_moves_the_place_is_not_told_again() -> None:
    later = LATER.model_copy(update={"place": "Phòng họp số 1"})
    called = CONVENED.model_copy(update={"place": "Phòng họp số 1"})
    moved = MeetingPostponed(
        meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10-05"), reason="chờ số liệu"
    )
    meeting().given(called).when(later, CHAIR).then(moved)


def test_only_who_may_convene_moves_or_cancels() -> None:
    meeting().given(CONVENED).when(LATER, DEPUTY).then_refused(Rule.CONVENED_BY_CHAIR)
    meeting().given(CONVENED).when(CANCEL, DEPUTY).then_refused(Rule.CONVENED_BY_CHAIR)


def test_a_meeting_that_has_begun_is_neither_moved_nor_cancelled() -> None:
    for begun in ((OPENED,), (OPENED, CLOSED)):
        meeting().given(CONVENED, *begun).when(LATER, CHAIR).then_refused(Rule.NOT_YET_BEGUN)
        meeting().given(CONVENED, *begun).when(CANCEL, CHAIR).then_refused(Rule.NOT_YET_BEGUN)


def test_what_is_recorded_of_a_meeting_shows_that_it_has_begun() -> None:
    for proof in (
        AttendanceRecorded(meeting_id=M, participant="a", status=Attendance.PRESENT),
        ConclusionIssued(meeting_id=M, conclusion_id="kl", text="Giao rà soát."),
        MinutesApproved(meeting_id=M, minutes=PROGRAMME),
    ):
        meeting().given(CONVENED, proof).when(LATER, CHAIR).then_refused(Rule.NOT_YET_BEGUN)
        meeting().given(CONVENED, proof).when(CANCEL, CHAIR).then_refused(Rule.NOT_YET_BEGUN)


def test_cancelling_twice_stays_quiet() -> None:
    meeting().given(CONVENED).when(CANCEL, CHAIR).then(CANCELLED).when(CANCEL, CHAIR).then_nothing()


def test_nothing_happens_to_a_meeting_that_was_not_convened_or_was_cancelled() -> None:
    for command in (LATER, CANCEL, OPEN, CLOSE):
        meeting().when(command, CHAIR).then_refused(Rule.MEETING_STANDS)
    for command in (LATER, OPEN, CLOSE):
        meeting().given(CONVENED, CANCELLED).when(command, CHAIR).then_refused(Rule.MEETING_STANDS)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR, TEAM])
def test_a_meeting_opens_and_closes_once(who: Act) -> None:
    story = meeting().given(CONVENED).when(OPEN, who).then_happened(MeetingOpened)
    story.when(OPEN, who).then_nothing()
    story.when(CLOSE, who).then_happened(MeetingClosed)
    story.when(CLOSE, who).then_nothing()


def test_who_presides_opens_also_where_it_is_not_the_chair() -> None:
    by_deputy = CONVENED.model_copy(update={"presiding": STANDING.actor.person})
    meeting().given(by_deputy).when(OPEN, STANDING).then_happened(MeetingOpened)
    co_chaired = CONVENED.model_copy(update={"co_presiding": (DEPUTY.actor.person,)})
    meeting().given(co_chaired).when(OPEN, DEPUTY).then_happened(MeetingOpened)


def test_nobody_else_opens_or_closes() -> None:
    meeting().given(CONVENED).when(OPEN, BY_MEMBER).then_refused(Rule.PRESIDING_OPENS)
    meeting().given(CONVENED, OPENED).when(CLOSE, DEPUTY).then_refused(Rule.PRESIDING_OPENS)


def test_a_closed_meeting_does_not_open_again() -> None:
    meeting().given(CONVENED, OPENED, CLOSED).when(OPEN, CHAIR).then_refused(Rule.NOT_OVER)


def test_a_meeting_closes_only_after_it_began() -> None:
    early = on("2022-09-20", CHAIR)
    meeting().given(CONVENED).when(CLOSE, early).then_refused(Rule.HAS_BEGUN)
    meeting().given(CONVENED, OPENED).when(CLOSE, early).then_happened(MeetingClosed)
    meeting().given(CONVENED).when(CLOSE, CHAIR).then_happened(MeetingClosed)
