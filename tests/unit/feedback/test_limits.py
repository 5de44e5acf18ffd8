"""What feedback ends without an answer, what comes late, and what the clock notes."""

from datetime import date

import pytest
from pydantic import ValidationError

from services.feedback.commands import (
    AnswerFeedback,
    ClassifyFeedback,
    CloseFeedback,
    DeclineFeedback,
    DirectFeedback,
    ForwardFeedback,
    MarkFeedbackOverdue,
    PassOnAnswer,
    ReceiveFeedback,
    ReopenFeedback,
    ReportFeedback,
)
from services.feedback.events import (
    Channel,
    DeclineReason,
    FeedbackAnswered,
    FeedbackClassified,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackOverdue,
    FeedbackReopened,
    FeedbackReported,
    Step,
)
from services.feedback.rules import Rule
from services.members.parameters import Parameters
from shared.envelope import Act
from shared.messages import AgencyId, Event
from tests.unit.feedback.examples import (
    ANSWER_BY,
    ANSWERED,
    BEFORE,
    BY_FOCAL,
    CHAIR,
    CLOCK,
    CLOSED,
    DIRECTED,
    FILE,
    FOCAL,
    FORWARD_BY,
    POLICY,
    RECEIVE,
    RECEIVED,
    TEAM,
    TELECOM,
    UNDATED,
    F,
    by_focal,
    head,
    story,
)
from tests.unit.given import DECISION, SOURCE, act

COMPLAINT = DeclineFeedback(feedback_id=F, reason=DeclineReason.COMPLAINT, told="Gửi theo Luật Khiếu nại")
DECLINED = FeedbackDeclined.model_validate(COMPLAINT.model_dump())
FORWARD = ForwardFeedback(
    feedback_id=F, to="Bộ Tài chính", notice="Đã chuyển Bộ Tài chính", document=DECISION
)
FORWARDED = FeedbackForwarded.model_validate(FORWARD.model_dump())
ANSWER = AnswerFeedback(feedback_id=F, answer="Đã phủ sóng 16 thôn", document=DECISION)
REOPEN = ReopenFeedback(feedback_id=F, reason="vẫn mất sóng")
NAMELESS = {"sender": None, "sender_wording": None, "anonymous": True}
ANONYMOUS = RECEIVED.model_copy(update=NAMELESS)
NOBODY = DeclineFeedback(feedback_id=F, reason=DeclineReason.ANONYMOUS)
LINKED = FeedbackLinked(feedback_id=F, duplicate_of="goc")
PASS_ON = PassOnAnswer(feedback_id=F, duplicate_of="goc", answer="Đã xử lý")


LATE_TEAM = act("team_member", person="thanh-vien-to", at="2022-10-20")


def overdue(step: Step, due: date, seen: date) -> FeedbackOverdue:
    return FeedbackOverdue(feedback_id=F, step=step, due=due, seen=seen)


def mark(step: Step, today: str) -> MarkFeedbackOverdue:
    return MarkFeedbackOverdue(feedback_id=F, step=step, today=date.fromisoformat(today))


def test_received_with_channel_and_a_reference_to_the_sender() -> None:
    more = {"channel": Channel.TELEPHONE, "contact": "so-tiep-nhan/2022/14"}
    story().when(RECEIVE.model_copy(update=more), BY_FOCAL).then(RECEIVED.model_copy(update=more))
    for personal in ("0912345678", "a@example.org", ""):
        with pytest.raises(ValidationError):
            ReceiveFeedback(feedback_id=F, subject="x", contact=personal)


def test_names_and_lists_have_limits() -> None:
    for field, value in (
        ("sender", ""),
        ("received_by", "a" * 201),
        ("attachments", [FILE.model_dump()] * 201),
    ):
        with pytest.raises(ValidationError):
            ReceiveFeedback.model_validate({"feedback_id": F, "subject": "x", field: value})
    for to in ("", "a" * 201):
        with pytest.raises(ValidationError):
            DirectFeedback(feedback_id=F, to=AgencyId(to), instruction="x")


def test_limits_are_those_of_the_regulation_in_force() -> None:
    short = Parameters(feedback_forward_working_days=1, feedback_answer_working_days=2)
    by = act("focal_point", agency=FOCAL, at="2026-01-05")
    told = story().when(RECEIVE, Act(by.actor, by.effective_at, terms=short.model_dump(mode="json")))
    assert (told.state.forward_by, told.state.answer_by) == (date(2026, 1, 6), date(2026, 1, 7))


def test_of_the_past_and_of_a_day_not_known_there_is_no_limit() -> None:
    sourced = act("focal_point", agency=FOCAL, source=SOURCE)
    for who in (BEFORE, sourced, by_focal("2022-09")):
        story().when(RECEIVE, who).then(UNDATED)


def test_anonymous_is_received_and_declined_but_never_answered() -> None:
    told = story().when(RECEIVE.model_copy(update=NAMELESS), BY_FOCAL).then(ANONYMOUS)
    told.when(ANSWER, BY_FOCAL).then_refused(Rule.SENDER_IS_NAMED)
    told.when(NOBODY, BY_FOCAL).then(FeedbackDeclined(feedback_id=F, reason=DeclineReason.ANONYMOUS))
    told.when(NOBODY, BY_FOCAL).then_nothing()
    both = RECEIVE.model_copy(update={"anonymous": True})
    story().when(both, BY_FOCAL).then_refused(Rule.SENDER_IS_NAMED)
    story(RECEIVED).when(NOBODY, BY_FOCAL).then_refused(Rule.DECLINED_FOR_CAUSE)


@pytest.mark.parametrize(("command", "ended"), [(COMPLAINT, DECLINED), (FORWARD, FORWARDED)])
def test_declined_or_forwarded_it_ends_once(
    command: DeclineFeedback | ForwardFeedback, ended: FeedbackDeclined | FeedbackForwarded
) -> None:
    told = story(RECEIVED).when(command, BY_FOCAL).then(ended)
    told.when(command, BY_FOCAL).then_nothing()
    other = FORWARD if command is COMPLAINT else COMPLAINT
    for again in (other, ANSWER, CloseFeedback(feedback_id=F)):
        told.when(again, BY_FOCAL).then_refused(Rule.FEEDBACK_IS_OPEN)
    told.when(REOPEN, CHAIR).then_happened(FeedbackReopened)
    told.when(ANSWER, BY_FOCAL).then(ANSWERED)


@pytest.mark.parametrize("command", [COMPLAINT, FORWARD])
def test_declined_or_forwarded_by_the_focal_point_and_its_sender_is_told(
    command: DeclineFeedback | ForwardFeedback,
) -> None:
    story().when(command, BY_FOCAL).then_refused(Rule.FEEDBACK_STANDS)
    story(RECEIVED).when(command, CHAIR).then_refused(Rule.HANDLED_BY_FOCAL_POINT)
    silent = command.model_copy(update={"told": None, "notice": None})
    story(RECEIVED).when(silent, BY_FOCAL).then_refused(Rule.SENDER_IS_TOLD)
    story(ANONYMOUS).when(silent, BY_FOCAL).then_happened(
        type(story(RECEIVED).when(command, BY_FOCAL).outcome[0])
    )
    story(RECEIVED).when(silent, BEFORE).then_happened(
        type(story(RECEIVED).when(command, BY_FOCAL).outcome[0])
    )


@pytest.mark.parametrize("command", [COMPLAINT, FORWARD, ClassifyFeedback(feedback_id=F, field="hạ tầng")])
def test_late_is_recorded_and_not_refused(
    command: DeclineFeedback | ForwardFeedback | ClassifyFeedback,
) -> None:
    for day, late in (("2022-10-05", False), ("2022-10-06", True), ("2022-10", False)):
        [event] = story(RECEIVED).when(command, by_focal(day)).outcome
        assert (day, event.model_dump()["late"]) == (day, late)
    [event] = story(UNDATED).when(command, by_focal("2026-01-05")).outcome
    assert not event.model_dump()["late"]


def test_an_answer_may_be_late_but_a_second_one_is_not() -> None:
    told = story(RECEIVED).when(ANSWER, by_focal("2022-10-20"))
    told.then(ANSWERED.model_copy(update={"late": True}))
    better = ANSWER.model_copy(update={"answer": "Đã phủ sóng cả xã"})
    told.when(better, by_focal("2022-11-20")).then(ANSWERED.model_copy(update={"answer": better.answer}))


def test_the_clock_notes_each_step_once() -> None:
    told = story(RECEIVED)
    told.when(mark(Step.CLASSIFICATION, "2022-10-05"), CLOCK).then_nothing()
    told.when(mark(Step.CLASSIFICATION, "2022-10-06"), CLOCK)
    told.then(overdue(Step.CLASSIFICATION, FORWARD_BY, date(2022, 10, 6)))
    told.when(mark(Step.CLASSIFICATION, "2022-10-07"), CLOCK).then_nothing()
    told.when(mark(Step.ANSWER, "2022-10-20"), LATE_TEAM).then(
        overdue(Step.ANSWER, ANSWER_BY, date(2022, 10, 20))
    )
    told.when(mark(Step.ANSWER, "2022-10-21"), CLOCK).then_nothing()


@pytest.mark.parametrize(
    "events",
    [
        (FeedbackClassified(feedback_id=F, field="hạ tầng"),),
        (DIRECTED,),
        (ANSWERED,),
        (ANSWERED, CLOSED),
        (DECLINED,),
        (FORWARDED,),
    ],
)
def test_what_is_known_to_be_ours_or_not_is_not_overdue(events: tuple[Event, ...]) -> None:
    story(RECEIVED, *events).when(mark(Step.CLASSIFICATION, "2030-01-01"), CLOCK).then_nothing()


@pytest.mark.parametrize("events", [(ANSWERED,), (ANSWERED, CLOSED), (DECLINED,), (FORWARDED,)])
def test_what_is_answered_or_ended_is_not_overdue(events: tuple[Event, ...]) -> None:
    story(RECEIVED, *events).when(mark(Step.ANSWER, "2030-01-01"), CLOCK).then_nothing()


def test_only_the_clock_says_overdue() -> None:
    late = mark(Step.ANSWER, "2030-01-01")
    story(RECEIVED).when(late, CHAIR).then_refused(Rule.OVERDUE_BY_CLOCK)
    story().when(late, CLOCK).then_refused(Rule.FEEDBACK_STANDS)
    story(UNDATED).when(late, CLOCK).then_nothing()


def test_nobody_notes_a_day_that_has_not_come() -> None:
    for who in (TEAM, POLICY):
        story(RECEIVED).when(mark(Step.ANSWER, "2022-10-20"), who).then_refused(Rule.OVERDUE_BY_CLOCK)


def test_reopened_the_limit_starts_anew() -> None:
    noted = overdue(Step.ANSWER, ANSWER_BY, date(2022, 10, 20))
    told = story(RECEIVED, DIRECTED, noted, ANSWERED, CLOSED)
    told.when(REOPEN, by_focal("2026-01-05"))
    told.then(
        FeedbackReopened(
            feedback_id=F, reason=REOPEN.reason, lies_with=(TELECOM,), answer_by=date(2026, 1, 23)
        )
    )
    told.when(mark(Step.ANSWER, "2026-01-23"), CLOCK).then_nothing()
    told.when(mark(Step.ANSWER, "2026-01-24"), CLOCK).then_happened(FeedbackOverdue)
    told.when(ANSWER, head(TELECOM, at="2026-01-28")).then(ANSWERED.model_copy(update={"late": True}))


def test_reopened_what_was_never_classified_has_both_limits() -> None:
    """10/1/2026 is a Saturday that is worked."""
    [reopened] = story(RECEIVED, DECLINED).when(REOPEN, by_focal("2026-01-05")).outcome
    assert isinstance(reopened, FeedbackReopened)
    assert (reopened.forward_by, reopened.answer_by) == (date(2026, 1, 10), date(2026, 1, 23))
    classified = FeedbackClassified(feedback_id=F, field="hạ tầng")
    [reopened] = story(RECEIVED, classified, FORWARDED).when(REOPEN, by_focal("2026-01-05")).outcome
    assert isinstance(reopened, FeedbackReopened)
    assert (reopened.forward_by, reopened.answer_by) == (None, date(2026, 1, 23))


def test_reopened_what_was_answered_is_known_to_be_ours() -> None:
    """Who answered it has taken it for the committee's, classified or not."""
    [reopened] = story(RECEIVED, ANSWERED, CLOSED).when(REOPEN, by_focal("2026-01-05")).outcome
    assert isinstance(reopened, FeedbackReopened)
    assert (reopened.forward_by, reopened.answer_by) == (None, date(2026, 1, 23))


@pytest.mark.parametrize("command", [COMPLAINT, FORWARD])
def test_what_was_classified_in_time_ends_late_only_after_the_limit_of_its_answer(
    command: DeclineFeedback | ForwardFeedback,
) -> None:
    classified = FeedbackClassified(feedback_id=F, field="hạ tầng")
    for day, late in (("2022-10-06", False), ("2022-10-19", False), ("2022-10-20", True)):
        [event] = story(RECEIVED, classified).when(command, by_focal(day)).outcome
        assert (day, event.model_dump()["late"]) == (day, late)
    [event] = story(RECEIVED, classified, ANSWERED).when(command, by_focal("2022-12-01")).outcome
    assert event.model_dump()["late"] is False


def test_that_it_concerns_the_regulation_may_show_later() -> None:
    about = ClassifyFeedback(feedback_id=F, field="quy chế", about_regulation=True)
    told = story(RECEIVED).when(about, BY_FOCAL)
    told.then(FeedbackClassified(feedback_id=F, field="quy chế", about_regulation=True))
    told.when(about, BY_FOCAL).then_nothing()
    told.when(about.model_copy(update={"about_regulation": None}), BY_FOCAL).then_nothing()
    told.when(ReportFeedback(feedback_id=F, report="Trình Trưởng Ban"), BY_FOCAL)
    told.then(FeedbackReported(feedback_id=F, report="Trình Trưởng Ban", to_chair=True))


def test_a_duplicate_gets_the_answer_of_the_main_one() -> None:
    told = story(RECEIVED, LINKED).when(PASS_ON, POLICY)
    told.then(FeedbackAnswered(feedback_id=F, answer="Đã xử lý", same_as="goc"))
    told.when(PASS_ON, POLICY).then_nothing()
    told.when(CloseFeedback(feedback_id=F), BY_FOCAL).then(CLOSED)


def test_a_duplicate_that_has_its_answer_or_is_none_is_left_alone() -> None:
    for events in (
        (RECEIVED,),
        (RECEIVED, LINKED, ANSWERED),
        (ANONYMOUS, LINKED),
        (RECEIVED, LINKED, DECLINED),
    ):
        story(*events).when(PASS_ON, POLICY).then_nothing()
    story(RECEIVED, LINKED).when(PASS_ON, BY_FOCAL).then_refused(Rule.ANSWER_FOLLOWS_MAIN)
    story().when(PASS_ON, POLICY).then_refused(Rule.FEEDBACK_STANDS)
