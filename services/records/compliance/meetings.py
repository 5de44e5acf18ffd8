"""What the regulation asks of meetings and opinions: one a quarter, all there or excused, answers in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.meetings.events import (
    AbsenceApproved,
    AbsenceDeclined,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from services.records.compliance.course import Course, History, every, first, last
from services.records.compliance.standing import Occasion, Recorded, Standing, judged, references
from services.tasks.events import TaskAssigned
from shared.dates import Moment

RUNNING_OUT: Final = 30
"""Days before the end of a quarter from which on a periodic meeting that nobody convened is at risk."""
TOOK_PLACE: Final = (MeetingOpened, MeetingClosed, AttendanceRecorded, ConclusionIssued, MinutesApproved)
"""What is only recorded of a meeting that takes place; that its day came proves nothing."""
PROMPT: Final = timedelta(days=3)
"""In which a conclusion becomes tasks; they follow by themselves, so that more is a fault."""


def a_meeting_each_quarter(course: Course) -> Iterator[Occasion]:
    """D8.1, D4.3: a periodic meeting in each period of the regulation, a quarter where it sets no other.

    Held in it, held late for it, called without a word that it took place, or not at all. A period that the
    regulation bound for less than its half is at risk at most.
    """
    meetings = [*_periodic(course)]
    ended = {one.event.quarter: one for one in course.of(QuarterEnded) if isinstance(one.event, QuarterEnded)}
    for period in _periods(course):
        known = [one for one in meetings if one.belongs_to(period)]
        held = [one for one in known if one.took_place and one.when.latest <= course.on]
        in_time = [one for one in held if not period.certainly_before(one.when)]
        if in_time or held:
            standing = Standing.KEPT if in_time else Standing.BREACHED
            yield _meeting(period, "meeting_held" if in_time else "meeting_late", standing, in_time or held)
            continue
        silent = [one for one in known if not one.took_place and one.when.latest < course.on]
        over = period.last < course.on
        if silent and (over or len(silent) == len(known)):
            yield _meeting(period, "meeting_unproven", Standing.NO_EVIDENCE, silent)
        elif over and not course.watched(period.last):
            yield _meeting(period, "meeting_unknown", Standing.NO_EVIDENCE)
        elif over:
            standing = Standing.BREACHED if _bound(course, period) else Standing.AT_RISK
            yield _meeting(period, "meeting_missing", standing, known, course.adopted, ended.get(period.name))
        elif not known and course.watched(course.on) and (period.last - course.on).days <= RUNNING_OUT:
            yield _meeting(period, "meeting_due", Standing.AT_RISK, (), course.adopted)


@dataclass(frozen=True)
class _Periodic:
    """A periodic meeting that was not called off, and whether anything tells that it took place."""

    convened: Recorded
    meeting: MeetingConvened
    when: Moment
    took_place: bool

    @property
    def day(self) -> str:
        return self.when.earliest.isoformat() if "T" in self.when else str(self.when)

    def belongs_to(self, period: Period) -> bool:
        """By what it covers; where that is not said, by its day, if that certainly lies in one period."""
        covered = Period.named(self.meeting.quarter or "")
        if covered is None:
            return period.holds(self.when)
        return period.first <= covered.last <= period.last


def _periodic(course: Course) -> Iterator[_Periodic]:
    for history in course.histories("meeting"):
        convened, when = _held(history)
        if convened is None or when is None or _convened(convened).kind is not MeetingKind.PERIODIC:
            continue
        told = convened.meta.source is not None or first(history, *TOOK_PLACE) is not None
        yield _Periodic(convened, _convened(convened), when, told)


def _periods(course: Course) -> Iterator[Period]:
    """The periods of the committee up to the day, each as long as the regulation says when it begins."""
    day = course.in_force_from
    while day is not None and day <= course.on:
        period = Period.of(day, course.terms(day).meeting_interval_months)
        yield period
        day = period.day_after


def _bound(course: Course, period: Period) -> bool:
    began = course.in_force_from or period.last
    return began - period.first <= (period.last - period.first) / 2


def _meeting(
    period: Period, said: str, standing: Standing, meetings: Sequence[_Periodic] = (), *proof: Recorded | None
) -> Occasion:
    return Occasion(
        clauses=("D4.3", "D8.1"),
        said=said,
        standing=standing,
        day=period.last,
        record=("meetings", meetings[0].meeting.meeting_id) if meetings else None,
        values={"quarter": _called(period), "held": ", ".join(one.day for one in meetings)},
        evidence=references(*(one.convened for one in meetings), *proof),
    )


def _called(period: Period) -> str:
    """A quarter by its name, any other period by its months."""
    name = period.name
    return name if "-Q" in name else f"{period.first:%m/%Y}–{period.last:%m/%Y}"


def _held(history: History) -> tuple[Recorded | None, Moment | None]:
    """The convening of a meeting that was not called off, and when it is held."""
    convened = first(history, MeetingConvened)
    if convened is None or first(history, MeetingCancelled):
        return None, None
    when = _convened(convened).held
    for moved in every(history, MeetingPostponed):
        assert isinstance(moved.event, MeetingPostponed)
        when = moved.event.held
    return convened, when


def _convened(envelope: Recorded) -> MeetingConvened:
    assert isinstance(envelope.event, MeetingConvened)
    return envelope.event


def members_attend(course: Course) -> Iterator[Occasion]:
    """D6.1.d: who was invited attends, or is absent with consent, or sends a substitute with an opinion."""
    for history in course.histories("meeting"):
        convened, when = _held(history)
        if convened is None or when is None or when.latest > course.on:
            continue
        noted = {
            one.event.participant: one for one in history if isinstance(one.event, AttendanceRecorded)
        }  # the last word on each
        excused, sent = _consents(history)
        gone = {one.event.participant for one in history if isinstance(one.event, ParticipantWithdrawn)}
        for one in every(history, ParticipantInvited):
            assert isinstance(one.event, ParticipantInvited)
            who = one.event.participant
            if one.event.expert or who in gone:
                continue
            there = noted.get(who)
            present = there is not None and _status(there) is Attendance.PRESENT
            consent = excused.get(who)
            if present:
                said, standing = "attended", Standing.KEPT
            elif consent is not None:
                said, standing = ("substituted" if who in sent else "excused"), Standing.KEPT
            elif there is None:
                said, standing = "attendance_unknown", Standing.NO_EVIDENCE
            elif there.meta.source is not None:
                said, standing = "consent_unknown", Standing.NO_EVIDENCE  # a source tells who was not there
            else:
                said, standing = "unexcused", Standing.BREACHED
            yield Occasion(
                clauses=("D6.1.d",),
                said=said,
                standing=standing,
                day=when.latest,
                whose=one.event.agency_id or who,
                record=("meetings", _convened(convened).meeting_id),
                values={"who": one.event.post},
                evidence=references(one, there, consent, sent.get(who)),
            )


def _consents(history: History) -> tuple[dict[str, Recorded], dict[str, Recorded]]:
    """By participant, the consent to the absence and the substitute, as they stand after the last word."""
    excused: dict[str, Recorded] = {}
    sent: dict[str, Recorded] = {}
    for one in history:
        match one.event:
            case AbsenceApproved(member=member):
                excused[member] = one
            case SubstituteAuthorised(member=member):
                sent[member] = one
            case AbsenceDeclined(member=member):
                excused.pop(member, None)
                sent.pop(member, None)
    return excused, sent


def _status(envelope: Recorded) -> Attendance:
    assert isinstance(envelope.event, AttendanceRecorded)
    return envelope.event.status


def conclusions_become_tasks(course: Course) -> Iterator[Occasion]:
    """D6.1.d, D8.1: every duty of a conclusion that has a lead is a task with that lead."""
    tasks: dict[str, list[str]] = {}
    for assigned in course.each(TaskAssigned):
        assert isinstance(assigned.event, TaskAssigned)
        if assigned.event.origin_ref:
            tasks.setdefault(assigned.event.origin_ref, []).append(assigned.reference)
    for concluded in course.each(ConclusionIssued):
        assert isinstance(concluded.event, ConclusionIssued)
        wanted = [duty for duty in concluded.event.duties if duty.lead]
        nobody = len(concluded.event.duties) - len(wanted)
        made = tasks.get(concluded.reference, [])
        day = concluded.meta.effective_at.latest
        if not concluded.event.duties:
            continue
        if len(made) >= len(wanted):
            standing, said = (
                (Standing.AT_RISK, "duty_without_lead") if nobody else (Standing.KEPT, "tasks_made")
            )
        else:
            standing = Standing.BREACHED if course.on > day + PROMPT else Standing.AT_RISK
            said = "tasks_missing"
        if concluded.meta.source is not None and standing is not Standing.KEPT:
            standing = Standing.NO_EVIDENCE  # what the source leaves out, another may tell
        yield Occasion(
            clauses=("D8.1",),
            said=said,
            standing=standing,
            day=day,
            record=("meetings", concluded.event.meeting_id),
            values={"duties": len(concluded.event.duties), "tasks": len(made), "nobody": nobody},
            evidence=(concluded.reference, *made),
        )


def opinions_come_in_time(course: Course) -> Iterator[Occasion]:
    """D6.1.c: who is asked answers by the day that was set."""
    for history in course.histories("opinion"):
        asked = first(history, OpinionRequested)
        if asked is None or not isinstance(asked.event, OpinionRequested):
            continue
        moved = last(history, OpinionRoundExtended)
        deadline = (
            moved.event.due if moved and isinstance(moved.event, OpinionRoundExtended) else asked.event.due
        )
        closed = first(history, OpinionRoundClosed)
        over = closed.meta.effective_at.latest if closed else None
        end = (deadline.latest if deadline else None) or over
        cut_short = over is not None and end is not None and over < end
        answers: dict[str, Recorded] = {}
        for one in every(history, OpinionSubmitted):
            assert isinstance(one.event, OpinionSubmitted)
            answers.setdefault(one.event.seat_id, one)
        for seat in asked.event.asked:
            answer = answers.get(seat)
            if answer is None and cut_short:
                continue  # it was closed while there was time to answer
            standing = _opinion(answer, asked, end, course.on)
            if standing is not None:
                yield Occasion(
                    clauses=("D6.1.c",),
                    said=_said_of(answer, standing),
                    standing=standing,
                    day=end or (answer or asked).meta.effective_at.latest,
                    whose=seat,
                    record=("opinion_rounds", asked.event.round_id),
                    values={"subject": asked.event.subject},
                    evidence=references(asked, moved, answer, closed),
                )


def _opinion(answer: Recorded | None, asked: Recorded, due: date | None, on: date) -> Standing | None:
    if answer is not None and isinstance(answer.event, OpinionSubmitted):
        return Standing.BREACHED if answer.event.late else Standing.KEPT
    return judged(due, asked, None, on)


def _said_of(answer: Recorded | None, standing: Standing) -> str:
    if answer is not None:
        return "opinion_late" if standing is Standing.BREACHED else "opinion_given"
    return "opinion_due" if standing is Standing.AT_RISK else "opinion_missing"
