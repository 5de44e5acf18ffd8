"""The registers of templates, requests, reports and regimes after events, delivered once or twice."""

from datetime import date
from typing import Any

import pytest

from services.feedback.report import decider as report
from services.feedback.report import regime as report_regime
from services.feedback.report import template as report_template
from services.feedback.report.asking import tally
from services.feedback.report.discipline import reports
from services.feedback.report.events import (
    ReportEvent,
    ReportOverdue,
    ReportRequestClosed,
    ReportRequestExtended,
    ReportRequestTransferred,
    TemplateDefined,
)
from services.feedback.report.records import READ_MODELS, regimes, requests, templates
from shared.messages import AgencyId, Event
from tests.unit.feedback.report_examples import (
    DEPUTY,
    DUE,
    LATER,
    REQUESTED,
    A,
    B,
    C,
    R,
    accepted,
    returned,
    sent,
)
from tests.unit.feedback.test_report_regime import ENDED, IN_FORCE
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])
XA = (AgencyId("xa-mot"), AgencyId("xa-hai"))
MOVED = ReportRequestTransferred(request_id=R, from_agency=C, to=XA, asked=(A, B, *XA))
EXTENDED = ReportRequestExtended(request_id=R, due=LATER, due_before=DUE, reason="mưa lũ")


def overdue(agency: AgencyId) -> ReportOverdue:
    return ReportOverdue(request_id=R, agency_id=agency, due=DUE, seen=date(2026, 7, 26))


def discipline(*events: Event, twice: bool = False) -> dict[str, dict[str, Any]]:
    db = project(READ_MODELS, envelopes(report.decider, R, events, DEPUTY), twice=twice)
    return {row["agency"]: row for row in rows(db, reports)}


@TWICE
def test_the_discipline_of_each_agency(twice: bool) -> None:
    late = sent(B, 2, days_late=4)
    found = discipline(
        *(REQUESTED, sent(A), accepted(A), sent(B, kinh_phi=1), returned(B), late, accepted(B, 2)),
        *(overdue(C), MOVED),
        twice=twice,
    )
    assert list(found) == sorted([A, B, C, *XA])
    states = {agency: row["state"] for agency, row in found.items()}
    assert states == {A: "accepted", B: "accepted", C: "transferred", XA[0]: "asked", XA[1]: "asked"}
    assert (found[A]["late"], found[A]["days_late"], found[A]["version"]) == (False, 0, 1)
    assert (found[B]["late"], found[B]["days_late"], found[B]["version"]) == (True, 4, 2)
    assert (found[B]["missing"], found[B]["field_values"]["kinh_phi"]) == ([], 1_200_000)
    assert (found[C]["successors"], found[C]["overdue_since"]) == (list(XA), "2026-07-25")
    assert (found[XA[0]]["due"], found[XA[0]]["event"]) == (DUE.wording, f"report-langson.{R}@8")


@TWICE
def test_what_came_back_says_why(twice: bool) -> None:
    found = discipline(REQUESTED, sent(A, kinh_phi=1), returned(A), twice=twice)
    assert (found[A]["state"], found[A]["missing"]) == ("returned", ["kinh_phi", "ngay"])
    content = returned(A, reasons="trái với quý I")
    found = discipline(REQUESTED, sent(A), accepted(A), content, twice=twice)
    assert (found[A]["state"], found[A]["reasons"], found[A]["missing"]) == ("returned", "trái với quý I", [])


@TWICE
def test_an_incomplete_addition_leaves_it_accepted_and_no_later(twice: bool) -> None:
    events = (REQUESTED, sent(A), accepted(A), sent(A, 2, days_late=9, kinh_phi=1), returned(A, 2))
    found = discipline(*events, twice=twice)
    assert (found[A]["state"], found[A]["late"], found[A]["days_late"]) == ("accepted", False, 0)
    state = report.decider.fold(events)
    assert (tally(state).on_time, tally(state).late) == (1, 0)


@TWICE
def test_more_time_lets_the_overdue_wait_and_the_closing_names_the_silent(twice: bool) -> None:
    found = discipline(REQUESTED, overdue(C), EXTENDED, twice=twice)
    assert (found[C]["state"], found[C]["due_latest"], found[C]["overdue_since"]) == (
        "asked",
        "2026-08-10",
        "2026-07-25",
    )
    closed = ReportRequestClosed(request_id=R, tally=tally(report.decider.fold([REQUESTED])))
    found = discipline(REQUESTED, sent(A, kinh_phi=1), returned(A), overdue(C), closed, twice=twice)
    assert [found[one]["state"] for one in (A, B, C)] == ["returned", "silent", "silent"]


@TWICE
def test_the_request_with_its_tally(twice: bool) -> None:
    events: tuple[ReportEvent, ...] = (REQUESTED, sent(A), accepted(A), EXTENDED, MOVED)
    closed = ReportRequestClosed(request_id=R, tally=tally(report.decider.fold(events)))
    db = project(READ_MODELS, envelopes(report.decider, R, (*events, closed), DEPUTY), twice=twice)
    [row] = rows(db, requests)
    assert (row["state"], row["on_time"], row["late_count"]) == ("closed", 1, 0)
    assert (row["returned_count"], row["silent_count"]) == (0, 3)
    assert (row["due"], row["due_latest"], row["first_due"]) == (LATER.wording, "2026-08-10", DUE.wording)
    assert (row["reporters"], row["template"], row["period"]) == ([A, B, *XA], "quy", "2026-Q2")
    assert (row["requested_by"], row["extended_because"]) == ("pho-truong-ban", "mưa lũ")


@TWICE
def test_templates_by_version(twice: bool) -> None:
    first = TemplateDefined(template_id="quy", version=1, title="Mẫu", fields=REQUESTED.fields)
    second = first.model_copy(update={"version": 2, "title": "Mẫu sửa"})
    db = project(READ_MODELS, envelopes(report_template.decider, "quy", (first, second), DEPUTY), twice=twice)
    found = rows(db, templates)
    assert [(row["version"], row["title"]) for row in found] == [(1, "Mẫu"), (2, "Mẫu sửa")]
    assert found[0]["fields"][0]["name"] == "so_dich_vu"


@TWICE
def test_regimes(twice: bool) -> None:
    recorded = envelopes(report_regime.decider, "quy", (IN_FORCE, ENDED), DEPUTY)
    [row] = rows(project(READ_MODELS, recorded[:1], twice=twice), regimes)
    assert (row["state"], row["rhythm"], row["since"]) == ("in_force", "quarterly", "2026-07-01")
    [row] = rows(project(READ_MODELS, recorded, twice=twice), regimes)
    assert (row["state"], row["until"], row["ended_because"]) == ("ended", "2026-07-01", "theo kết luận mới")
    again = [
        *recorded,
        *envelopes(report_regime.decider, "quy", (IN_FORCE,), DEPUTY, first=2),
    ]
    [row] = rows(project(READ_MODELS, again, twice=twice), regimes)
    assert (row["state"], row["until"]) == ("in_force", None)
