"""Who presides may change; it is recorded, never assumed."""

import pytest

from services.meetings.commands import (
    ApproveAbsence,
    ChangePresiding,
    InviteParticipant,
    IssueConclusion,
    MeetingKind,
)
from services.meetings.events import AbsenceApproved, PresidingChanged
from services.meetings.meeting import decider
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.envelope import Act
from tests.unit.given import Story, act
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CANCELLED,
    CHAIR,
    CLOSED,
    CONVENED,
    DEPUTY,
    FOR_CHAIR,
    MEMBER,
    OPENED,
    REPORTED,
    STANDING,
    TEAM,
    M,
)

HAND_OVER = ChangePresiding(
    meeting_id=M,
    presiding=STANDING.actor.person,
    presiding_post="Phó Chủ tịch UBND tỉnh",
    reason="Trưởng Ban đi công tác",
)
HANDED_OVER = PresidingChanged(
    meeting_id=M,
    presiding_before=CHAIR.actor.person,
    presiding=STANDING.actor.person,
    presiding_post="Phó Chủ tịch UBND tỉnh",
    reason="Trưởng Ban đi công tác",
)
APPROVE = ApproveAbsence(meeting_id=M, member=MEMBER)


def meeting() -> Story:
    return Story(decider).given(CONVENED)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR])
def test_the_chair_has_another_one_preside(who: Act) -> None:
    story = meeting().given(OPENED, REPORTED).when(HAND_OVER, who).then(HANDED_OVER)
    story.when(HAND_OVER, who).then_nothing()
    story.when(APPROVE, CHAIR).then_refused(Rule.PRESIDING_APPROVES)
    story.when(APPROVE, STANDING).then_happened(AbsenceApproved)


@pytest.mark.parametrize("who", [STANDING, DEPUTY, BY_MEMBER, TEAM])
def test_nobody_makes_oneself_preside(who: Act) -> None:
    meeting().when(HAND_OVER, who).then_refused(Rule.PRESIDING_CHANGED_BY)


def test_a_deputy_does_so_at_a_working_session() -> None:
    session = CONVENED.model_copy(update={"kind": MeetingKind.WORKING_SESSION})
    Story(decider).given(session).when(HAND_OVER, DEPUTY).then(HANDED_OVER)


OUT_OF_THE_SEAT = (
    Capacity.ISSUER,
    Capacity.POLICY,
    Capacity.AGENCY,
    Capacity.FOCAL_POINT,
    Capacity.TEAM_LEADER,
    Capacity.TEAM_MEMBER,
    Capacity.RECORD_KEEPER,
)


@pytest.mark.parametrize("capacity", OUT_OF_THE_SEAT)
def test_one_presides_from_a_seat_of_the_committee(capacity: Capacity) -> None:
    """The person who presides, in any other capacity, does not."""
    same = act(capacity, person=CHAIR.actor.person)
    story = meeting().given(OPENED, REPORTED).when(APPROVE, same).then_refused(Rule.PRESIDING_APPROVES)
    invite = InviteParticipant(meeting_id=M, participant="cuc-thue", post="Lãnh đạo Cục")
    story.when(invite, same).then_refused(Rule.PRESIDING_INVITES)
    conclude = IssueConclusion(meeting_id=M, conclusion_id="kl", text="Giao rà soát.")
    story.when(conclude, same).then_refused(Rule.PRESIDING_CONCLUDES)


def test_the_team_leader_presides_where_the_leaders_work_with_the_team() -> None:
    leader = act(Capacity.TEAM_LEADER, person="to-truong")
    convened = CONVENED.model_copy(update={"presiding": leader.actor.person})
    session = convened.model_copy(update={"kind": MeetingKind.WORKING_SESSION})
    Story(decider).given(session, REPORTED).when(APPROVE, leader).then_happened(AbsenceApproved)
    Story(decider).given(convened, REPORTED).when(APPROVE, leader).then_refused(Rule.PRESIDING_APPROVES)


def test_several_may_preside_together() -> None:
    together = HAND_OVER.model_copy(update={"co_presiding": (DEPUTY.actor.person,)})
    story = meeting().given(REPORTED).when(together, CHAIR).then_happened(PresidingChanged)
    story.when(APPROVE, DEPUTY).then_happened(AbsenceApproved)


def test_not_after_the_meeting_nor_of_one_that_does_not_stand() -> None:
    meeting().given(OPENED, CLOSED).when(HAND_OVER, CHAIR).then_refused(Rule.NOT_OVER)
    meeting().given(CANCELLED).when(HAND_OVER, CHAIR).then_refused(Rule.MEETING_STANDS)
