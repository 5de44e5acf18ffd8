"""What the regulation asks of the committee itself: somebody to call it, portfolios, a yearly programme."""

from collections.abc import Iterator
from datetime import date

from services.members.authority import Held
from services.members.events import ChairAbsenceDeclared, RegulationAdopted, ResponsibilityAssigned, Role
from services.records.compliance.course import Course
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.standing import Occasion, Recorded, Standing, references
from services.regulation.portfolios import portfolios
from services.tasks.events import ProgrammeIssued


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
    """D4.1, D6.2.a–h: each of the eight portfolios lies with a seat that somebody holds."""
    if course.in_force_from is None:
        return
    adopted = next(iter(course.of(RegulationAdopted)), None)
    given: dict[str, list[Recorded]] = {}
    for one in course.of(ResponsibilityAssigned):
        for clause in _clauses_of(one):
            given.setdefault(clause, []).append(one)
    for quarter in quarters(course.in_force_from, course.on):
        day = min(quarter.last, course.on)
        for portfolio in portfolios():
            by_then = [
                one for one in given.get(portfolio.clause, []) if one.meta.effective_at.earliest <= day
            ]
            known = adopted is not None and (adopted.meta.source is None or course.watched(day))
            if by_then:
                said, standing = "portfolio_held", Standing.KEPT
            else:
                said = "portfolio_open" if known else "portfolio_unknown"
                standing = Standing.AT_RISK if known else Standing.NO_EVIDENCE
            yield Occasion(
                clauses=(portfolio.clause,),
                said=said,
                standing=standing,
                day=day,
                whose=portfolio.position,
                values={"position": portfolio.position},
                evidence=references(adopted, *by_then[-1:]),
            )


def _clauses_of(envelope: Recorded) -> list[str]:
    """The portfolios that an assignment is: by its clause, or where it has none by its field's words."""
    event = envelope.event
    assert isinstance(event, ResponsibilityAssigned)
    if clause := getattr(event, "clause", None):
        return [clause]
    return [one.clause for one in portfolios() if one.field == event.field]


def each_year_has_its_programme(course: Course) -> Iterator[Occasion]:
    """D4.1, D7.1: the support team drafts, the chair issues a programme for each year.

    The regulation names no day: a year that has begun without one is at risk, one that ended breached.
    """
    if course.in_force_from is None:
        return
    issued: dict[int, list[Recorded]] = {}
    for one in course.of(ProgrammeIssued):
        assert isinstance(one.event, ProgrammeIssued)
        year = one.event.year or one.meta.effective_at.earliest.year
        issued.setdefault(year, []).append(one)
    for year in range(course.in_force_from.year, course.on.year + 1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        day = Quarter(year, 1).last if year in issued else min(last, course.on)
        if year in issued:
            yield _programme(
                year, max(day, course.in_force_from), Standing.KEPT, "programme_issued", issued[year]
            )
        elif not course.watched(min(last, course.on)):
            yield _programme(year, day, Standing.NO_EVIDENCE, "programme_unknown", [])
        elif course.on > last:
            yield _programme(year, day, Standing.BREACHED, "programme_missing", [])
        elif course.on > Quarter(year, 1).last and first >= course.in_force_from:
            yield _programme(year, day, Standing.AT_RISK, "programme_due", [])


def _programme(year: int, day: date, standing: Standing, said: str, proof: list[Recorded]) -> Occasion:
    programme = proof[0].event if proof else None
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
