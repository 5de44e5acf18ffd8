"""The registers of reports and the draft of an activity report, on SQLite and on PostgreSQL alike."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.feedback.activity.events import ActivityReportIssued, FigureKind, ReportFigure
from services.feedback.child.events import ChildFigure, ChildReportReceived
from services.feedback.report.events import (
    ReportAccepted,
    ReportRegimeSet,
    ReportRequested,
    ReportRequestTransferred,
    ReportSubmitted,
    Rhythm,
    TemplateDefined,
    TemplateField,
)
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projector import Projector
from shared.dates import Deadline
from shared.errors import InvalidRequest
from shared.eventstore.epoch import current_epoch
from shared.messages import AgencyId, CommitteeId
from tests.contract import postgres
from tests.unit.records.facts import COMMITTEE, Recorder

postgres_url = postgres.postgres_url

A, B, C = AgencyId("so-a"), AgencyId("so-b"), AgencyId("so-c")
FIELDS = (TemplateField(name="so_lieu", label="Số liệu"),)
DUE = Deadline(wording="25/7/2026", latest=date(2026, 7, 25))
REQUEST = f"report-{COMMITTEE}.quy-2"


@pytest.fixture(params=["sqlite", "postgresql"])
def answers(request: pytest.FixtureRequest, tmp_path: Path) -> Answers:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    else:
        url = str(request.getfixturevalue("postgres_url"))
    database = Database(url, limit=5.0)
    recorder = filled()
    projector = Projector(database, MODELS)
    position = projector.resume(current_epoch(recorder.store))
    projector.handle(list(recorder.store.read_all(after=position)))
    assert not projector.state()["quarantine"]
    return Answers(database)


def filled() -> Recorder:
    recorder = Recorder()
    template = TemplateDefined(template_id="quy", version=1, title="Mẫu quý", fields=FIELDS)
    recorder.record(f"template-{COMMITTEE}.quy", template, at="2026-06-01")
    asked = ReportRequested(request_id="quy-2", title="Quý II", to=(A, B), due=DUE, fields=FIELDS)
    recorder.record(REQUEST, asked, at="2026-07-01")
    sent = ReportSubmitted(
        request_id="quy-2", agency_id=A, version=1, late=True, days_late=3, values={"so_lieu": "12"}
    )
    accepted = ReportAccepted(request_id="quy-2", agency_id=A, version=1)
    recorder.record(REQUEST, sent, accepted, at="2026-07-28")
    moved = ReportRequestTransferred(request_id="quy-2", from_agency=B, to=(C,), asked=(A, C))
    recorder.record(REQUEST, moved, at="2026-07-29")
    regime = ReportRegimeSet(
        regime_id="quy",
        title="Báo cáo quý",
        rhythm=Rhythm.QUARTERLY,
        to=(A,),
        due_days=10,
        since=date(2026, 7, 1),
        fields=FIELDS,
    )
    recorder.record(f"regime-{COMMITTEE}.quy", regime, at="2026-07-01")
    spent = ReportFigure(
        key="expenditure", label="Chi", kind=FigureKind.SUM, value=10**15, evidence=("budget-langson.2026@2",)
    )
    issued = ActivityReportIssued(report_id="2026-q3", period="2026-Q3", title="Báo cáo", figures=(spent,))
    recorder.record(f"activity-{COMMITTEE}.2026-q3", issued, at="2026-10-05")
    child = ChildReportReceived(
        child=CommitteeId("huyenmau"),
        report_id="2026-q3",
        version=1,
        period="2026-Q3",
        title="Báo cáo",
        figures=(ChildFigure(key="meetings_periodic", label="Họp", value=1),),
    )
    recorder.record(f"childreport-{COMMITTEE}.huyenmau-2026-q3", child, at="2026-10-06")
    return recorder


def rows(answers: Answers, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answers.register({"name": name, "committee": COMMITTEE})["rows"]
    return found


def test_the_registers(answers: Answers) -> None:
    assert [row["title"] for row in rows(answers, "report_templates")] == ["Mẫu quý"]
    [request] = rows(answers, "report_requests")
    assert (request["state"], request["reporters"]) == ("open", [A, C])
    discipline = {row["agency"]: (row["state"], row["days_late"]) for row in rows(answers, "reports")}
    assert discipline == {A: ("accepted", 3), B: ("transferred", 0), C: ("asked", 0)}
    assert [row["rhythm"] for row in rows(answers, "report_regimes")] == ["quarterly"]
    assert [row["figure_count"] for row in rows(answers, "activity_reports")] == [1]
    assert [row["value"] for row in rows(answers, "activity_figures")] == [10**15]
    assert [row["child"] for row in rows(answers, "child_reports")] == ["huyenmau"]


def test_as_of_a_day_nothing_is_known_that_came_later(answers: Answers) -> None:
    asked = {"name": "reports", "committee": COMMITTEE, "as_of": "2026-07-27"}
    found = {row["agency"]: row["state"] for row in answers.register(asked)["rows"]}
    assert found == {A: "asked", B: "asked"}


def test_one_record_with_its_events(answers: Answers) -> None:
    shown = answers.show({"name": "report_requests", "committee": COMMITTEE, "id": "quy-2"})
    assert [event["type"] for event in shown["events"]] == [
        *("ReportRequested", "ReportSubmitted", "ReportAccepted", "ReportRequestTransferred")
    ]
    assert len(shown["related"]["reports"]) == 3
    figures = answers.show({"name": "activity_reports", "committee": COMMITTEE, "id": "2026-q3"})
    assert len(figures["related"]["activity_figures"]) == 1


def test_the_draft_of_a_period_names_the_events(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.records.answers.today", lambda: date(2026, 10, 7))
    draft = answers.activity({"committee": COMMITTEE, "period": "2026-Q3"})
    figures = {one["key"]: one for one in draft["figures"]}
    assert (draft["first"], draft["last"]) == ("2026-07-01", "2026-09-30")
    assert figures["reports_late"]["evidence"] == [f"{REQUEST}@2"]
    assert (figures["reports_requested"]["value"], figures["reports_on_time"]["value"]) == (1, 0)
    other = answers.activity({"committee": "khac", "period": "2026-Q3"})
    assert {one["value"] for one in other["figures"]} == {0}
    for period in ("2026-Q9", "quy-3"):
        with pytest.raises(InvalidRequest, match="2026-Q3"):
            answers.activity({"committee": COMMITTEE, "period": period})
    monkeypatch.setattr("services.records.answers.today", lambda: date(2026, 7, 27))
    so_far = {
        one["key"]: one["value"]
        for one in answers.activity({"committee": COMMITTEE, "period": "2026-Q3"})["figures"]
    }
    assert (so_far["reports_requested"], so_far["reports_late"]) == (1, 0)
