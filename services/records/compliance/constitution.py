"""What the regulation asks of the committee itself: somebody to call it, portfolios, a yearly programme."""

from collections.abc import Iterator
from datetime import date

from services.members.authority import Held
from services.members.events import (
    ChairAbsenceDeclared,
    ResponsibilityAssigned,
    ResponsibilityReassigned,
    Role,
)
from services.records.compliance.course import Course
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.standing import Occasion, Recorded, Standing, references
from services.regulation.portfolios import Portfolio, portfolios
from services.tasks.events import ProgrammeIssued, ProgrammeKind


def somebody_may_call_the_committee(course: Course) -> Iterator[Occasion]:
    """D4.3, D5.1, D8.2: at the end of each quarter, and now, the chair is there, or the standing deputy acts.

    An expanded meeting that nobody could call is no breach of anybody's; it is a risk for the committee.
    """
    if course.in_force_from is None:
        return
    for quarter in quarters(course.in_force_from, course.on):
        day = min(quarter.last, course.on)
        if course.watched(day):
            who = _who_may_call(course, day)
            yield Occasion(
                clauses=("D8.2",),
                said="callable" if who else "nobody_calls",
                standing=Standing.KEPT if who else Standing.AT_RISK,
                day=day,
                values={"day": day.isoformat()},
                evidence=who,
            )


def _who_may_call(course: Course, day: date) -> tuple[str, ...]:
    """The events by which somebody sits in the chair's place on that day; empty where nobody does."""
    authority = course.authority
    chair, deputy = ([*_holding(course, role, day)] for role in (Role.CHAIR, Role.STANDING_DEPUTY))
    acting = [period.ground for period in authority.acting_for_chair.values() if period.covers(day)]
    away = [one.reference for one in course.of(ChairAbsenceDeclared) if one.reference in acting]
    if deputy and acting:
        return (*(seat.ground for seat in deputy), *acting)
    return () if away else tuple(seat.ground for seat in chair)


def _holding(course: Course, role: Role, day: date) -> Iterator[Held]:
    for seat in course.authority.held:
        if seat.role is role and seat.since <= day < seat.until:
            yield seat


def portfolios_are_held(course: Course) -> Iterator[Occasion]:
    """D4.1, D6.2.a–h: each of the eight portfolios lies with a seat that somebody holds.

    They are those of the province: a committee under another one has its own regulation (D12.2).
    """
    if course.in_force_from is None or course.authority.parent is not None:
        return
    for quarter in quarters(course.in_force_from, course.on):
        day = min(quarter.last, course.on)
        for portfolio in portfolios():
            yield _portfolio(course, portfolio, day)


def _portfolio(course: Course, portfolio: Portfolio, day: date) -> Occasion:
    assigned = course.of(ResponsibilityAssigned, ResponsibilityReassigned)
    by_then = [one for one in assigned if _is(one, portfolio) and one.meta.effective_at.earliest <= day]
    last = max(by_then, key=lambda one: (one.meta.effective_at.earliest, one.position), default=None)
    seats = [seat for seat in course.authority.held if last is not None and seat.seat_id == _seat_of(last)]
    held = [seat for seat in seats if seat.since <= day < seat.until]
    known = course.adopted is not None and (course.adopted.meta.source is None or course.watched(day))
    if last is not None and (held or not seats):  # of a seat that no record knows nothing else is claimed
        said, standing = "portfolio_held", Standing.KEPT
    elif last is not None:
        said, standing = "portfolio_vacant", Standing.AT_RISK
    else:
        said = "portfolio_open" if known else "portfolio_unknown"
        standing = Standing.AT_RISK if known else Standing.NO_EVIDENCE
    return Occasion(
        clauses=(portfolio.clause,),
        said=said,
        standing=standing,
        day=day,
        whose=portfolio.position,
        values={"position": portfolio.position},
        evidence=(*references(course.adopted, last), *(seat.ground for seat in held)),
    )


def _is(envelope: Recorded, portfolio: Portfolio) -> bool:
    """Whether an assignment is of this portfolio: by its clause, or where it has none by its words."""
    event = envelope.event
    assert isinstance(event, ResponsibilityAssigned | ResponsibilityReassigned)
    return event.clause == portfolio.clause if event.clause else event.field == portfolio.field


def _seat_of(envelope: Recorded) -> str:
    event = envelope.event
    assert isinstance(event, ResponsibilityAssigned | ResponsibilityReassigned)
    return event.to_seat if isinstance(event, ResponsibilityReassigned) else event.seat_id


def each_year_has_its_programme(course: Course) -> Iterator[Occasion]:
    """D4.1, D7.1: the support team drafts, the chair issues a programme for each year.

    The regulation names no day: a year that has begun without one is at risk, one that ended breached, where
    the regulation was in force by the end of its first quarter. An inspection plan is no programme.
    """
    if course.in_force_from is None:
        return
    issued: dict[int, list[Recorded]] = {}
    for one in course.of(ProgrammeIssued):
        assert isinstance(one.event, ProgrammeIssued)
        if one.event.kind is not ProgrammeKind.INSPECTION_PLAN:
            year = one.event.year or one.meta.effective_at.earliest.year
            issued.setdefault(year, []).append(one)
    for year in range(course.in_force_from.year, course.on.year + 1):
        spring, last = Quarter(year, 1).last, date(year, 12, 31)
        if year in issued:
            begun = max(spring, course.in_force_from)
            yield _programme(year, begun, Standing.KEPT, "programme_issued", *issued[year])
        elif not course.watched(min(last, course.on)):
            yield _programme(year, min(last, course.on), Standing.NO_EVIDENCE, "programme_unknown")
        elif course.on > last:
            standing = Standing.BREACHED if course.in_force_from <= spring else Standing.AT_RISK
            yield _programme(year, last, standing, "programme_missing", course.adopted)
        elif course.on > spring and course.in_force_from <= spring:
            yield _programme(year, course.on, Standing.AT_RISK, "programme_due", course.adopted)


def _programme(year: int, day: date, standing: Standing, said: str, *proof: Recorded | None) -> Occasion:
    programme = proof[0].event if proof and proof[0] else None
    record = ("programmes", programme.programme_id) if isinstance(programme, ProgrammeIssued) else None
    return Occasion(
        clauses=("D4.1", "D7.1"),
        said=said,
        standing=standing,
        day=day,
        record=record,
        values={"year": year},
        evidence=references(*proof),
    )
