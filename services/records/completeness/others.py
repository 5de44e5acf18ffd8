"""What should exist beside the matters: documents with their bytes, reports, what a year asks for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.feedback.activity.events import ActivityReportIssued
from services.feedback.report.events import (
    ReportOverdue,
    ReportRequested,
    ReportRequestTransferred,
    ReportSubmitted,
)
from services.meetings.casefile.events import FilePlanIssued
from services.meetings.document.events import DocumentIssued
from services.members.events import AgencyDissolved, AgencyMerged, AgencyRegistered, AgencyRenamed
from services.records.completeness.line import Holds, Kept, Line
from services.records.compliance.course import Course
from services.records.compliance.periods import Quarter
from services.records.compliance.standing import Recorded, references
from shared.catalogue import say
from shared.catalogue.presentation import cell


def of_documents(course: Course, holds: Holds) -> Iterator[Line]:
    """Each issued document: its bytes."""
    for one in course.each(DocumentIssued):
        event = one.event
        assert isinstance(event, DocumentIssued)
        absent = Kept.SOURCE_ONLY if one.meta.source else Kept.NO_CONTENT
        state = Kept.KEPT if holds(event.text_digest) else absent
        about = ("outgoing", event.document_id, f"{event.symbol}: {event.subject}", event.date)
        yield Line(*about, "bytes", state, event.symbol, event.text_digest, (one.reference,))


def of_reports(course: Course) -> Iterator[Line]:
    """Each report of an agency: its values are in the event. One that was due and never came is missing."""
    titles = {_field(one, "request_id"): _field(one, "title") for one in course.each(ReportRequested)}
    called = _agencies(course)
    told: set[tuple[str, str]] = set()
    for one in course.each(ReportSubmitted):
        event = one.event
        assert isinstance(event, ReportSubmitted)
        told.add((event.request_id, event.agency_id))
        title = f"{titles.get(event.request_id)}: {called.get(event.agency_id, event.agency_id)}"
        about = ("reports", event.request_id, title, one.meta.effective_at.earliest)
        document = str(event.document) if event.document else None
        yield Line(*about, "report", Kept.KEPT, document, None, (one.reference,))
    # Whose duty went to another agency owes none any more.
    told |= {
        (_field(one, "request_id"), _field(one, "from_agency"))
        for one in course.each(ReportRequestTransferred)
    }
    for one in course.each(ReportOverdue):
        event = one.event
        assert isinstance(event, ReportOverdue)
        if (event.request_id, event.agency_id) in told:
            continue
        told.add((event.request_id, event.agency_id))
        title = f"{titles.get(event.request_id)}: {called.get(event.agency_id, event.agency_id)}"
        about = ("reports", event.request_id, title, event.due.latest or event.seen)
        yield Line(*about, "report", Kept.MISSING, None, None, (one.reference,))


def of_periods(course: Course, year: int) -> Iterator[Line]:
    """Of each quarter that is over, and of the year: its activity report; of the year its file plan."""
    began = course.in_force_from
    if began is None or began.year > year:
        return
    ends = [(str(quarter), quarter.last) for quarter in (Quarter(year, n) for n in (1, 2, 3, 4))]
    for label, last in [*ends, (str(year), date(year, 12, 31))]:
        if began <= last < course.on:
            issued = [one for one in course.of(ActivityReportIssued) if _field(one, "period") == label]
            state = Kept.KEPT if issued else _unless_watched(course, last)
            about = ("activity_reports", label, cell("period", label), last)
            yield Line(*about, "activity_report", state, None, None, references(*issued))
    plans = [one for one in course.of(FilePlanIssued) if _field(one, "year") == year]
    state = Kept.KEPT if plans else _unless_watched(course, min(course.on, date(year, 12, 31)))
    first_day = max(began, date(year, 1, 1))
    about = ("file_plan", str(year), say("completeness.of_year", year=year), first_day)
    yield Line(*about, "file_plan", state, None, None, references(*plans))


def _agencies(course: Course) -> dict[str, str]:
    """What agencies are called, by id."""
    found: dict[str, str] = {}
    for one in course.of(AgencyMerged, AgencyDissolved, AgencyRegistered, AgencyRenamed):
        match one.event:
            case AgencyRegistered(agency_id=agency, name=name):
                found[agency] = name
            case AgencyRenamed(agency_id=agency, new_name=name):
                found[agency] = name
            case AgencyMerged(successor=agency, successor_name=name):
                found[agency] = name
            case AgencyDissolved(successors=(agency,), successor_name=str(name)):
                found[agency] = name
            case _:
                pass
    return found


def _unless_watched(course: Course, day: date) -> Kept:
    return Kept.MISSING if course.watched(day) else Kept.SOURCE_ONLY


def _field(one: Recorded, name: str) -> Any:
    return getattr(one.event, name)
