"""Programmes: drafted, submitted, issued; or registered from outside; and their figures."""

import pytest
from pydantic import ValidationError

from services.tasks.commands import (
    AmendProgramme,
    DraftProgramme,
    IssueProgramme,
    ProgrammeItem,
    RegisterProgramme,
    ReportProgress,
    ReturnProgramme,
    SubmitProgramme,
)
from services.tasks.events import (
    PlannedItem,
    ProgrammeAmended,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeRegistered,
    ProgrammeReturned,
    ProgrammeSubmitted,
    ProgressReported,
)
from services.tasks.programme.decider import decider
from services.tasks.rules import Rule
from shared.dates import Moment
from shared.messages import DocumentRef, Event
from tests.unit.given import Story
from tests.unit.tasks.examples import BEFORE, CHAIR, DEPUTY, FOR_CHAIR, KEEPER, LEAD, OUTSIDE, POLICY, TEAM

P = "chuong-trinh-2023"
ITEM = ProgrammeItem(what="Tập huấn tổ công nghệ số cộng đồng")
PLANNED = PlannedItem(what="Tập huấn tổ công nghệ số cộng đồng")
OTHER = ProgrammeItem(what="Kiểm tra tại 11 huyện, thành phố")
DRAFT = DraftProgramme(programme_id=P, title="Chương trình công tác năm 2023", year=2023, items=(ITEM,))
DRAFTED = ProgrammeDrafted(programme_id=P, title=DRAFT.title, year=2023, items=(PLANNED,))
SUBMIT, SUBMITTED = SubmitProgramme(programme_id=P), ProgrammeSubmitted(programme_id=P)
SEND_BACK = ReturnProgramme(programme_id=P, reasons=("thiếu thời hạn",))
RETURNED = ProgrammeReturned(programme_id=P, reasons=("thiếu thời hạn",))
ISSUE = IssueProgramme(programme_id=P)
ISSUED = ProgrammeIssued(programme_id=P, title=DRAFT.title, year=2023, items=(PLANNED,))
AMEND = AmendProgramme(programme_id=P, items=(ITEM, OTHER), reason="bổ sung kiểm tra")
PLAN = DocumentRef(number="247/KH-UBND", issuer="UBND tỉnh")
REGISTER = RegisterProgramme(programme_id=P, title="Kế hoạch", document=PLAN, figures={"muc_tieu": 80})
REGISTERED = ProgrammeRegistered(programme_id=P, title="Kế hoạch", document=PLAN, figures={"muc_tieu": 80})
REPORT = ReportProgress(
    programme_id=P, summary="Đạt 19/30", figures={"dat": 19, "tong": "30"}, as_of=Moment("2022-08")
)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


def test_from_draft_to_issue() -> None:
    told = story()
    told.when(DRAFT, TEAM).then(DRAFTED)
    told.when(SUBMIT, KEEPER).then(SUBMITTED)
    told.when(SEND_BACK, CHAIR).then(RETURNED)
    told.when(DRAFT, TEAM).then(DRAFTED)
    told.when(SUBMIT, TEAM).then(SUBMITTED)
    told.when(ISSUE, FOR_CHAIR).then(ISSUED)


def test_a_draft_that_is_the_same_is_quiet() -> None:
    story(DRAFTED).when(DRAFT, TEAM).then_nothing()
    changed = DRAFT.model_copy(update={"items": (ITEM, OTHER)})
    story(DRAFTED).when(changed, TEAM).then_happened(ProgrammeDrafted)


def test_only_the_team_drafts_and_submits() -> None:
    story().when(DRAFT, DEPUTY).then_refused(Rule.PROGRAMME_BY_TEAM)
    story(DRAFTED).when(SUBMIT, LEAD).then_refused(Rule.PROGRAMME_BY_TEAM)


@pytest.mark.parametrize("history", [(DRAFTED, SUBMITTED), (DRAFTED, SUBMITTED, ISSUED), (REGISTERED,)])
def test_what_left_the_team_is_not_drafted_again(history: tuple[Event, ...]) -> None:
    story(*history).when(DRAFT, TEAM).then_refused(Rule.PROGRAMME_OPEN_TO_DRAFT)


def test_only_a_draft_is_submitted_and_once() -> None:
    story().when(SUBMIT, TEAM).then_refused(Rule.DRAFTED_BEFORE_SUBMITTED)
    story(DRAFTED, SUBMITTED, RETURNED).when(SUBMIT, TEAM).then_refused(Rule.DRAFTED_BEFORE_SUBMITTED)
    story(DRAFTED, SUBMITTED).when(SUBMIT, TEAM).then_nothing()


@pytest.mark.parametrize("who", [TEAM, DEPUTY, POLICY, OUTSIDE])
def test_only_the_chair_issues_returns_and_amends(who: object) -> None:
    for command in (ISSUE, SEND_BACK, AMEND):
        story(DRAFTED, SUBMITTED).when(command, who).then_refused(Rule.ISSUED_BY_CHAIR)  # type: ignore[arg-type]


def test_only_what_was_submitted_is_issued_or_returned() -> None:
    story(DRAFTED).when(ISSUE, CHAIR).then_refused(Rule.SUBMITTED_BEFORE_ISSUED)
    told = story(DRAFTED, SUBMITTED, RETURNED)
    told.when(SEND_BACK, CHAIR).then_nothing()
    another = SEND_BACK.model_copy(update={"reasons": ("thiếu nguồn lực",)})
    told.when(another, CHAIR).then_refused(Rule.SUBMITTED_BEFORE_ISSUED)
    story(DRAFTED, SUBMITTED, ISSUED).when(ISSUE, CHAIR).then_nothing()


def test_before_the_regulation_a_draft_was_enough() -> None:
    story(DRAFTED).when(ISSUE, BEFORE).then(ISSUED)
    story().when(ISSUE, BEFORE).then_refused(Rule.SUBMITTED_BEFORE_ISSUED)


def test_amended_once() -> None:
    told = story(DRAFTED, SUBMITTED, ISSUED).when(AMEND, CHAIR)
    both = (PLANNED, PlannedItem(what=OTHER.what))
    told.then(ProgrammeAmended(programme_id=P, title=DRAFT.title, items=both, reason="bổ sung kiểm tra"))
    told.when(AMEND, CHAIR).then_nothing()
    renamed = AMEND.model_copy(update={"title": "Chương trình sửa đổi"})
    told.when(renamed, CHAIR).then_happened(ProgrammeAmended)


def test_only_what_was_issued_is_amended() -> None:
    story(DRAFTED).when(AMEND, CHAIR).then_refused(Rule.ISSUED_BEFORE_AMENDED)
    story(REGISTERED).when(AMEND, CHAIR).then_refused(Rule.ISSUED_BEFORE_AMENDED)


def test_registered_once_by_the_team_or_the_issuer() -> None:
    story().when(REGISTER, KEEPER).then(REGISTERED)
    story().when(REGISTER, OUTSIDE).then(REGISTERED)
    story(REGISTERED).when(REGISTER, KEEPER).then_refused(Rule.REGISTERED_ONCE)
    story(DRAFTED).when(REGISTER, TEAM).then_refused(Rule.REGISTERED_ONCE)
    story().when(REGISTER, DEPUTY).then_refused(Rule.REGISTERED_BY_TEAM)


@pytest.mark.parametrize("who", [TEAM, KEEPER, LEAD, OUTSIDE])
def test_progress_is_reported_again_and_again(who: object) -> None:
    told = story(REGISTERED)
    reported = ProgressReported.model_validate(REPORT.model_dump())
    told.when(REPORT, who).then(reported)  # type: ignore[arg-type]
    told.when(REPORT, who).then(reported)  # type: ignore[arg-type]


def test_progress_of_what_is_in_force_by_who_knows() -> None:
    story(DRAFTED, SUBMITTED, ISSUED).when(REPORT, TEAM).then_happened(ProgressReported)
    story(DRAFTED, SUBMITTED).when(REPORT, TEAM).then_refused(Rule.PROGRAMME_IN_FORCE)
    story(REGISTERED).when(REPORT, POLICY).then_refused(Rule.PROGRESS_BY_COMPETENT)


def test_a_figure_of_a_day_to_come_is_an_estimate() -> None:
    ahead = REPORT.model_copy(update={"as_of": Moment("2022-12-31")})
    story(REGISTERED).when(ahead, TEAM).then_refused(Rule.CONFIRMED_IS_PAST)
    estimate = ahead.model_copy(update={"estimated": True})
    story(REGISTERED).when(estimate, TEAM).then_happened(ProgressReported)
    this_year = REPORT.model_copy(update={"as_of": Moment("2022")})
    story(REGISTERED).when(this_year, TEAM).then_happened(ProgressReported)


def test_a_figure_is_a_number_that_exists() -> None:
    with pytest.raises(ValidationError):
        ReportProgress.model_validate({**REPORT.model_dump(), "figures": {"dat": float("nan")}})
    with pytest.raises(ValidationError):
        DraftProgramme.model_validate({**DRAFT.model_dump(), "items": [{"what": "Việc", "deadlin": "2023"}]})
