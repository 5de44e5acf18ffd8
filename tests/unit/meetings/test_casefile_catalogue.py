"""The file plan of a year and the numbers of its files."""

from services.meetings.casefile.catalogue import decider
from services.meetings.casefile.commands import (
    DraftFilePlan,
    EnterCaseFile,
    IssueFilePlan,
    MatterKind,
    PlanItem,
)
from services.meetings.casefile.events import CaseFileEntered, FilePlanDrafted, FilePlanIssued
from services.meetings.rules import Rule
from tests.unit.given import Story, act
from tests.unit.meetings.casefile_examples import CHAIR, CLOCK, MEMBER, TEAM

MEETING = PlanItem(
    title="Hồ sơ họp quý I", retention_class="meetings", kind=MatterKind.MEETING, subject_id="hop-quy-1"
)
LETTERS = PlanItem(title="Công văn trao đổi", retention_class="letters", keeper="Tổ giúp việc")
DRAFT = DraftFilePlan(year=2026, items=(MEETING, LETTERS), organ_id="H37.02")
ISSUE = IssueFilePlan(year=2026)


def enter(subject: str, item: int | None = None) -> EnterCaseFile:
    return EnterCaseFile(
        year=2026, file_id=f"meeting.{subject}", kind=MatterKind.MEETING, subject_id=subject, item=item
    )


def issued() -> Story:
    return Story(decider).when(DRAFT, TEAM).when(ISSUE, CHAIR)


def entered(story: Story) -> tuple[int, str, bool]:
    [event] = story.outcome
    assert isinstance(event, CaseFileEntered)
    return event.number, event.symbol, event.planned


def test_the_team_drafts_and_the_chair_issues_with_numbers() -> None:
    story = Story(decider).when(DRAFT, TEAM).then_happened(FilePlanDrafted)
    story.when(DRAFT, TEAM).then_nothing()
    story.when(ISSUE, TEAM).then_refused(Rule.FILE_PLAN_ISSUED_BY_CHAIR)
    story.when(ISSUE, CHAIR).then_happened(FilePlanIssued)
    [event] = story.outcome
    assert isinstance(event, FilePlanIssued)
    assert [(one.number, one.symbol) for one in event.items] == [(1, "01.BCĐ"), (2, "02.BCĐ")]
    story.when(ISSUE, CHAIR).then_nothing()
    story.when(DRAFT, TEAM).then_nothing()


def test_who_acts_for_the_chair_issues() -> None:
    deputy = act("standing_deputy", acts_for="truong-ban", at="2026-01-05")
    Story(decider).when(DRAFT, TEAM).when(ISSUE, deputy).then_happened(FilePlanIssued)


def test_only_what_was_drafted_is_issued() -> None:
    Story(decider).when(ISSUE, CHAIR).then_refused(Rule.FILE_PLAN_IS_DRAFTED)
    Story(decider).when(DRAFT, MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_a_line_names_a_class_of_the_table() -> None:
    wrong = DRAFT.model_copy(update={"items": (LETTERS.model_copy(update={"retention_class": "x"}),)})
    Story(decider).when(wrong, TEAM).then_refused(Rule.RETENTION_IS_KNOWN)


def test_a_file_takes_the_line_that_names_its_matter() -> None:
    assert entered(issued().when(enter("hop-quy-1"), CLOCK)) == (1, "01.BCĐ", True)


def test_a_file_takes_the_line_that_it_was_opened_for_unless_another_has_it() -> None:
    story = issued().when(enter("dot-xuat", item=2), CLOCK)
    assert entered(story) == (2, "02.BCĐ", True)
    assert entered(story.when(enter("khac", item=2), CLOCK)) == (3, "03.BCĐ", False)


def test_files_outside_the_plan_have_the_next_numbers_and_none_comes_twice() -> None:
    story = Story(decider).when(enter("truoc"), CLOCK)
    assert entered(story) == (1, "01.BCĐ", False)
    story.when(enter("truoc"), CLOCK).then_nothing()
    story.when(DRAFT, TEAM).when(ISSUE, CHAIR)
    assert [one.number for one in story.outcome[0].items] == [2, 3]  # type: ignore[attr-defined]
    assert entered(story.when(enter("sau"), CLOCK)) == (4, "04.BCĐ", False)


def test_what_is_added_to_the_plan_follows_its_lines() -> None:
    more = DraftFilePlan(year=2026, items=(LETTERS.model_copy(update={"title": "Bổ sung"}),))
    story = issued().when(more, TEAM).when(ISSUE, CHAIR)
    [event] = story.outcome
    assert isinstance(event, FilePlanIssued)
    assert (event.first, [one.number for one in event.items]) == (3, [3])
    assert story.state.organ_id == "H37.02"


def test_nobody_gives_a_number_by_hand() -> None:
    Story(decider).when(enter("hop-quy-1"), TEAM).then_refused(Rule.NUMBERED_WHEN_OPENED)
