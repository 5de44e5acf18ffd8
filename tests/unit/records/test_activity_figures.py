"""The figures of a period: what each counts, by which events, and nothing from outside the period."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.activity import decider as activity
from services.feedback.activity.commands import FigureAsked, IssueActivityReport
from services.feedback.activity.events import ActivityReportIssued, FigureKind, ReportFigure
from services.feedback.events import FeedbackAnswered, FeedbackClosed, FeedbackReceived, FeedbackReopened
from services.feedback.report.events import ReportAccepted, ReportRequested, ReportReturned, ReportSubmitted
from services.feedback.report.periods import Period
from services.meetings.directive.events import DirectiveAcknowledged
from services.meetings.events import (
    Answer,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingConvened,
    MeetingKind,
    MeetingPostponed,
    OpinionOverdue,
    OpinionSubmitted,
)
from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    ExpenditureCorrected,
    ExpenditureRecorded,
)
from services.members.capacity import Capacity
from services.published import CODEC
from services.records.activity import ADDED, COUNTS, GATHERED, ORDER, figures
from services.tasks.events import (
    TaskAssigned,
    TaskCompleted,
    TaskExtensionGranted,
    TaskOrigin,
    TaskOverdue,
)
from services.tasks.inspection.events import FindingRemedied, FindingReopened
from shared.catalogue import catalogue
from shared.dates import Deadline, Moment
from shared.envelope import Envelope
from shared.messages import AgencyId, Event, PersonId
from tests.unit.given import act
from tests.unit.records.facts import envelope

Q3 = Period.named("2026-Q3")
A = AgencyId("so-a")
DUE = Deadline(wording="15/8", latest=date(2026, 8, 15))
Told = tuple[Event, str]
"""An event, and when it took effect."""


def past(*told: Told) -> list[Envelope[Event]]:
    return [envelope(event, n, at=at) for n, (event, at) in enumerate(told, start=1)]


def made(*told: Told, period: Period = Q3) -> dict[str, ReportFigure]:
    return {one.key: one for one in figures(past(*told), period)}


def said(key: str, *told: Told, period: Period = Q3) -> tuple[int, list[int]]:
    """The value of a figure, and which of the events (from 0) it names."""
    one = made(*told, period=period)[key]
    return one.value, [int(reference.rpartition("@")[2]) for reference in one.evidence]


def meeting(name: str, held: str, kind: MeetingKind | None = MeetingKind.PERIODIC) -> MeetingConvened:
    return MeetingConvened(
        meeting_id=name, kind=kind, title="Họp", held=Moment(held), presiding=PersonId("truong-ban")
    )


def task(name: str, deadline: Deadline | None = DUE) -> TaskAssigned:
    return TaskAssigned(task_id=name, title="Việc", deadline=deadline, origin=TaskOrigin.ASSIGNMENT)


def test_every_figure_is_told_once_and_has_its_words() -> None:
    keys = [*(one.key for one in COUNTS), *(key for key, _ in GATHERED), *(key for key, _, _ in ADDED)]
    assert sorted(keys) == sorted(ORDER)
    assert len(set(keys)) == len(keys)
    assert {f"activity.{key}" for key in keys} <= catalogue().keys()


@pytest.mark.parametrize("one", COUNTS, ids=lambda one: one.key)
def test_what_is_counted_by_type_is_there_to_be_counted(one: Any) -> None:
    fields = CODEC.types[one.type].model_fields
    assert {*one.where, *one.once} <= set(fields)


def test_nothing_happened() -> None:
    assert all((one.value, one.evidence) == (0, ()) for one in made().values())


def test_meetings_by_kind_on_the_day_on_which_they_were_held() -> None:
    before, held = Moment("2026-06-30"), Moment("2026-07-02")
    postponed = MeetingPostponed(meeting_id="b", held_before=before, held=held, reason="x")
    told: tuple[Told, ...] = (
        (meeting("a", "2026-07-10"), "2026-06-28"),
        (meeting("b", "2026-06-30"), "2026-06-20"),
        (postponed, "2026-06-29"),
        (meeting("c", "2026-08-01"), "2026-07-20"),
        (MeetingCancelled(meeting_id="c", reason="x"), "2026-07-30"),
        (meeting("d", "2026-09-01", MeetingKind.EXPANDED), "2026-08-20"),
        (meeting("e", "2026-09-02", None), "2026-08-20"),
        (meeting("f", "2026"), "2026-08-20"),
    )
    assert said("meetings_periodic", *told) == (2, [0, 1])
    assert said("meetings_expanded", *told) == (1, [5])
    assert said("meetings_of_unknown_kind", *told) == (1, [6])


def test_attendance_is_what_was_noted_last_and_a_group_counts_as_many_as_it_is() -> None:
    def there(who: str, status: Attendance, count: int | None = None) -> Told:
        noted = AttendanceRecorded(meeting_id="a", participant=who, status=status, count=count)
        return noted, "2026-07-10"

    told = (
        (meeting("a", "2026-07-10"), "2026-07-01"),
        there("x", Attendance.ABSENT),
        there("x", Attendance.PRESENT),
        there("11-huyen", Attendance.PRESENT, 11),
        there("y", Attendance.ABSENT),
    )
    assert said("present", *told) == (12, [2, 3])
    assert said("absent", *told) == (1, [4])


def test_late_conclusions_are_told_beside_all() -> None:
    late = ConclusionIssued(meeting_id="a", conclusion_id="1", text="x", late=True)
    on_time = ConclusionIssued(meeting_id="a", conclusion_id="2", text="x")
    told = ((late, "2026-07-20"), (on_time, "2026-07-21"), (on_time, "2026-10-01"))
    assert said("conclusions", *told) == (2, [0, 1])
    assert said("conclusions_late", *told) == (1, [0])


def test_opinions() -> None:
    def given_(seat: str, version: int = 1, *, late: bool = False) -> OpinionSubmitted:
        return OpinionSubmitted(round_id="r", seat_id=seat, version=version, answer=Answer.AGREE, late=late)

    def silent(seat: str) -> OpinionOverdue:
        return OpinionOverdue(round_id="r", seat_id=seat, due=DUE, seen=date(2026, 8, 16))

    told: tuple[Told, ...] = (
        (given_("a"), "2026-08-01"),
        (given_("a", 2, late=True), "2026-08-20"),
        (silent("b"), "2026-08-16"),
        (given_("b", late=True), "2026-08-20"),
        (silent("c"), "2026-08-16"),
        (silent("d"), "2026-06-16"),
    )
    assert said("opinions_on_time", *told) == (1, [0])
    assert said("opinions_late", *told) == (1, [3])
    assert said("opinions_silent", *told) == (1, [4])


def test_open_tasks_at_the_end_name_what_they_count() -> None:
    later = Deadline(wording="2026-12-31", latest=date(2026, 12, 31))
    told: tuple[Told, ...] = (
        (task("a"), "2026-05-01"),
        (task("b"), "2026-07-01"),
        (TaskCompleted(task_id="b", late=True), "2026-09-01"),
        (task("c"), "2026-07-01"),
        (TaskExtensionGranted(task_id="c", old_deadline=DUE, deadline=later), "2026-08-01"),
        (task("d", None), "2026-07-01"),
        (TaskOverdue(task_id="a", deadline=DUE, noticed_on=date(2026, 8, 16)), "2026-08-16"),
        (task("e"), "2026-10-02"),
        (TaskCompleted(task_id="a"), "2026-10-02"),
    )
    assert said("tasks_assigned", *told) == (3, [1, 3, 5])
    assert said("tasks_completed_late", *told) == (1, [2])
    assert said("tasks_completed_on_time", *told) == (0, [])
    assert said("tasks_fell_overdue", *told) == (1, [6])
    assert said("tasks_open", *told) == (3, [0, 3, 5])
    assert said("tasks_open_overdue", *told) == (1, [0])
    year = Period.named("2026")
    assert said("tasks_open", *told, period=year) == (3, [3, 5, 7])
    assert said("tasks_open_overdue", *told, period=year) == (2, [4, 7])


def test_feedback() -> None:
    limit = date(2026, 8, 15)

    def received(name: str, answer_by: date | None = limit) -> FeedbackReceived:
        return FeedbackReceived(feedback_id=name, subject="x", answer_by=answer_by)

    reopened = FeedbackReopened(feedback_id="a", reason="x", lies_with=(), answer_by=limit)
    told: tuple[Told, ...] = (
        (received("a"), "2026-06-01"),
        (FeedbackClosed(feedback_id="a"), "2026-06-20"),
        (reopened, "2026-07-01"),
        (received("b"), "2026-07-02"),
        (FeedbackAnswered(feedback_id="b", answer="x"), "2026-07-05"),
        (FeedbackClosed(feedback_id="b"), "2026-07-06"),
        (FeedbackAnswered(feedback_id="a", answer="x", late=True), "2026-09-05"),
        (received("c", None), "2026-07-02"),
        (FeedbackAnswered(feedback_id="c", answer="x"), "2026-07-05"),
    )
    assert said("feedback_received", *told) == (2, [3, 7])
    assert said("feedback_open", *told) == (2, [2, 7])
    assert said("feedback_answers", *told) == (3, [4, 6, 8])
    assert said("feedback_answers_on_time", *told) == (1, [4])
    assert said("feedback_answers_late", *told) == (1, [6])


def test_a_better_answer_makes_feedback_neither_later_nor_earlier() -> None:
    first = FeedbackAnswered(feedback_id="a", answer="x", late=True)
    told: tuple[Told, ...] = (
        (FeedbackReceived(feedback_id="a", subject="x", answer_by=date(2026, 7, 10)), "2026-07-01"),
        (first, "2026-07-20"),
        (first.model_copy(update={"answer": "y", "late": False}), "2026-07-21"),
    )
    assert said("feedback_answers_late", *told) == (1, [1])
    assert said("feedback_answers_on_time", *told) == (0, [])
    assert said("feedback_answers", *told) == (1, [1])


def report_sent(agency: str, version: int = 1, *, late: bool = False) -> ReportSubmitted:
    return ReportSubmitted(request_id="r", agency_id=AgencyId(agency), version=version, late=late)


def report_accepted(agency: str, version: int = 1) -> ReportAccepted:
    return ReportAccepted(request_id="r", agency_id=AgencyId(agency), version=version)


def report_returned(agency: str, version: int = 1) -> ReportReturned:
    return ReportReturned(request_id="r", agency_id=AgencyId(agency), version=version)


ASKED_FOR: Told = (ReportRequested(request_id="r", title="x", to=(A,), due=DUE), "2026-07-01")


def test_reports_are_on_time_or_late_by_what_was_first_accepted() -> None:
    told: tuple[Told, ...] = (
        ASKED_FOR,
        (report_sent("a"), "2026-08-01"),
        (report_accepted("a"), "2026-08-01"),
        (report_sent("a", 2, late=True), "2026-08-20"),
        (report_accepted("a", 2), "2026-08-20"),
        (report_sent("b"), "2026-08-01"),
        (report_returned("b"), "2026-08-01"),
        (report_sent("b", 2, late=True), "2026-08-20"),
        (report_accepted("b", 2), "2026-08-20"),
        (report_sent("c"), "2026-08-10"),
        (report_accepted("c"), "2026-10-10"),
    )
    assert said("reports_requested", *told) == (1, [0])
    assert said("reports_accepted", *told) == (2, [2, 8])
    assert said("reports_on_time", *told) == (1, [2])
    assert said("reports_late", *told) == (1, [8])
    assert said("reports_returned", *told) == (1, [6])


def test_a_report_that_was_returned_for_its_content_is_owed_again_as_in_the_tally() -> None:
    told: tuple[Told, ...] = (
        ASKED_FOR,
        (report_sent("a"), "2026-08-01"),
        (report_accepted("a"), "2026-08-01"),
        (report_returned("a"), "2026-08-05"),
        (report_sent("b"), "2026-08-01"),
        (report_accepted("b"), "2026-08-01"),
        (report_returned("b"), "2026-08-05"),
        (report_sent("b", 2, late=True), "2026-08-20"),
        (report_accepted("b", 2), "2026-08-20"),
        (report_sent("b", 3), "2026-08-21"),
        (report_returned("b", 3), "2026-08-21"),
    )
    assert said("reports_accepted", *told) == (1, [8])
    assert said("reports_on_time", *told) == (0, [])
    assert said("reports_late", *told) == (1, [8])


def test_nothing_is_on_time_that_had_no_day_to_come_by() -> None:
    open_end = Deadline(wording="theo quy định")
    told: tuple[Told, ...] = (
        (ReportRequested(request_id="r", title="x", to=(A,), due=open_end), "2026-07-01"),
        (report_sent("a"), "2026-08-01"),
        (report_accepted("a"), "2026-08-01"),
        (task("standing", None), "2026-07-01"),
        (TaskCompleted(task_id="standing"), "2026-08-01"),
        (task("dated"), "2026-07-01"),
        (TaskCompleted(task_id="dated"), "2026-08-01"),
    )
    assert said("reports_accepted", *told) == (1, [2])
    assert said("reports_on_time", *told) == (0, [])
    assert said("tasks_completed", *told) == (2, [4, 6])
    assert said("tasks_completed_on_time", *told) == (1, [6])


def test_a_finding_that_was_reopened_is_not_remedied() -> None:
    done = FindingRemedied(inspection_id="i", finding_id="1", how="x")
    again = FindingReopened(inspection_id="i", finding_id="1", reason="chưa đủ")
    told: tuple[Told, ...] = ((done, "2026-07-01"), (done, "2026-07-02"), (again, "2026-07-05"))
    assert said("findings_remedied", *told[:2]) == (1, [0])
    assert said("findings_remedied", *told) == (0, [])
    assert said("findings_remedied", *told, (done, "2026-08-01")) == (1, [3])


def test_within_the_period_it_is_counted_up_to_today() -> None:
    """A meeting that is to come was not held, a deadline that is to come did not pass."""
    told = past((meeting("a", "2026-07-10"), "2026-07-01"), (task("b"), "2026-07-01"))
    by_day = {
        day: {one.key: one.value for one in figures(told, Q3, date.fromisoformat(day))}
        for day in ("2026-07-09", "2026-07-10", "2026-08-14", "2026-08-16", "2027-01-01")
    }
    assert [one["meetings_periodic"] for one in by_day.values()] == [0, 1, 1, 1, 1]
    assert [one["tasks_open_overdue"] for one in by_day.values()] == [0, 0, 0, 1, 1]
    assert [one["tasks_open"] for one in by_day.values()] == [1] * 5
    assert by_day["2027-01-01"] == {one.key: one.value for one in figures(told, Q3)}


def test_an_acknowledgement_counts_when_it_first_came() -> None:
    known = DirectiveAcknowledged(directive_id="d", agency_id=A, measures="x")
    again = known.model_copy(update={"measures": "thêm"})
    assert said("directives_acknowledged", (known, "2026-07-01"), (again, "2026-07-09")) == (1, [0])
    assert said("directives_acknowledged", (known, "2026-06-01"), (again, "2026-07-09")) == (0, [])


def test_funds() -> None:
    def spent(name: str, amount: int, on: str) -> ExpenditureRecorded:
        return ExpenditureRecorded(
            year=2026, expenditure_id=name, line="1", amount=amount, purpose="x", spent_on=Moment(on)
        )

    corrected = ExpenditureCorrected(
        year=2026, expenditure_id="b", line="1", old_amount=5, amount=7, reason="x"
    )
    told: tuple[Told, ...] = (
        (BudgetAllocated(year=2026, amount=100), "2026-01-10"),
        (AllocationAmended(year=2026, old_amount=100, amount=90), "2026-08-10"),
        (spent("a", 20, "2026-03-01"), "2026-03-02"),
        (spent("b", 5, "2026-07-01"), "2026-07-02"),
        (corrected, "2026-07-05"),
        (spent("c", 1, "2026-10-01"), "2026-10-02"),
        (BudgetAllocated(year=2027, amount=500), "2026-09-30"),
    )
    assert said("budget_allocated", *told) == (90, [1])
    assert said("expenditure", *told) == (7, [3, 4])
    assert said("expenditure_of_year", *told) == (27, [2, 3, 4])
    assert said("budget_allocated", *told, period=Period.named("2026-Q2")) == (100, [0])
    one = made(*told)["expenditure"]
    assert (one.kind, one.unit) == (FigureKind.SUM, "đồng")


EVENTS: st.SearchStrategy[Event] = st.sampled_from(
    [
        meeting("a", "2026-07-10"),
        AttendanceRecorded(meeting_id="a", participant="x", status=Attendance.PRESENT, count=3),
        task("a"),
        task("b", None),
        TaskCompleted(task_id="a", late=True),
        FeedbackReceived(feedback_id="a", subject="x"),
        FeedbackClosed(feedback_id="a"),
        BudgetAllocated(year=2026, amount=100),
        ExpenditureRecorded(
            year=2026, expenditure_id="a", line="1", amount=2, purpose="x", spent_on=Moment("2026-07-01")
        ),
        ReportSubmitted(request_id="r", agency_id=A, version=1, late=True),
        ReportAccepted(request_id="r", agency_id=A, version=1),
        DirectiveAcknowledged(directive_id="d", agency_id=A, measures="x"),
    ]
)
DAYS = st.sampled_from(["2026-06-30", "2026-07-01", "2026-07", "2026", "2026-09-30", "2026-10-01"])


@given(st.lists(st.tuples(EVENTS, DAYS), max_size=25))
def test_whatever_happened_the_draft_can_be_issued_as_it_is(told: list[Told]) -> None:
    """Each figure names its events, so the report of the draft is not refused; order is always the same."""
    draft = figures(past(*told), Q3)
    assert tuple(one.key for one in draft) == ORDER
    command = IssueActivityReport(
        report_id="2026-q3",
        period="2026-Q3",
        title="Báo cáo",
        figures=tuple(FigureAsked.model_validate(one.model_dump()) for one in draft),
    )
    [issued] = activity.decider.decide(command, act(Capacity.TEAM_LEADER, at="2026-10-01"), None)
    assert isinstance(issued, ActivityReportIssued)
    assert issued.figures == draft
