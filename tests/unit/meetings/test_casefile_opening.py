"""Opening a file, settling it anew, and saying what it must hold."""

from datetime import date

from services.meetings.casefile.commands import (
    CloseCaseFile,
    ExpectedPaper,
    ExpectInCaseFile,
    Paper,
    ReviseCaseFile,
    WaiveExpectation,
)
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import (
    CaseFileOpened,
    CaseFileReopened,
    CaseFileRevised,
    DocumentExpected,
    ExpectationWaived,
)
from services.meetings.rules import Rule
from tests.unit.given import Story
from tests.unit.meetings.casefile_examples import (
    CLOCK,
    FILE,
    FREE,
    LATER,
    MEMBER,
    MINUTES,
    OPEN,
    TEAM,
    opened,
    paper,
)
from tests.unit.meetings.specimens_casefile import CLOSED, ENDED, FILED, OPENED

ASK = ExpectInCaseFile(
    file_id=FILE, expected=(ExpectedPaper(key="minutes_paper", what=Paper.MINUTES, document=MINUTES),)
)


def test_a_file_keeps_the_class_and_version_of_its_retention() -> None:
    story = opened().then_happened(CaseFileOpened)
    [event] = story.outcome
    assert isinstance(event, CaseFileOpened)
    assert (event.file_id, event.year, event.began) == (FILE, 2026, date(2026, 3, 2))
    assert (event.retention.class_id, event.retention.years) == ("meetings", None)
    assert event.retention.version == "2023-02-15"
    assert "chưa kiểm chứng" in event.retention.basis


def test_a_matter_has_one_file() -> None:
    opened().when(OPEN, TEAM).then_refused(Rule.FILE_IS_NEW)
    opened().when(OPEN, CLOCK).then_nothing()


def test_the_support_team_opens_it_or_the_beginning_of_the_matter() -> None:
    opened(CLOCK).then_happened(CaseFileOpened)
    opened(MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_a_free_file_names_its_retention() -> None:
    opened(command=FREE).then_happened(CaseFileOpened)
    opened(command=FREE.model_copy(update={"retention_class": None})).then_refused(Rule.RETENTION_IS_KNOWN)
    unknown = FREE.model_copy(update={"retention_class": "mai-mai"})
    opened(command=unknown).then_refused(Rule.RETENTION_IS_KNOWN)


def test_a_state_secret_gets_no_file() -> None:
    marked = OPEN.model_copy(update={"title": "Kế hoạch (MẬT)"})
    opened(command=marked).then_refused(Rule.NO_STATE_SECRETS)


def test_what_is_settled_anew_leaves_the_rest() -> None:
    story = opened().when(
        ReviseCaseFile(file_id=FILE, retention_class="letters", keeper="Tổ giúp việc"), LATER
    )
    [event] = story.outcome
    assert isinstance(event, CaseFileRevised)
    assert (event.title, event.retention.years, event.keeper) == (OPEN.title, 10, "Tổ giúp việc")
    story.when(ReviseCaseFile(file_id=FILE, keeper="Tổ giúp việc"), LATER).then_nothing()


def test_what_a_file_must_hold_is_asked_once() -> None:
    story = opened().when(ASK, CLOCK).then_happened(DocumentExpected)
    story.when(ASK, CLOCK).then_nothing()
    assert [one.key for one in story.state.missing()] == ["invitation_paper", "minutes_paper"]
    Story(decider).when(ASK, CLOCK).then_refused(Rule.FILE_IS_OPEN)


def test_what_lies_in_the_file_already_is_not_missing() -> None:
    minutes = paper("bien-ban", document=MINUTES.model_copy(update={"number": " 03/bb-bcđ"}))
    story = opened().when(minutes, TEAM).when(ASK, CLOCK).then_happened(DocumentExpected)
    [event] = story.outcome
    assert isinstance(event, DocumentExpected)
    assert [(one.key, one.ordinal) for one in event.answered] == [("minutes_paper", 1)]
    assert [one.key for one in story.state.missing()] == ["invitation_paper"]


def test_a_number_of_another_year_is_another_document() -> None:
    other = paper("bien-ban", document=MINUTES.model_copy(update={"date": date(2025, 3, 5)}))
    assert "minutes_paper" in [one.key for one in opened().when(other, TEAM).when(ASK, CLOCK).state.missing()]


def test_a_closed_file_that_lacks_a_paper_is_reopened() -> None:
    story = Story(decider).given(OPENED, FILED, ENDED, CLOSED)
    story.when(ASK, CLOCK).then_happened(CaseFileReopened, DocumentExpected)
    story.when(CloseCaseFile(file_id=FILE), TEAM).then_refused(Rule.FILE_IS_COMPLETE)


def test_what_will_not_come_is_explained() -> None:
    waive = WaiveExpectation(file_id=FILE, key="invitation_paper", reason="mời qua điện thoại")
    story = opened().when(waive, TEAM).then_happened(ExpectationWaived)
    assert story.state.missing() == []
    story.when(waive, TEAM).then_nothing()
    unknown = waive.model_copy(update={"key": "khong-co"})
    story.when(unknown, TEAM).then_refused(Rule.EXPECTED_IS_KNOWN)
