"""What the regulation asks between committee and agencies: reports, answers, acknowledgements."""

from collections.abc import Iterable, Iterator
from datetime import date

from services.feedback.activity.events import ActivityReportIssued
from services.feedback.child.events import ChildReportReceived
from services.feedback.information.events import (
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.feedback.report.events import (
    ReportAccepted,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportSubmitted,
)
from services.meetings.directive.events import (
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from services.members.events import ChildCommitteeRegistered
from services.records.compliance.course import Course, every, first, last
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.standing import Occasion, Recorded, Standing, judged, references, told


def reports_come_in_time(course: Course) -> Iterator[Occasion]:
    """D5.2.b, D11.3: who is asked reports by the template and by the deadline that stands."""
    for history in course.histories("report"):
        asked = first(history, ReportRequested)
        if asked is None or not isinstance(asked.event, ReportRequested):
            continue
        due, to = asked.event.due.latest, asked.event.to
        moved, closed = last(history, ReportRequestExtended), first(history, ReportRequestClosed)
        for one in history:
            match one.event:
                case ReportRequestExtended() as extended:
                    due = extended.due.latest
                case ReportRequestTransferred() as transferred:
                    to = transferred.asked
        for agency in to:
            sent = next((one for one in every(history, ReportSubmitted) if _of(one, agency)), None)
            taken = next((one for one in every(history, ReportAccepted) if _of(one, agency)), None)
            if sent is None and _closed_early(closed, due):
                continue
            standing = judged(due, asked, sent, course.on)
            if sent is not None and getattr(sent.event, "late", False):
                standing = Standing.BREACHED
            if standing is None:
                continue
            if standing is Standing.KEPT and taken is None:
                standing, said = Standing.AT_RISK, "report_incomplete"
            else:
                said = told("report", standing, sent)
            yield Occasion(
                clauses=("D5.2.b", "D11.3"),
                said=said,
                standing=standing,
                day=due or asked.meta.effective_at.latest,
                whose=agency,
                record=("report_requests", asked.event.request_id),
                values={"title": asked.event.title},
                evidence=references(asked, moved, sent, taken),
            )


def _closed_early(closed: Recorded | None, due: date | None) -> bool:
    """Whether it was closed while there was still time."""
    return closed is not None and due is not None and closed.meta.effective_at.latest < due


def _of(envelope: Recorded, agency: str) -> bool:
    return getattr(envelope.event, "agency_id", None) == agency


def directives_are_acknowledged(course: Course) -> Iterator[Occasion]:
    """D11.1: heads of agencies make directives known; they say so by the day that was set."""
    for history in course.histories("directive"):
        issued = first(history, DirectiveIssued)
        if (
            issued is None
            or first(history, DirectiveWithdrawn)
            or not isinstance(issued.event, DirectiveIssued)
        ):
            continue
        deadline, to = issued.event.acknowledge_by, list(issued.event.addressees)
        for one in every(history, DirectiveReaddressed):
            assert isinstance(one.event, DirectiveReaddressed)
            to = [agency for agency in to if agency != one.event.from_agency]
            to += [agency for agency in one.event.to if agency not in to]
        due = deadline.latest if deadline else None
        for agency in to:
            known = next((one for one in every(history, DirectiveAcknowledged) if _of(one, agency)), None)
            standing = judged(due, issued, known, course.on)
            if standing is not None:
                yield Occasion(
                    clauses=("D11.1",),
                    said=told("acknowledgement", standing, known),
                    standing=standing,
                    day=due or issued.meta.effective_at.latest,
                    whose=agency,
                    record=("directives", issued.event.directive_id),
                    values={"text": issued.event.text[:120]},
                    evidence=references(issued, known),
                )


def information_is_provided(course: Course) -> Iterator[Occasion]:
    """D2.3, D7.5: an agency that is asked for information gives it by the day that was set."""
    for history in course.histories("information"):
        asked = first(history, InformationRequested)
        if asked is None or not isinstance(asked.event, InformationRequested):
            continue
        answers = every(history, InformationProvided)
        given = next((one for one in answers if not _owing(one)), None)
        closed = first(history, InformationRequestClosed)
        due = asked.event.due.latest if asked.event.due else None
        if not given and _closed_early(closed, due):
            continue
        standing = judged(due, asked, given, course.on)
        moved = last(history, InformationRequestTransferred)
        if standing is not None:
            yield Occasion(
                clauses=("D2.3", "D7.5"),
                said=told("information", standing, given),
                standing=standing,
                day=due or asked.meta.effective_at.latest,
                whose=", ".join(_agencies(asked.event, moved)),
                record=("correspondence", asked.event.request_id),
                values={"what": asked.event.what[:120]},
                evidence=references(asked, moved, *answers, closed),
            )


def _owing(envelope: Recorded) -> bool:
    return isinstance(envelope.event, InformationProvided) and bool(envelope.event.owing)


def _agencies(asked: InformationRequested, moved: Recorded | None) -> Iterable[str]:
    transferred = moved.event if moved else None
    return transferred.to if isinstance(transferred, InformationRequestTransferred) else (asked.to,)


def each_quarter_is_reported(course: Course) -> Iterator[Occasion]:
    """D7.7: the support team reports on every quarter; no day is set, so what is missing is at risk."""
    if course.in_force_from is None:
        return
    issued: dict[str, Recorded] = {}
    for one in course.of(ActivityReportIssued):
        assert isinstance(one.event, ActivityReportIssued)
        issued.setdefault(one.event.period, one)
    for quarter in quarters(course.in_force_from, course.on):
        reported = issued.get(str(quarter)) or issued.get(str(quarter.year))
        if reported is not None:
            standing, said = Standing.KEPT, "activity_reported"
        elif quarter.last >= course.on:
            continue
        elif not course.watched(quarter.last):
            standing, said = Standing.NO_EVIDENCE, "activity_unknown"
        else:
            standing = Standing.AT_RISK
            said = "activity_missing" if quarter.following.last < course.on else "activity_due"
        report = reported.event if reported else None
        yield Occasion(
            clauses=("D7.7",),
            said=said,
            standing=standing,
            day=quarter.last,
            record=("activity_reports", report.report_id)
            if isinstance(report, ActivityReportIssued)
            else None,
            values={"quarter": str(quarter)},
            evidence=references(reported),
        )


def committees_below_report(course: Course) -> Iterator[Occasion]:
    """D12.2: a committee under this one reports to it; a year without a word is a risk."""
    reports: dict[tuple[str, int], Recorded] = {}
    for one in course.of(ChildReportReceived):
        assert isinstance(one.event, ChildReportReceived)
        reports.setdefault((one.event.child, int(one.event.period[:4])), one)
    for registered in course.of(ChildCommitteeRegistered):
        assert isinstance(registered.event, ChildCommitteeRegistered)
        began = registered.meta.effective_at.latest
        for year in range(began.year, course.on.year + 1):
            report = reports.get((registered.event.child, year))
            last_day = min(Quarter(year, 4).last, course.on)
            if report is None and last_day < date(year, 12, 31):
                continue
            if report is not None:
                said, standing = "child_reported", Standing.KEPT
            elif course.watched(last_day):
                said, standing = "child_silent", Standing.AT_RISK
            else:
                said, standing = "child_unknown", Standing.NO_EVIDENCE
            yield Occasion(
                clauses=("D12.2",),
                said=said,
                standing=standing,
                day=report.meta.effective_at.latest if report else last_day,
                whose=registered.event.child,
                values={"name": registered.event.name, "year": year},
                evidence=references(registered, report),
            )
