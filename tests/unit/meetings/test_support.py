"""Documents sent out, late conclusions, and what became of conclusions."""

from datetime import date

import pytest

from services.meetings.commands import (
    CheckConclusionFollowUp,
    CirculateMeetingDocuments,
    DutyToDo,
    FollowUp,
    IssueConclusion,
)
from services.meetings.events import (
    ConclusionFollowUpChecked,
    ConclusionIssued,
    MeetingDocumentsCirculated,
    MeetingPostponed,
)
from services.meetings.meeting import decider
from services.meetings.rules import Rule
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import Command, DocumentRef
from tests.unit.given import Story
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CANCELLED,
    CHAIR,
    CLOSED,
    CONVENED,
    DEPUTY,
    KEEPER,
    OPENED,
    TEAM,
    M,
    before_regulation,
    on,
    under,
)

REPORT = DocumentRef(number="45/BC-TGV", date=date(2022, 9, 20))
SEND = CirculateMeetingDocuments(meeting_id=M, documents=(REPORT,))
SENT = MeetingDocumentsCirculated(meeting_id=M, documents=(REPORT,))
CONCLUDE = IssueConclusion(meeting_id=M, conclusion_id="kl-1", text="Giao Sở Xây dựng rà soát tên đường.")
CONCLUDED = ConclusionIssued.model_validate(CONCLUDE.model_dump())
CHECK = CheckConclusionFollowUp(
    meeting_id=M, conclusion_id="kl-1", status=FollowUp.UNDER_WAY, findings="Đã rà soát 40/60 tuyến đường"
)
CHECKED = ConclusionFollowUpChecked.model_validate(CHECK.model_dump())
SATURDAY = Deadline(wording="ngày 01/10/2022", latest=date(2022, 10, 1))


def meeting() -> Story:
    return Story(decider).given(CONVENED)


@pytest.mark.parametrize("who", [TEAM, KEEPER])
def test_the_support_team_sends_the_documents_out(who: Act) -> None:
    story = meeting().when(SEND, on("2022-09-23", who)).then(SENT)
    story.when(SEND, on("2022-09-28", who)).then_nothing()
    only = SEND.model_copy(update={"to": ("cuc-thue",)})
    story.when(only, on("2022-09-23", who)).then_happened(MeetingDocumentsCirculated)


@pytest.mark.parametrize("who", [CHAIR, DEPUTY, BY_MEMBER])
def test_nobody_else_sends_them_out(who: Act) -> None:
    meeting().when(SEND, who).then_refused(Rule.TEAM_CIRCULATES)


@pytest.mark.parametrize(
    ("day", "late"),
    [("2022-09-23", False), ("2022-09-24", True), ("2022-09-28", True), ("2022-09", False), ("2022", False)],
)
def test_they_are_late_within_three_working_days_of_the_meeting(day: str, late: bool) -> None:
    meeting().when(SEND, on(day, TEAM)).then(SENT.model_copy(update={"late": late}))


def test_the_regulation_sets_how_many_days_and_a_meeting_that_moves_is_counted_anew() -> None:
    early = on("2022-09-20", under(TEAM, invitation_working_days=10))
    meeting().when(SEND, early).then(SENT.model_copy(update={"late": True}))
    moved = MeetingPostponed(
        meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10"), reason="chờ số liệu"
    )
    meeting().given(moved).when(SEND, on("2022-10-20", TEAM)).then(SENT)


def test_before_the_regulation_nothing_was_late() -> None:
    of_old = CONVENED.model_copy(update={"held": Moment("2021-08-13")})
    Story(decider).given(of_old).when(SEND, before_regulation()).then(SENT)
    late = on("2021-12-01", before_regulation())
    Story(decider).given(of_old).when(CONCLUDE, late).then(CONCLUDED)


def test_nothing_is_sent_out_after_the_meeting() -> None:
    meeting().given(OPENED, CLOSED).when(SEND, TEAM).then_refused(Rule.NOT_OVER)


@pytest.mark.parametrize(("day", "late"), [("2022-10-05", False), ("2022-10-06", True), ("2022-10", False)])
def test_a_conclusion_is_late_after_five_working_days(day: str, late: bool) -> None:
    story = meeting().when(CONCLUDE, on(day, CHAIR))
    story.then(CONCLUDED.model_copy(update={"late": late}))
    story.when(CONCLUDE, on("2022-12-01", CHAIR)).then_nothing()


def test_deadlines_of_duties_are_settled_where_the_regulation_says_so() -> None:
    command = CONCLUDE.model_copy(update={"duties": (DutyToDo(what="Rà soát", deadline=SATURDAY),)})
    as_worded = meeting().when(command, CHAIR).outcome[0]
    assert isinstance(as_worded, ConclusionIssued)
    assert as_worded.duties[0].deadline == SATURDAY
    rolling = under(CHAIR, roll_deadlines=True)
    story = meeting().when(command, rolling)
    [settled] = story.outcome
    assert isinstance(settled, ConclusionIssued)
    assert settled.duties[0].deadline is not None
    assert settled.duties[0].deadline.wording == "ngày 01/10/2022"
    assert settled.duties[0].deadline.latest == date(2022, 10, 3)
    story.when(command, rolling).then_nothing()


def test_the_support_team_checks_how_a_conclusion_is_carried_out() -> None:
    story = meeting().given(OPENED, CLOSED, CONCLUDED).when(CHECK, TEAM).then(CHECKED)
    story.when(CHECK, TEAM).then_nothing()
    done = CHECK.model_copy(update={"status": FollowUp.CARRIED_OUT})
    story.when(done, TEAM).then_happened(ConclusionFollowUpChecked)
    story.when(CHECK, TEAM).then(CHECKED)


@pytest.mark.parametrize("who", [CHAIR, BY_MEMBER])
def test_nobody_else_checks(who: Act) -> None:
    meeting().given(CONCLUDED).when(CHECK, who).then_refused(Rule.TEAM_CHECKS)


def test_only_a_conclusion_that_was_issued_is_checked() -> None:
    meeting().given(OPENED).when(CHECK, TEAM).then_refused(Rule.CONCLUSION_WAS_ISSUED)


@pytest.mark.parametrize("command", [SEND, CHECK], ids=lambda c: type(c).__name__)
def test_nothing_happens_to_a_meeting_that_does_not_stand(command: Command) -> None:
    Story(decider).when(command, TEAM).then_refused(Rule.MEETING_STANDS)
    meeting().given(CANCELLED).when(command, TEAM).then_refused(Rule.MEETING_STANDS)
