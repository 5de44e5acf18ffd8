"""A round of opinions: asked, answered, late, extended, overdue, closed."""

from datetime import date

import pytest

from services.meetings.commands import (
    Answer,
    CloseOpinionRound,
    ExtendOpinionRound,
    MarkOpinionsOverdue,
    RoundForm,
    SubmitOpinion,
)
from services.meetings.events import (
    OpinionOverdue,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    Tally,
)
from services.meetings.opinion.decider import decider
from services.meetings.rules import Rule
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import Command
from tests.unit.given import Story
from tests.unit.meetings.examples import (
    ASK,
    ASKED,
    BY_MEMBER,
    CHAIR,
    CLOCK,
    DEPUTY,
    KEEPER,
    OUTSIDE,
    TEAM,
    M,
    R,
    before_regulation,
    on,
    under,
)

AGREE = SubmitOpinion(round_id=R, seat_id="ghe-1", answer=Answer.AGREE, text_digest="sha256:ab12")
OBJECT = AGREE.model_copy(update={"answer": Answer.DISAGREE, "comments": "Chưa rõ kinh phí"})
EXTEND = ExtendOpinionRound(
    round_id=R,
    due=Deadline(wording="ngày 15/10/2022", latest=date(2022, 10, 15)),
    reason="nhiều ghế chưa trả lời",
)
CLOSE = CloseOpinionRound(round_id=R)
EXTENDED = OpinionRoundExtended(
    round_id=R, due_before=ASKED.due, due=EXTEND.due, reason="nhiều ghế chưa trả lời"
)
CLOSED = OpinionRoundClosed(round_id=R, tally=Tally(no_answer=3))


def mark(day: date) -> MarkOpinionsOverdue:
    return MarkOpinionsOverdue(round_id=R, today=day)


def said(seat: str, answer: Answer, version: int = 1) -> OpinionSubmitted:
    return OpinionSubmitted(
        round_id=R, seat_id=seat, version=version, answer=answer, text_digest="sha256:ab12"
    )


def a_round() -> Story:
    return Story(decider).given(ASKED)


@pytest.mark.parametrize("who", [CHAIR, DEPUTY, TEAM, KEEPER])
def test_the_leaders_or_the_support_team_ask(who: Act) -> None:
    story = Story(decider).when(ASK, who).then(ASKED)
    story.when(ASK, who).then_refused(Rule.ROUND_IS_NEW)


def test_nobody_else_asks_extends_or_closes() -> None:
    Story(decider).when(ASK, BY_MEMBER).then_refused(Rule.ASKED_FROM_WITHIN)
    a_round().when(EXTEND, BY_MEMBER).then_refused(Rule.ASKED_FROM_WITHIN)
    a_round().when(CLOSE, BY_MEMBER).then_refused(Rule.ASKED_FROM_WITHIN)


def test_somebody_is_asked_and_once() -> None:
    nobody = ASK.model_copy(update={"asked": ()})
    Story(decider).when(nobody, TEAM).then_refused(Rule.SOMEBODY_IS_ASKED)
    Story(decider).when(nobody, KEEPER).then_happened(OpinionRequested)
    twice = ASK.model_copy(update={"asked": ("ghe-1", "ghe-2", "ghe-1", "ghe-3")})
    Story(decider).when(twice, TEAM).then(ASKED)


def test_an_opinion_at_a_meeting_names_the_meeting() -> None:
    orally = ASK.model_copy(update={"form": RoundForm.AT_MEETING})
    Story(decider).when(orally, TEAM).then_refused(Rule.OPINION_AT_A_MEETING)
    at = orally.model_copy(update={"meeting_id": M})
    Story(decider).when(at, TEAM).then_happened(OpinionRequested)


@pytest.mark.parametrize("who", [BY_MEMBER, TEAM])
def test_a_seat_answers_once(who: Act) -> None:
    a_round().when(AGREE, who).then(said("ghe-1", Answer.AGREE)).when(AGREE, who).then_nothing()


def test_another_opinion_is_a_new_version() -> None:
    story = a_round().when(AGREE, BY_MEMBER).when(OBJECT, BY_MEMBER).then_happened(OpinionSubmitted)
    assert story.outcome == [
        said("ghe-1", Answer.DISAGREE, version=2).model_copy(update={"comments": "Chưa rõ kinh phí"})
    ]


def test_only_those_asked_answer() -> None:
    stranger = AGREE.model_copy(update={"seat_id": "ghe-9"})
    a_round().when(stranger, BY_MEMBER).then_refused(Rule.ONLY_THOSE_ASKED)
    a_round().when(stranger, before_regulation()).then_happened(OpinionSubmitted)


def test_outsiders_do_not_answer() -> None:
    a_round().when(AGREE, OUTSIDE).then_refused(Rule.ANSWERED_BY_MEMBERS)


@pytest.mark.parametrize("digest", ["sha256:cd34", None])
def test_an_opinion_is_about_the_text_that_was_sent(digest: str | None) -> None:
    other = AGREE.model_copy(update={"text_digest": digest})
    a_round().when(other, BY_MEMBER).then_refused(Rule.SAME_TEXT)


def test_nobody_has_an_opinion_before_the_text_went_out() -> None:
    early = on("2022-09-27", BY_MEMBER)
    a_round().when(AGREE, early).then_refused(Rule.AFTER_THE_TEXT_WENT_OUT)
    a_round().when(AGREE, on("2022-09", BY_MEMBER)).then_happened(OpinionSubmitted)
    old = ASKED.model_copy(update={"sent": None})
    Story(decider).given(old).when(AGREE, early).then_happened(OpinionSubmitted)


def test_deadlines_are_settled_where_the_regulation_says_so() -> None:
    saturday = Deadline(wording="ngày 01/10/2022", latest=date(2022, 10, 1))
    rolling = under(TEAM, roll_deadlines=True)
    [asked] = Story(decider).when(ASK.model_copy(update={"due": saturday}), rolling).outcome
    assert isinstance(asked, OpinionRequested)
    assert asked.due is not None
    assert (asked.due.wording, asked.due.latest) == ("ngày 01/10/2022", date(2022, 10, 3))
    longer = EXTEND.model_copy(update={"due": saturday})
    story = a_round().when(longer, rolling)
    [extended] = story.outcome
    assert isinstance(extended, OpinionRoundExtended)
    assert extended.due.latest == date(2022, 10, 3)
    story.when(longer, rolling).then_nothing()


def test_where_no_text_is_fixed_any_may_be_named() -> None:
    free = ASKED.model_copy(update={"text_digest": None})
    Story(decider).given(free).when(AGREE, BY_MEMBER).then_happened(OpinionSubmitted)


@pytest.mark.parametrize(
    ("day", "late"), [("2022-09-30", False), ("2022-10-01", True), ("2022-09", False), ("2022", False)]
)
def test_after_the_deadline_an_opinion_is_late_but_counts(day: str, late: bool) -> None:
    story = a_round().when(AGREE, on(day, BY_MEMBER)).then_happened(OpinionSubmitted)
    assert story.outcome == [said("ghe-1", Answer.AGREE).model_copy(update={"late": late})]


@pytest.mark.parametrize("due", [None, Deadline(wording="theo quy định")])
def test_nothing_is_late_where_no_day_is_fixed(due: Deadline | None) -> None:
    story = Story(decider).given(ASKED.model_copy(update={"due": due}))
    assert story.when(AGREE, on("2030", BY_MEMBER)).outcome == [said("ghe-1", Answer.AGREE)]
    story.when(mark(date(2030, 1, 1)), CLOCK).then_nothing()


def test_a_round_is_extended_to_a_later_day() -> None:
    story = a_round().when(EXTEND, TEAM).then(EXTENDED)
    story.when(EXTEND, TEAM).then_nothing()
    assert not story.when(AGREE, on("2022-10-10", BY_MEMBER)).outcome[0].late  # type: ignore[attr-defined]
    earlier = EXTEND.model_copy(update={"due": Deadline(wording="1/10/2022", latest=date(2022, 10, 1))})
    story.when(earlier, TEAM).then_refused(Rule.EXTENSION_IS_LATER)
    without_day = EXTEND.model_copy(update={"due": Deadline(wording="sớm")})
    story.when(without_day, TEAM).then_refused(Rule.EXTENSION_IS_LATER)


def test_the_clock_marks_each_seat_that_has_not_answered_once() -> None:
    story = a_round().given(said("ghe-2", Answer.AGREE))
    story.when(mark(date(2022, 9, 30)), CLOCK).then_nothing()
    assert ASKED.due is not None
    missed = [
        OpinionOverdue(round_id=R, seat_id=seat, due=ASKED.due, seen=date(2022, 10, 1))
        for seat in ("ghe-1", "ghe-3")
    ]
    story.when(mark(date(2022, 10, 1)), CLOCK).then(*missed)
    story.when(mark(date(2022, 10, 2)), CLOCK).then_nothing()
    story.when(EXTEND, TEAM).when(mark(date(2022, 10, 16)), on("2022-10-16", TEAM))
    story.then_happened(OpinionOverdue, OpinionOverdue)


def test_the_support_team_looks_at_no_day_that_has_not_come() -> None:
    a_round().when(mark(date(2030, 1, 1)), TEAM).then_nothing()
    [first, *_] = a_round().when(mark(date(2030, 1, 1)), on("2022-10-03", TEAM)).outcome
    assert isinstance(first, OpinionOverdue)
    assert first.seen == date(2022, 10, 3)


def test_nobody_else_declares_a_seat_overdue() -> None:
    a_round().when(mark(date(2022, 10, 1)), CHAIR).then_refused(Rule.MARKED_BY_CLOCK)


def test_a_round_closes_with_a_tally_of_the_last_versions() -> None:
    story = a_round().given(
        said("ghe-1", Answer.DISAGREE),
        said("ghe-1", Answer.AGREE, version=2),
        said("ghe-2", Answer.AGREE_WITH_COMMENTS),
    )
    closed = OpinionRoundClosed(round_id=R, tally=Tally(agree=1, agree_with_comments=1, no_answer=1))
    story.when(CLOSE, TEAM).then(closed)
    story.when(CLOSE, TEAM).then_nothing()
    story.when(mark(date(2022, 10, 1)), CLOCK).then_nothing()


@pytest.mark.parametrize("command", [AGREE, EXTEND])
def test_nothing_comes_into_a_round_that_is_not_open(command: Command) -> None:
    Story(decider).when(command, TEAM).then_refused(Rule.ROUND_IS_OPEN)
    a_round().given(CLOSED).when(command, TEAM).then_refused(Rule.ROUND_IS_OPEN)


@pytest.mark.parametrize("command", [CLOSE, mark(date(2022, 10, 1))])
def test_a_round_that_was_never_opened_is_neither_closed_nor_overdue(command: Command) -> None:
    Story(decider).when(command, TEAM).then_refused(Rule.ROUND_IS_OPEN)
