"""What should be kept of a matter against what is, line by line, with the events behind each."""

from datetime import date

import pytest

from services.feedback.feedback import decider as feedback
from services.feedback.report.decider import decider as reports
from services.feedback.report.events import (
    ReportOverdue,
    ReportRequested,
    ReportRequestTransferred,
    ReportSubmitted,
)
from services.meetings import meeting
from services.meetings.casefile.decider import decider as case_file
from services.meetings.casefile.events import (
    DocumentExpected,
    DocumentFiled,
    ExpectationWaived,
    Expected,
    Paper,
)
from services.meetings.document import series
from services.meetings.events import (
    Attendance,
    AttendanceRecorded,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingKind,
    MinutesApproved,
)
from services.members.agency import decider as agencies
from services.members.events import AgencyRegistered
from services.records.completeness.answer import complete
from services.records.compliance.standing import Recorded
from services.records.compliance.telling import Listed
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, Event, PersonId
from tests.unit.given import SOURCE, act
from tests.unit.meetings.casefile_examples import FILE, MINUTES, digest, paper
from tests.unit.meetings.document_examples import ISSUED
from tests.unit.meetings.specimens_casefile import FILED, OPENED
from tests.unit.meetings.test_casefile_policies import RECEIVED
from tests.unit.rows import envelopes

M = "hop-quy-1"
ON = date(2026, 6, 30)
CONVENED = MeetingConvened(
    meeting_id=M,
    kind=MeetingKind.PERIODIC,
    title="Họp quý I",
    held=Moment("2026-03-05"),
    presiding=PersonId("a"),
)
CLOSED = MeetingClosed(meeting_id=M)
CAME = AttendanceRecorded(meeting_id=M, participant="a", status=Attendance.PRESENT)
APPROVED = MinutesApproved(meeting_id=M, minutes=MINUTES)
ASKED = DocumentExpected(
    file_id=FILE, expected=(Expected(key="minutes_paper", what=Paper.MINUTES, document=MINUTES),)
)
FILED_MINUTES = DocumentFiled.model_validate(
    paper("bien-ban", document=MINUTES).model_dump() | {"ordinal": 2, "satisfies": ("minutes_paper",)}
)
HERE = act("chair", at="2026-03-05")


def meeting_of(*events: Event, by: Act = HERE) -> list[Recorded]:
    return envelopes(meeting.decider, M, events, by)


def file_of(*events: Event) -> list[Recorded]:
    return envelopes(case_file, FILE, events, HERE)


def states(recorded: list[Recorded], *held: str, register: str = "meetings") -> dict[str, str]:
    found = complete(Listed(recorded), 2026, ON, lambda one: one in held)
    return {line["what"]: line["state"] for line in found["lines"] if line["register"] == register}


def test_of_a_meeting_that_took_place_all_of_it_is_asked() -> None:
    assert states(meeting_of(CONVENED, CAME, CLOSED, APPROVED)) == {
        "invitation": "missing",
        "papers": "missing",
        "attendance": "kept",
        "minutes": "cited",
        "conclusion": "missing",
        "case_file": "missing",
    }


@pytest.mark.parametrize(
    "events", [(CONVENED,), (CONVENED, CLOSED, MeetingCancelled(meeting_id=M, reason="x"))]
)
def test_of_one_that_did_not_take_place_nothing_is(events: tuple[Event, ...]) -> None:
    assert states(meeting_of(*events)) == {}


def test_a_paper_in_the_file_is_kept_where_its_bytes_are() -> None:
    recorded = meeting_of(CONVENED, CLOSED, APPROVED) + file_of(OPENED, FILED, ASKED, FILED_MINUTES)
    bare = states(recorded)
    assert (bare["minutes"], bare["invitation"], bare["case_file"]) == ("no_content", "no_content", "kept")
    assert states(recorded, digest("bien-ban"))["minutes"] == "kept"


def test_a_paper_that_lies_on_paper_and_one_that_will_not_come() -> None:
    on_paper = FILED.model_copy(update={"content": None, "paper_at": "giá 3"})
    waived = ExpectationWaived(file_id=FILE, key="minutes_paper", reason="không lập")
    found = states(meeting_of(CONVENED, CLOSED) + file_of(OPENED, on_paper, ASKED, waived))
    assert (found["invitation"], found["minutes"]) == ("kept", "waived")


@pytest.mark.parametrize(
    "by", [act("record_keeper", source=SOURCE), act("issuer", at="2022-01-05", bound=False)]
)
def test_what_only_a_source_tells_or_nothing_bound_is_not_missing(by: Act) -> None:
    found = states(meeting_of(CONVENED, APPROVED, by=by))
    assert set(found.values()) == {"source_only"}


def test_a_line_names_its_document_and_the_events_that_it_rests_on() -> None:
    found = complete(Listed(meeting_of(CONVENED, CLOSED, APPROVED)), 2026, ON, lambda _: False)
    [line] = [one for one in found["lines"] if one["what"] == "minutes"]
    assert line == {
        "register": "meetings",
        "record": M,
        "title": "Họp quý I",
        "day": "2026-03-05",
        "what": "minutes",
        "state": "cited",
        "document": str(MINUTES),
        "digest": None,
        "evidence": [f"meeting-langson.{M}@2"],
    }
    assert not found["whole"]
    assert found["totals"]["cited"] == 1


def test_an_issued_document_is_kept_by_its_bytes() -> None:
    issued = envelopes(series.decider, "bcd-2026", [ISSUED], HERE)
    assert states(issued, register="outgoing") == {"bytes": "no_content"}
    assert states(issued, ISSUED.text_digest, register="outgoing") == {"bytes": "kept"}
    told = envelopes(series.decider, "bcd-2026", [ISSUED], act("chair", source=SOURCE))
    assert states(told, register="outgoing") == {"bytes": "source_only"}


def test_of_feedback_the_attachments_are_asked_that_there_are() -> None:
    received = envelopes(feedback, "pa", [RECEIVED], HERE)
    assert states(received, register="feedback") == {"case_file": "missing"}
    opened = OPENED.model_copy(
        update={
            "file_id": "feedback.pa",
            "expected": (Expected(key="x", what=Paper.ATTACHMENT, digest="ab" * 32, title="a.pdf"),),
        }
    )
    both = received + envelopes(case_file, "feedback.pa", [opened], HERE)
    assert states(both, register="feedback") == {"attachments": "cited", "case_file": "kept"}


def test_another_year_has_its_own_report() -> None:
    recorded = meeting_of(CONVENED, CLOSED)
    assert complete(Listed(recorded), 2025, ON, lambda _: True)["lines"] == []
    assert complete(Listed([]), 2026, ON, lambda _: True)["whole"]
    assert isinstance(MINUTES, DocumentRef)


def report_lines(*events: Event) -> dict[str, str]:
    asked = ReportRequested(
        request_id="quy-1",
        title="Báo cáo quý I",
        to=(AgencyId("so-y-te"), AgencyId("so-cu")),
        due=Deadline.parse("10/4/2026"),
    )
    agency = AgencyRegistered(agency_id=AgencyId("so-y-te"), name="Sở Y tế")
    told = [
        *envelopes(agencies, "so-y-te", (agency,), HERE),
        *envelopes(reports, "quy-1", (asked, *events), HERE),
    ]
    found = complete(Listed(told), 2026, ON, lambda one: False)["lines"]
    return {line["title"]: line["state"] for line in found if line["register"] == "reports"}


def late(agency: str) -> ReportOverdue:
    due = Deadline.parse("10/4/2026")
    return ReportOverdue(request_id="quy-1", agency_id=AgencyId(agency), due=due, seen=date(2026, 4, 11))


def test_a_report_that_was_due_and_never_came_is_missing() -> None:
    assert report_lines(late("so-y-te")) == {"Báo cáo quý I: Sở Y tế": "missing"}


def test_a_report_that_came_late_is_kept_and_whose_duty_went_on_owes_none() -> None:
    came = ReportSubmitted(request_id="quy-1", agency_id=AgencyId("so-y-te"), version=1, late=True)
    went = ReportRequestTransferred(
        request_id="quy-1", from_agency=AgencyId("so-cu"), to=(AgencyId("so-y-te"),), asked=()
    )
    told = report_lines(late("so-y-te"), late("so-cu"), came, went)
    assert told == {"Báo cáo quý I: Sở Y tế": "kept"}


def test_of_a_working_session_only_what_was_made_is_to_be_kept() -> None:
    """D9.2 asks for no minutes of it."""
    session = CONVENED.model_copy(update={"kind": MeetingKind.WORKING_SESSION})
    assert states(meeting_of(session, CLOSED)).keys() == {"case_file"}
    assert states(meeting_of(session, CLOSED, APPROVED))["minutes"] == "cited"
    assert "minutes" in states(meeting_of(CONVENED, CLOSED))
