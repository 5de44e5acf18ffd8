"""The end of a matter and of its file; until when it is kept, by when it goes to the archive."""

from datetime import date

import pytest

from services.meetings.casefile.commands import (
    CloseCaseFile,
    Ending,
    EndMatter,
    ExpectedPaper,
    HoldBackCaseFile,
    Paper,
    ReopenCaseFile,
    ResumeMatter,
)
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import (
    CaseFileClosed,
    CaseFileHeldBack,
    CaseFileReopened,
    MatterEnded,
    MatterResumed,
    Retention,
)
from services.meetings.casefile.terms import terms_of
from services.meetings.rules import Rule
from tests.unit.given import Story
from tests.unit.meetings.casefile_examples import (
    CLOCK,
    FILE,
    LATER,
    MEMBER,
    MINUTES,
    TEAM,
    opened,
    paper,
)
from tests.unit.meetings.specimens_casefile import CLOSED, ENDED, FILED, OPENED

CLOSE = CloseCaseFile(file_id=FILE)
END = EndMatter(file_id=FILE, expected=(ExpectedPaper(key="minutes_paper", what=Paper.MINUTES),))
HOLD = HoldBackCaseFile(file_id=FILE, until=date(2028, 3, 5), consent=MINUTES)


def test_an_open_matter_keeps_its_file_open_and_says_which() -> None:
    story = opened().when(paper("giay-moi", satisfies=("invitation_paper",)), TEAM).when(CLOSE, LATER)
    story.then_refused(Rule.MATTER_HAS_ENDED)
    assert "meeting hop-quy-1" in str(story.refusal)


def test_a_file_that_lacks_something_stays_open_and_says_what() -> None:
    story = opened().when(END, CLOCK).when(CLOSE, LATER).then_refused(Rule.FILE_IS_COMPLETE)
    assert "invitation_paper; minutes_paper" in str(story.refusal)


def test_it_closes_with_its_sums_and_days() -> None:
    story = opened().when(END, CLOCK).then_happened(MatterEnded)
    story.when(paper("giay-moi", satisfies=("invitation_paper",)), TEAM)
    story.when(paper("du-thao-bien-ban", draft=True), TEAM)
    story.when(paper("bien-ban", document=MINUTES, satisfies=("minutes_paper",), pages=5), TEAM)
    story.when(paper("ban-sao"), TEAM)
    story.when(CLOSE.model_copy(update={"remove": (4,)}), LATER).then(
        CaseFileClosed(
            file_id=FILE,
            documents=2,
            pages=7,
            start=date(2026, 3, 2),
            end=date(2026, 3, 2),
            removed=(2, 4),
            by_decree=date(2027, 3, 2),
            by_law=date(2027, 12, 31),
            submit_by=date(2027, 3, 2),
        )
    )
    story.when(CLOSE, LATER).then_nothing()
    assert list(story.state.entries) == [1, 3]


def test_what_is_removed_at_closing_does_not_count_as_there() -> None:
    story = Story(decider).given(OPENED, FILED, ENDED)
    story.when(CLOSE.model_copy(update={"remove": (1,)}), LATER).then_refused(Rule.FILE_IS_COMPLETE)
    story.when(CLOSE.model_copy(update={"remove": (7,)}), LATER).then_refused(Rule.ENTRY_IS_KNOWN)


def test_of_a_matter_that_was_called_off_nothing_is_missing() -> None:
    off = END.model_copy(update={"ending": Ending.CALLED_OFF})
    opened().when(off, CLOCK).when(CLOSE, LATER).then_happened(CaseFileClosed)


def test_an_empty_file_is_no_file() -> None:
    story = Story(decider).given(OPENED.model_copy(update={"expected": ()}), ENDED)
    story.when(CLOSE, LATER).then_refused(Rule.FILE_IS_COMPLETE)


def test_only_the_support_team_closes() -> None:
    Story(decider).given(OPENED, FILED, ENDED).when(CLOSE, MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_a_matter_ends_once_and_not_ahead_of_its_day() -> None:
    story = opened().when(END, CLOCK).when(END, CLOCK).then_nothing()
    ahead = END.model_copy(update={"on": date(2026, 12, 31)})
    opened().when(ahead, TEAM).then_refused(Rule.DATE_NOT_AHEAD)
    assert story.state.ended.on == date(2026, 3, 2)


def test_a_matter_that_goes_on_opens_its_file() -> None:
    resume = ResumeMatter(file_id=FILE, reason="người gửi chưa đồng ý")
    opened().when(resume, CLOCK).then_nothing()
    Story(decider).given(OPENED, ENDED).when(resume, CLOCK).then_happened(MatterResumed)
    story = Story(decider).given(OPENED, FILED, ENDED, CLOSED).when(resume, CLOCK)
    story.then_happened(CaseFileReopened, MatterResumed)
    story.when(CLOSE, LATER).then_refused(Rule.MATTER_HAS_ENDED)


def test_it_is_reopened_with_a_reason() -> None:
    reopen = ReopenCaseFile(file_id=FILE, reason="bổ sung bản ghi âm")
    story = Story(decider).given(OPENED, FILED, ENDED, CLOSED)
    story.when(reopen, TEAM).then_happened(CaseFileReopened).when(reopen, TEAM).then_nothing()
    story.when(CLOSE, LATER).then_happened(CaseFileClosed)


def test_it_is_held_back_by_consent_for_two_years_at_most() -> None:
    story = Story(decider).given(OPENED, FILED, ENDED, CLOSED)
    story.when(HOLD, TEAM).then_happened(CaseFileHeldBack).when(HOLD, TEAM).then_nothing()
    for until in (date(2027, 3, 5), date(2029, 3, 6)):
        late = HOLD.model_copy(update={"until": until})
        story.when(late, TEAM).then_refused(Rule.HELD_BACK_TWO_YEARS)
    story.when(HOLD.model_copy(update={"until": date(2029, 3, 5)}), TEAM).then_happened(CaseFileHeldBack)


def test_what_is_open_or_not_submitted_is_not_held_back() -> None:
    Story(decider).given(OPENED, FILED, ENDED).when(HOLD, TEAM).then_refused(Rule.ONLY_CLOSED_IS_HELD_BACK)
    short = CLOSED.model_copy(update={"submit_by": None})
    story = Story(decider).given(OPENED, FILED, ENDED, short)
    story.when(HOLD, TEAM).then_refused(Rule.ONLY_SUBMITTED_IS_HELD_BACK)


@pytest.mark.parametrize(
    ("years", "ended", "keep_until", "submit_by"),
    [
        (None, date(2026, 3, 5), None, date(2027, 3, 5)),
        (20, date(2026, 12, 31), date(2046, 12, 31), date(2027, 12, 31)),
        (10, date(2024, 2, 29), date(2034, 12, 31), date(2025, 2, 28)),
        (5, date(2026, 1, 1), date(2031, 12, 31), date(2027, 1, 1)),
        (4, date(2026, 1, 1), date(2030, 12, 31), None),
    ],
)
def test_the_days_that_follow_from_the_retention(
    years: int | None, ended: date, keep_until: date | None, submit_by: date | None
) -> None:
    terms = terms_of(Retention(class_id="x", version="x", years=years), ended)
    assert (terms.keep_until, terms.submit_by) == (keep_until, submit_by)
    assert terms.by_law in (None, date(ended.year + 1, 12, 31))
