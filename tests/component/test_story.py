"""A whole year of a committee in one process: all goes as it is told, and the year holds what it promises."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, cycle, repeat
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.audit.checking_documents import named
from services.cli.stories.checking import Step, Story, load
from services.cli.stories.telling import NotAsTold, Report
from services.published import READ_MODELS
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.hashes import hashes_of
from services.records.printed.kinds import KINDS
from services.records.printed.told import Told
from services.records.projector import Projector
from services.records.rebuild import rebuild
from shared.bus.rpc import ServiceUnavailable
from shared.contents.folder import FolderContents
from shared.contents.port import Contents
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows
from tests.component.house import House
from tests.component.story_house import HouseClock, telling, told
from tests.unit.records.printed.reading import opened, text_of
from tests.unit.rows import read_database

YEAR = Path(__file__).parents[2] / "examples" / "nam-mau" / "nam-mau.yaml"
MAU, HUYEN = "mau", "mauhuyen"


@pytest.fixture(scope="module")
def story() -> Story:
    return load(YEAR)


@pytest.fixture(scope="module")
def house() -> House:
    return House()


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    return FolderContents(tmp_path_factory.mktemp("contents"))


@pytest.fixture(scope="module")
def year(story: Story, house: House, contents: Contents) -> tuple[Report, HouseClock]:
    return told(story, house, contents)


@pytest.fixture(scope="module")
def facts(year: tuple[Report, HouseClock], house: House) -> list[Envelope[Event]]:
    """Every event of the year, in order."""
    return house.history()


def of(facts: list[Envelope[Event]], *types: str, committee: str = MAU) -> list[dict[str, Any]]:
    """What events of these types say."""
    found = (one for one in facts if one.type in types and one.committee == committee)
    return [one.event.model_dump(mode="json") for one in found]


def test_all_is_done_as_told_and_no_policy_is_refused(story: Story, year: tuple[Report, HouseClock]) -> None:
    report, clock = year
    assert clock.refusals == []
    assert report.quiet == []
    assert len(report.refused) == sum(step.refused is not None for step in story.steps) >= 30
    assert report.asked == len(story.steps) - len(report.refused)
    assert clock.day == story.until


def test_it_uses_most_of_what_the_product_offers(story: Story, facts: list[Envelope[Event]]) -> None:
    assert len({step.taken.command for step in story.steps}) >= 120
    assert len({one.type for one in facts}) >= 150


def test_nobody_and_nothing_in_it_is_real(story: Story, facts: list[Envelope[Event]]) -> None:
    assert "giả định" in story.title
    for one in of(facts, "AgencyRegistered", "CommitteeEstablished"):
        assert "giả định" in one["name"]
    assert {one.meta.source for one in facts} == {None}


def test_every_document_that_an_event_names_is_kept_and_no_other(
    year: tuple[Report, HouseClock], house: House, contents: Contents
) -> None:
    digests = {digest for event in house.store.read_all() for digest in named(event)}
    assert len(digests) >= 30
    assert set(contents.digests()) == digests


def test_files_follow_their_matters_and_close_when_they_are_whole(facts: list[Envelope[Event]]) -> None:
    opened = {one["file_id"] for one in of(facts, "CaseFileOpened")}
    meetings = {f"meeting.{one['meeting_id']}" for one in of(facts, "MeetingConvened")}
    rounds = {f"opinion_round.{one['round_id']}" for one in of(facts, "OpinionRequested")}
    feedback = {f"feedback.{one['feedback_id']}" for one in of(facts, "FeedbackReceived")}
    assert meetings | rounds | feedback <= opened
    symbols = {one["file_id"]: one["symbol"] for one in of(facts, "CaseFileEntered")}
    assert symbols.keys() == opened
    assert len(set(symbols.values())) == len(symbols)
    assert symbols["meeting.hop-quy-1"] == "01.BCĐM"
    closed = [one for one in of(facts, "CaseFileClosed") if one["file_id"] == "meeting.hop-quy-1"]
    assert [(one["documents"], one["removed"], one["submit_by"]) for one in closed] == [
        (5, [6], "2026-03-20"),
        (6, [], "2026-03-20"),
    ]
    ours = [one for one in facts if one.stream.startswith(("casefile-", "fileplan-"))]
    assert len(ours) < len(facts) / 6, "files cost less than what they are about"


def test_four_periodic_meetings_one_extraordinary_one_expanded(facts: list[Envelope[Event]]) -> None:
    convened = of(facts, "MeetingConvened")
    assert Counter(one["kind"] for one in convened) == {
        "periodic": 4,
        "extraordinary": 1,
        "expanded": 1,
        "working_session": 1,
        "workshop": 1,
    }
    ended = {one["quarter"]: one["covering"] for one in of(facts, "QuarterEnded")}
    assert ended == {f"2025-Q{n}": [f"hop-quy-{n}"] for n in range(1, 5)}
    assert [one["meeting_id"] for one in of(facts, "ConclusionIssued") if one["late"]] == ["hop-quy-3"]


@pytest.fixture(scope="module")
def records(year: tuple[Report, HouseClock], house: House, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The records of the year, asked as a document asks them."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
    projector = Projector(database, MODELS)
    projector.resume(UUID(int=0))
    projector.handle(list(house.store.read_all()))
    answers = Answers(database)
    return Told(lambda method, **question: answers.answer(method, question), MAU)


HELD = ["hop-quy-1", "hop-bat-thuong", "hop-quy-2", "hop-quy-3", "hop-mo-rong", "hop-quy-4"]


def test_the_minutes_and_the_notice_of_every_meeting_are_whole(records: Told) -> None:
    minutes = [KINDS["minutes"].make(records, meeting, False) for meeting in HELD]
    assert [(one.number, one.gaps) for one in minutes] == [
        (f"{n:02d}/BB-BCĐM", ()) for n in range(1, len(HELD) + 1)
    ]
    notices = [KINDS["notice"].make(records, meeting, False) for meeting in HELD]
    assert [one.draft for one in notices] == [False] * len(HELD)


def test_the_minutes_tell_hour_place_and_secretary_of_the_meeting_that_moved(records: Told) -> None:
    lines = text_of(opened(KINDS["minutes"].make(records, "hop-quy-3", False).content)).splitlines()
    for line in (
        "Thời gian bắt đầu: 14 giờ 00 phút, ngày 26 tháng 9 năm 2025",
        "Thư ký: Tổ trưởng Tổ giúp việc (giả định)",
        "Cuộc họp kết thúc vào 17 giờ 05 phút, ngày 26 tháng 9 năm 2025./.",
    ):
        assert line in lines
    [place] = [line for line in lines if line.startswith("Địa điểm:")]
    assert place.startswith("Địa điểm: Phòng họp B, trụ sở UBND tỉnh Mẫu (giả định); Điểm cầu tỉnh")


def test_an_absent_chair_and_absent_members(facts: list[Envelope[Event]]) -> None:
    [changed] = of(facts, "PresidingChanged")
    assert (changed["meeting_id"], changed["presiding"]) == ("hop-quy-2", "pho-chu-tich-tinh-mau")
    acted = [one for one in facts if one.meta.actor.mandate.acts_for == "chu-tich-tinh-mau"]
    assert {"PresidingChanged", "ConclusionIssued", "DocumentIssued", "MeetingConvened"} <= {
        one.type for one in acted
    }
    assert [one["member"] for one in of(facts, "SubstituteAuthorised")] == ["giam-doc-so-tai-chinh-mau"]
    assert len(of(facts, "AbsenceApproved")) == 2
    assert len(of(facts, "AbsenceDeclined")) == 1


def test_two_rounds_of_opinions_with_late_and_changed_answers(facts: list[Envelope[Event]]) -> None:
    tallies = {one["round_id"]: one["tally"] for one in of(facts, "OpinionRoundClosed")}
    assert tallies == {
        "y-kien-1": {"agree": 5, "agree_with_comments": 3, "disagree": 0, "no_answer": 2},
        "y-kien-2": {"agree": 5, "agree_with_comments": 1, "disagree": 1, "no_answer": 2},
    }
    submitted = of(facts, "OpinionSubmitted")
    assert [one["seat_id"] for one in submitted if one["late"]] == ["ghe-xay-dung", "ghe-y-te"]
    assert [one["seat_id"] for one in submitted if one["version"] == 2] == ["ghe-tai-chinh", "ghe-van-phong"]
    assert len(of(facts, "OpinionOverdue")) == 6


def test_forty_tasks_with_extensions_and_overdue_ones(facts: list[Envelope[Event]]) -> None:
    assigned = of(facts, "TaskAssigned")
    assert Counter(one["origin"] for one in assigned) == {
        "programme": 25,
        "conclusion": 16,
        "assignment": 2,
        "external": 1,
    }
    assert len(of(facts, "TaskExtensionGranted")) == 3
    assert len(of(facts, "TaskExtensionDeclined")) == 1
    completed = of(facts, "TaskCompleted")
    assert len(completed) == 35
    late = {one["task_id"] for one in completed if one["late"]}
    overdue = {one["task_id"] for one in of(facts, "TaskOverdue")}
    assert len(overdue) == 11
    assert late <= overdue
    assert len(of(facts, "ActionPlanOverdue")) == 1
    assert {one["about"] for one in of(facts, "ReminderIssued")} == {
        *("task", "action_plan", "finding", "opinion_round", "report"),
    }


def test_what_two_agencies_had_their_successor_has(facts: list[Envelope[Event]]) -> None:
    heir = "so-khoa-hoc-so-hoa"
    assert {one["successor"] for one in of(facts, "AgencyMerged")} == {heir}
    moved = [one for one in of(facts, "TaskReassigned") if one["from_agency"] != "so-noi-vu"]
    assert len(moved) == 5
    assert all(one["to"] == [heir] for one in moved)
    assert {one["feedback_id"] for one in of(facts, "FeedbackTransferred")} == {"pa-07", "pa-08"}
    for kind in (
        *("SeatTransferred", "SeatFolded", "ResponsibilityReassigned", "CommitmentReassigned"),
        *("InspectionTransferred", "InformationRequestTransferred", "ObstacleTransferred"),
        *("ReportRequestTransferred", "DirectiveReaddressed", "SeriesHandedOver"),
    ):
        assert of(facts, kind), kind
    focal = [one["agency_id"] for one in of(facts, "FocalPointDesignated")]
    assert focal == ["so-so-hoa", "so-so-hoa", heir, heir]


def test_feedback_with_duplicates(facts: list[Envelope[Event]]) -> None:
    linked = {one["feedback_id"] for one in of(facts, "FeedbackLinked")}
    passed_on = {one["feedback_id"] for one in of(facts, "FeedbackAnswered") if one["same_as"] == "pa-01"}
    assert linked == passed_on == {"pa-02", "pa-03"}
    assert {one["feedback_id"] for one in of(facts, "FeedbackOverdue")} == {"pa-04", "pa-09"}


def test_the_budget_is_kept(facts: list[Envelope[Event]]) -> None:
    allocated = of(facts, "AllocationAmended")[-1]["amount"]
    spent = of(facts, "ExpenditureRecorded", "ExpenditureCorrected")[-1]["total_spent"]
    assert allocated == 2_350_000_000
    assert spent == 2_215_000_000


def test_every_number_that_is_cited_was_issued(story: Story, facts: list[Envelope[Event]]) -> None:
    """In the committee's own series, with the same day; minutes have numbers of their own."""
    issued = {one["symbol"]: one["date"] for one in of(facts, "DocumentIssued")}
    assert [int(symbol.partition("/")[0]) for symbol in issued if "BCĐM" in symbol] == [
        *range(1, 9),
        *range(10, 21),
    ]
    cited = {
        step.document.number: step.document.date.isoformat()
        for step in story.steps
        if step.document and step.document.date and step.document.number.endswith(("-BCĐM", "BCĐM-TGV"))
    }
    assert len(cited) >= 15
    assert {number: issued.get(number) for number in cited} == cited


def test_the_reports_of_the_year_name_their_events(facts: list[Envelope[Event]]) -> None:
    reports = {one["period"]: one for one in of(facts, "ActivityReportIssued")}
    assert sorted(reports) == ["2025", *(f"2025-Q{n}" for n in range(1, 5))]
    there = {one.reference: one for one in facts}
    figures = {one["key"]: one for one in reports["2025"]["figures"]}
    assert len(figures) > 20
    for one in figures.values():
        assert all(there[reference].committee == MAU for reference in one["evidence"]), one["key"]
    assert figures["conclusions"]["value"] == len(of(facts, "ConclusionIssued"))
    assert figures["tasks_assigned"]["value"] >= 40
    [corrected] = of(facts, "ActivityReportCorrected")
    assert "documents_received" in corrected["corrected"]


def test_the_committee_above_sees_the_report_from_below_and_nothing_else(
    facts: list[Envelope[Event]],
) -> None:
    below = of(facts, "ActivityReportIssued", committee=HUYEN)
    above = of(facts, "ChildReportReceived")
    assert [one["report_id"] for one in above] == [one["report_id"] for one in below]
    crossed = {
        one.type
        for one in facts
        if one.committee == MAU
        and (one.meta.actor.mandate.evidence or ("",))[0].partition(".")[0].endswith(f"-{HUYEN}")
    }
    assert crossed == {"ChildReportReceived", "ChildCommitteeRegistered"}


def test_told_twice_nothing_is_added(story: Story, house: House, facts: list[Envelope[Event]]) -> None:
    report, clock = told(story, house)
    assert (report.asked, report.known, report.events) == (0, len(story.steps), 0)
    assert clock.refusals == []
    assert len(house.history()) == len(facts)


@pytest.mark.parametrize("after", [40, 334])
def test_left_on_the_way_it_goes_on_where_it_stopped(
    story: Story, facts: list[Envelope[Event]], after: int
) -> None:
    house = House()
    first = telling(story, house)
    count = iter(range(len(story.steps)))

    def leave(step: Step) -> None:
        if next(count) == after:
            first.leaving.set()

    first.progress = leave
    assert first.tell().left
    assert 0 < len(house.history()) < len(facts)
    report, clock = told(story, house)
    assert clock.refusals == []
    assert report.known > after
    assert _by_stream(house.history()) == _by_stream(facts)


def _by_stream(facts: list[Envelope[Event]]) -> dict[str, list[Any]]:
    """What each stream holds, but for the places of events in the order of all."""
    streams: dict[str, list[Any]] = defaultdict(list)
    for one in facts:
        if one.stream.startswith("activity-"):  # figures of a moment
            continue
        streams[one.stream].append((one.type, one.meta.effective_at, one.event))
    return streams


def test_the_registers_are_the_same_however_they_are_built(
    facts: list[Envelope[Event]], house: House, tmp_path: Path
) -> None:
    """Twice from the store alone, and event by event with every event delivered twice."""
    database = Database(f"sqlite:///{tmp_path / 'records.sqlite'}")
    try:
        rebuild(house.store, database, MODELS)
        report = rebuild(house.store, database, MODELS)
    finally:
        database.close()
    assert report.equal
    assert report.quarantine == ()
    after = {one.model: one.after for one in report.models}
    assert _event_by_event(facts) == after


def _event_by_event(facts: list[Envelope[Event]]) -> dict[str, str]:
    db = read_database(READ_MODELS)
    for one in facts:
        for _ in range(2):
            rows = Rows(db)
            for model in READ_MODELS:
                if model.takes(type(one.event)):
                    model.project(rows, one)
            rows.flush()
    found = hashes_of(db, READ_MODELS)
    db.close()
    return found


def test_a_step_that_goes_otherwise_stops_the_telling(story: Story) -> None:
    wrong = next(step for step in story.steps if step.refused == "D1.2")
    changed = [*story.steps[: story.steps.index(wrong)], replace(wrong, refused=None)]
    with pytest.raises(NotAsTold, match=r"01-lap-ban\.yaml.*AdoptRegulation.*D1\.2"):
        told(replace(story, steps=tuple(changed)), House())


def test_a_step_that_should_be_refused_and_is_not_stops_it_too(story: Story) -> None:
    first = replace(story.steps[0], refused="D1.1")
    with pytest.raises(NotAsTold, match=r"D1\.1"):
        told(replace(story, steps=(first,)), House())


@dataclass
class Away:
    """The services of a house, answering the story only now and then; its policies are let alone."""

    house: House
    answers: Iterator[bool]

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if not next(self.answers):
            raise ServiceUnavailable(service, "away")
        return self.house.call(service, method, payload, timeout=timeout)


def test_while_a_service_is_away_it_is_asked_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.cli.stories.telling.PATIENCE", (0.0, 0.0))
    one = telling(replace(story, steps=story.steps[:15]), house := House())
    one.services = Away(house, cycle((False, False, True)))
    report = one.tell()
    assert (report.asked, len(report.quiet)) == (15, 0)


def test_a_service_that_stays_away_breaks_it_off(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.cli.stories.telling.PATIENCE", (0.0,))
    one = telling(story, house := House())
    one.services = Away(house, chain((True,) * 10, repeat(False)))
    with pytest.raises(ServiceUnavailable):
        one.tell()
    assert house.history()
