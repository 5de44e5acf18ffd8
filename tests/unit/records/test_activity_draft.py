"""The draft of an activity report: its period and the one before, the rules, what was issued, its events."""

from datetime import date
from typing import Any

import pytest

from services.feedback.activity.events import ActivityReportCorrected, ActivityReportIssued, ReportFigure
from services.feedback.report.periods import Period
from services.meetings.events import MeetingConvened, MeetingKind
from services.members.events import CommitteeRenamed, RegulationAdopted, RegulationAmended
from services.members.parameters import Parameters
from services.records.activity import ORDER
from services.records.activity_draft import draft, windowed
from shared.catalogue import catalogue
from shared.dates import Moment
from shared.envelope import Envelope
from shared.errors import InvalidRequest
from shared.messages import DocumentRef, Event, PersonId
from tests.unit.records.facts import envelope, established

TODAY = date(2026, 12, 1)
FIRST = DocumentRef(number="01/QĐ-BCĐ", date=date(2026, 1, 5))
SECOND = DocumentRef(number="14/QĐ-BCĐ", date=date(2026, 8, 1))
Told = tuple[Event, str]


def past(*told: Told) -> list[Envelope[Event]]:
    return [envelope(event, n, at=at) for n, (event, at) in enumerate(told, start=1)]


def meeting(name: str, day: str) -> Told:
    held = MeetingConvened(
        meeting_id=name, kind=MeetingKind.PERIODIC, title="Họp", held=Moment(day), presiding=PersonId("a")
    )
    return held, day


def values(answer: dict[str, Any]) -> dict[str, int]:
    return {one["key"]: one["value"] for one in answer["figures"]}


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2026-Q3", "2026-06-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2026-03", "2026-02-15", "2026-03-14"),
        ("2026-Q1", "2025-12-15", "2026-03-14"),
    ],
)
def test_the_window_of_decree_09(label: str, first: str, last: str) -> None:
    found = windowed(Period.named(label))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_windows_follow_one_another_without_a_gap() -> None:
    for before, after in (("2026-Q1", "2026-Q2"), ("2025", "2026"), ("2026-02", "2026-03")):
        assert windowed(Period.named(before)).next_begins == windowed(Period.named(after)).first


def test_the_period_and_the_one_before() -> None:
    told = past(meeting("a", "2026-06-20"), meeting("b", "2026-07-10"), meeting("c", "2026-09-20"))
    answer = draft(told, "2026-Q3", TODAY)
    assert (answer["first"], answer["last"], answer["until"]) == ("2026-07-01", "2026-09-30", "2026-09-30")
    assert values(answer)["meetings_periodic"] == 2
    assert answer["previous"]["period"] == "2026-Q2"
    assert answer["previous"]["wording"] == "quý II/2026"
    assert answer["previous"]["values"]["meetings_periodic"] == 1
    answer = draft(told, "2026-Q3", TODAY, window=True)
    assert values(answer)["meetings_periodic"] == 2
    assert answer["previous"]["values"]["meetings_periodic"] == 0
    assert draft(told, "2026-Q4", TODAY, window=True)["previous"]["values"]["meetings_periodic"] == 2


@pytest.mark.parametrize(
    ("label", "before"),
    [("2026", "2025"), ("2026-Q1", "2025-Q4"), ("2026-01", "2025-12"), ("2026-W01", "2025-W52")],
)
def test_the_period_before_is_of_the_same_kind(label: str, before: str) -> None:
    assert draft([], label, TODAY)["previous"]["period"] == before


@pytest.mark.parametrize("label", ["2026-Q9", "xưa", "1000", "0000-Q1"])
def test_what_is_no_period(label: str) -> None:
    with pytest.raises(InvalidRequest, match=label):
        draft([], label, TODAY)


def test_a_week_has_no_window() -> None:
    with pytest.raises(InvalidRequest, match="2026-W30"):
        draft([], "2026-W30", TODAY, window=True)


def test_the_rules_and_the_name_are_those_of_the_end_of_the_period() -> None:
    other = Parameters(calendar="vn-2026.1")
    told = past(
        (established("Ban A"), "2025-12-01"),
        (RegulationAdopted(regulation=FIRST, title="Quy chế", parameters=other), "2026-01-05"),
        (RegulationAmended(regulation=FIRST, amendment=SECOND, summary="Sửa"), "2026-08-01"),
        (CommitteeRenamed(old_name="Ban A", new_name="Ban B"), "2026-08-15"),
    )
    before, after = draft(told, "2026-Q2", TODAY), draft(told, "2026-Q3", TODAY)
    assert before["rules"] == {"regulation": str(FIRST), "amendment": None, "calendar": "vn-2026.1"}
    assert after["rules"]["amendment"] == str(SECOND)
    assert (before["called"], after["called"]) == ("Ban A", "Ban B")
    assert draft([], "2026-Q1", TODAY)["rules"]["regulation"] is None


def issued(*figures: ReportFigure) -> ActivityReportIssued:
    return ActivityReportIssued(report_id="bc", period="2026-Q3", title="Báo cáo", figures=figures)


def figure(key: str, *evidence: str, value: int | None = None) -> ReportFigure:
    return ReportFigure(
        key=key, label=key, value=len(evidence) if value is None else value, evidence=evidence
    )


def test_what_was_issued_stands_beside_the_draft() -> None:
    held = meeting("a", "2026-07-10")
    reference = past(held)[0].reference
    same = (issued(figure("meetings_periodic", reference), figure("own", value=3)), "2026-10-01")
    (found,) = draft(past(held, same), "2026-Q3", TODAY)["issued"]
    assert found["differs"] == []
    assert found["values"] == {"meetings_periodic": 1, "own": 3}
    late = past(held, same, meeting("b", "2026-08-10"))
    (found,) = draft(late, "2026-Q3", TODAY)["issued"]
    assert found["differs"] == ["meetings_periodic"]
    swapped = (issued(figure("meetings_periodic", "meeting-langson.x@0")), "2026-10-01")
    assert draft(past(held, swapped), "2026-Q3", TODAY)["issued"][0]["differs"] == ["meetings_periodic"]
    assert draft(past(held, same), "2026-Q2", TODAY)["issued"] == []


def test_a_correction_takes_the_place_of_what_was_issued() -> None:
    held = meeting("a", "2026-07-10")
    right = figure("meetings_periodic", past(held)[0].reference)
    corrected = ActivityReportCorrected(report_id="bc", period="2026-Q3", title="Báo cáo", figures=(right,))
    told = past(held, (issued(figure("meetings_periodic")), "2026-10-01"), (corrected, "2026-10-09"))
    (found,) = draft(told, "2026-Q3", TODAY)["issued"]
    assert (found["issued"], found["corrected"], found["differs"]) == ("2026-10-01", "2026-10-09", [])
    assert draft(told[:2], "2026-Q3", TODAY)["issued"][0]["differs"] == ["meetings_periodic"]


def test_the_events_are_those_of_the_figures() -> None:
    told = past((established(), "2026-01-02"), meeting("a", "2026-07-10"), meeting("b", "2026-01-10"))
    answer = draft(told, "2026-Q3", TODAY)
    cited = {reference for one in answer["figures"] for reference in one["evidence"]}
    assert answer["events"].keys() == cited == {told[1].reference}
    assert answer["events"][told[1].reference] == {
        "type": "MeetingConvened",
        "effective": "2026-07-10",
        "recorded": "2024-01-02T03:04:05+00:00",
        "position": 200,
    }


def test_a_period_that_goes_on_is_counted_up_to_the_day() -> None:
    answer = draft(past(meeting("a", "2026-12-20")), "2026-Q4", TODAY)
    assert answer["until"] == "2026-12-01"
    assert values(answer)["meetings_periodic"] == 0


def test_every_figure_has_its_section_and_every_section_its_words() -> None:
    sections = draft([], "2026", TODAY)["sections"]
    assert [key for keys in sections.values() for key in keys] == list(ORDER)
    assert {f"activity_report.section.{name}" for name in sections} <= catalogue().keys()
