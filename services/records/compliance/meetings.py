"""What the regulation asks of meetings and opinions: one a quarter, all there or excused, answers in time."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from services.meetings.events import (
    AbsenceApproved,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingConvened,
    MeetingKind,
    MeetingPostponed,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
)
from services.records.compliance.course import Course, History, every, first, last
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.standing import Occasion, Recorded, Standing, judged, references
from services.tasks.events import TaskAssigned
from shared.dates import Moment

RUNNING_OUT: Final = 30
"""Days before the end of a quarter from which on a periodic meeting that nobody convened is at risk."""
PROMPT: Final = timedelta(days=3)
"""In which a conclusion becomes tasks; they follow by themselves, so that more is a fault."""


def a_meeting_each_quarter(course: Course) -> Iterator[Occasion]:
    """D8.1, D4.3: a periodic meeting a quarter. Held in the quarter, held late for it, or not at all."""
    if course.in_force_from is None:
        return
    held: dict[Quarter, list[Recorded]] = {}
    late: dict[Quarter, list[Recorded]] = {}
    for history in course.histories("meeting"):
        convened, when = _held(history)
        if convened is None or when is None or _kind(convened) is not MeetingKind.PERIODIC:
            continue
        quarter = Quarter.of(when.earliest)
        covered = Quarter.named(_quarter(convened) or "") or quarter
        (held if quarter <= covered else late).setdefault(covered, []).append(convened)
    for quarter in quarters(course.in_force_from, course.on):
        if quarter in held:
            yield _meeting(quarter, Standing.KEPT, "meeting_held", held[quarter])
        elif quarter in late:
            yield _meeting(quarter, Standing.BREACHED, "meeting_late", late[quarter])
        elif quarter.last < course.on:
            silent = not course.watched(quarter.last)
            standing = Standing.NO_EVIDENCE if silent else Standing.BREACHED
            yield _meeting(quarter, standing, "meeting_unknown" if silent else "meeting_missing", [])
        elif course.watched(course.on) and (quarter.last - course.on).days <= RUNNING_OUT:
            yield _meeting(quarter, Standing.AT_RISK, "meeting_due", [])


def _meeting(quarter: Quarter, standing: Standing, said: str, proof: list[Recorded]) -> Occasion:
    return Occasion(
        clauses=("D4.3", "D8.1"),
        said=said,
        standing=standing,
        day=quarter.last,
        record=("meetings", _convened(proof[0]).meeting_id) if proof else None,
        values={"quarter": str(quarter)},
        evidence=references(*proof),
    )


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


def _kind(envelope: Recorded) -> MeetingKind | None:
    return _convened(envelope).kind


def _quarter(envelope: Recorded) -> str | None:
    return _convened(envelope).quarter


def members_attend(course: Course) -> Iterator[Occasion]:
    """D6.1.d: who was invited attends, or is absent with consent, or sends a substitute with an opinion."""
    for history in course.histories("meeting"):
        convened, when = _held(history)
        if convened is None or when is None or when.latest > course.on:
            continue
        noted = {
            one.event.participant: one for one in history if isinstance(one.event, AttendanceRecorded)
        }  # the last word on each
        excused = {one.event.member: one for one in history if isinstance(one.event, AbsenceApproved)}
        sent = {one.event.member: one for one in history if isinstance(one.event, SubstituteAuthorised)}
        gone = {one.event.participant for one in history if isinstance(one.event, ParticipantWithdrawn)}
        for one in every(history, ParticipantInvited):
            assert isinstance(one.event, ParticipantInvited)
            who = one.event.participant
            if one.event.expert or who in gone:
                continue
            there = noted.get(who)
            present = there is not None and _status(there) is Attendance.PRESENT
            consent = excused.get(who)  # type: ignore[call-overload]  # a participant is named by the person's id
            if present:
                said, standing = "attended", Standing.KEPT
            elif consent is not None:
                said, standing = ("substituted" if who in sent else "excused"), Standing.KEPT
            elif there is None:
                said, standing = "attendance_unknown", Standing.NO_EVIDENCE
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
                evidence=references(one, there, consent, sent.get(who)),  # type: ignore[call-overload]
            )


def _status(envelope: Recorded) -> Attendance:
    assert isinstance(envelope.event, AttendanceRecorded)
    return envelope.event.status


def conclusions_become_tasks(course: Course) -> Iterator[Occasion]:
    """D6.1.d, D8.1: every duty of a conclusion that has a lead is a task with that lead."""
    tasks: dict[str, list[Recorded]] = {}
    for assigned in course.of(TaskAssigned):
        assert isinstance(assigned.event, TaskAssigned)
        tasks.setdefault(assigned.event.origin_ref or "", []).append(assigned)
    for concluded in course.of(ConclusionIssued):
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
        if nobody and concluded.meta.source is not None and standing is Standing.AT_RISK:
            standing = Standing.NO_EVIDENCE  # the source names no lead; another may have
        yield Occasion(
            clauses=("D8.1",),
            said=said,
            standing=standing,
            day=day,
            record=("meetings", concluded.event.meeting_id),
            values={"duties": len(concluded.event.duties), "tasks": len(made), "nobody": nobody},
            evidence=references(concluded, *made),
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
        due = deadline.latest if deadline else None
        closed = first(history, OpinionRoundClosed)
        answers: dict[str, Recorded] = {}
        for one in every(history, OpinionSubmitted):
            assert isinstance(one.event, OpinionSubmitted)
            answers.setdefault(one.event.seat_id, one)
        for seat in asked.event.asked:
            answer = answers.get(seat)
            end = due or (closed.meta.effective_at.latest if closed else None)
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
