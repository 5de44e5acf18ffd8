"""What is counted by agency, and what a list contains: alike on both databases, now and as of a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.feedback.report.events import ReportAccepted, ReportOverdue, ReportRequested, ReportSubmitted
from services.meetings.events import (
    Answer,
    OpinionOverdue,
    OpinionRequested,
    OpinionSubmitted,
    RoundForm,
)
from services.members.events import MemberAppointed, Role
from services.published import CODEC
from services.records.answers import Answers
from services.records.as_of import AsOf
from services.records.compliance.telling import Listed
from services.records.compliance.view import compliance
from services.records.database import Database
from services.records.everything import MODELS
from services.records.journalled import Journalled
from services.records.past import past
from services.records.projector import Projector
from services.records.views import Views
from services.tasks.events import TaskAssigned, TaskCompleted, TaskOrigin, TaskOverdue
from shared.dates import Deadline
from shared.errors import InvalidRequest
from shared.eventstore.epoch import current_epoch
from shared.messages import AgencyId, PersonId
from tests.contract import postgres
from tests.unit.records.facts import COMMITTEE, Recorder, established

postgres_url = postgres.postgres_url

SO_A, SO_B = AgencyId("so-a"), AgencyId("so-b")
DUE = Deadline.parse("2024-03-10")
AFTER = "2024-06-30"


def seated(seat: str, agency: AgencyId | None) -> MemberAppointed:
    return MemberAppointed(
        seat_id=seat, post=f"Thành viên {seat}", role=Role.MEMBER, holder=PersonId(seat), agency_id=agency
    )


def opinion(round_: str, seat: str, late: bool = False) -> OpinionSubmitted:
    return OpinionSubmitted(round_id=round_, seat_id=seat, version=1, answer=Answer.AGREE, late=late)


def task(name: str, *lead: AgencyId) -> TaskAssigned:
    return TaskAssigned(
        task_id=name, title=f"Việc {name}", lead=lead, deadline=DUE, origin=TaskOrigin.EXTERNAL
    )


def told() -> Recorder:
    """Seats a and b of two agencies, c of none; they are asked, and some answer."""
    recorder = Recorder()
    recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
    for seat, agency in (("a", SO_A), ("b", SO_B), ("c", None)):
        recorder.record(f"member-{COMMITTEE}.roster", seated(seat, agency), at="2022-01-01")
    for round_ in ("r1", "r2"):
        asked = OpinionRequested(
            round_id=round_, subject="Dự thảo", asked=("a", "b", "c"), form=RoundForm.WRITTEN, due=DUE
        )
        stream = f"opinion-{COMMITTEE}.{round_}"
        recorder.record(stream, asked, at="2024-03-01")
        recorder.record(stream, opinion(round_, "a"), at="2024-03-05")
        overdue = OpinionOverdue(round_id=round_, seat_id="b", due=DUE, seen=date(2024, 3, 11))
        recorder.record(stream, overdue, at="2024-03-11")
    recorder.record(f"opinion-{COMMITTEE}.r2", opinion("r2", "b", late=True), at="2024-03-20")
    requested = ReportRequested(request_id="q", title="Báo cáo quý", to=(SO_A, SO_B), due=DUE)
    stream = f"report-{COMMITTEE}.q"
    recorder.record(stream, requested, at="2024-03-01")
    recorder.record(stream, ReportSubmitted(request_id="q", agency_id=SO_A, version=1), at="2024-03-02")
    recorder.record(stream, ReportAccepted(request_id="q", agency_id=SO_A, version=1), at="2024-03-03")
    recorder.record(
        stream,
        ReportOverdue(request_id="q", agency_id=SO_B, due=DUE, seen=date(2024, 3, 11)),
        at="2024-03-11",
    )
    for name, lead in (("t1", (SO_A, SO_B)), ("t2", (SO_A,)), ("t3", ())):
        recorder.record(f"task-{COMMITTEE}.{name}", task(name, *lead), at="2024-03-01")
    noticed = TaskOverdue(task_id="t1", deadline=DUE, noticed_on=date(2024, 3, 11))
    recorder.record(f"task-{COMMITTEE}.t1", noticed, at="2024-03-11")
    recorder.record(f"task-{COMMITTEE}.t2", TaskCompleted(task_id="t2"), at="2024-03-09")
    return recorder


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('by-agency') / 'records.sqlite'}"
    else:
        folder = postgres.the_server()
        if folder is None:
            pytest.skip("PostgreSQL is not installed")
        url = postgres.new_database(folder)
    made, store = Database(url, limit=5.0), told().store
    projector = Projector(made, MODELS)
    position = projector.resume(current_epoch(store))
    projector.handle(list(store.read_all(after=position)))
    assert projector.state()["quarantine"] == []
    yield made
    made.close()


@pytest.fixture(scope="module")
def answers(database: Database) -> Iterator[Answers]:
    answering = Answers(database, clock=lambda: date(2024, 6, 30))
    yield answering
    answering.close()


def ask(answers: Answers, name: str, **question: Any) -> list[dict[str, Any]]:
    rows = answers.answer("register", {"name": name, "committee": COMMITTEE, **question})["rows"]
    return list(rows)


def counts(answers: Answers, name: str, **question: Any) -> dict[str, tuple[Any, ...]]:
    shown = ("on_time", "late_count", "silent_count", "waiting_count", "on_time_rate")
    return {row["whose"]: tuple(row[one] for one in shown) for row in ask(answers, name, **question)}


def test_opinions_on_time_by_agency_and_a_seat_without_one_for_itself(answers: Answers) -> None:
    now = {"so-a": (2, 0, 0, 0, 100), "so-b": (0, 1, 1, 0, 0), "seat:c": (0, 0, 0, 2, None)}
    assert counts(answers, "opinion_discipline") == now
    assert counts(answers, "opinion_discipline", as_of=AFTER) == now
    assert counts(answers, "opinion_discipline", as_of="2024-03-15")["so-b"] == (0, 0, 2, 0, 0)
    assert ask(answers, "opinion_discipline", as_of="2024-02-28") == []


def test_reporting_discipline_by_agency(answers: Answers) -> None:
    now = {"so-a": (1, 0, 0, 0, 100), "so-b": (0, 0, 1, 0, 0)}
    assert counts(answers, "reporting_discipline") == now
    assert counts(answers, "reporting_discipline", as_of="2024-03-01") == {
        "so-a": (0, 0, 0, 1, None),
        "so-b": (0, 0, 0, 1, None),
    }


def test_overdue_tasks_stand_under_each_agency_that_leads_them(answers: Answers) -> None:
    def found(**question: Any) -> list[tuple[Any, ...]]:
        rows = ask(answers, "overdue_tasks", **question)
        return [(row["whose"], row["task"], row["days_late"], row["noticed"]) for row in rows]

    assert found(as_of="2024-03-10") == []
    assert sorted(found(as_of="2024-03-11")) == [
        *(("so-a", "t1", 1, True), ("so-b", "t1", 1, True)),
        ("—", "t3", 1, False),
    ]
    assert found(filters={"whose": "so-b"}) == [("so-b", "t1", 112, True)]


def test_what_is_counted_is_searched_sorted_and_paged_as_every_register(answers: Answers) -> None:
    rows = ask(answers, "opinion_discipline", sort=["-on_time"], limit=1)
    assert [row["whose"] for row in rows] == ["so-a"]
    assert [row["task"] for row in ask(answers, "overdue_tasks", search="viec T3")] == ["t3"]
    assert len(ask(answers, "opinion_discipline", ranges={"silent_count": {"from": 1}})) == 1


def test_what_is_counted_names_its_events(answers: Answers) -> None:
    question = {"committee": COMMITTEE, "id": "so-b"}
    for name, last in (
        ("opinion_discipline", "OpinionSubmitted"),
        ("reporting_discipline", "ReportOverdue"),
        ("overdue_tasks", "TaskOverdue"),
    ):
        shown = answers.answer("show", {**question, "name": name})
        assert {event["reference"] for event in shown["events"]} == set(shown["rows"][0]["evidence"])
        assert shown["events"][-1]["type"] == last
        assert answers.answer("show", {**question, "name": name, "as_of": AFTER})["events"] == shown["events"]


def test_what_is_counted_is_not_compared_but_what_it_is_counted_from(answers: Answers) -> None:
    asked = {"committee": COMMITTEE, "before": "2024-03-01", "registers": ["overdue_tasks"]}
    with pytest.raises(InvalidRequest, match="tasks"):
        answers.answer("difference", asked)


@pytest.mark.parametrize("moment", [{}, {"as_of": AFTER}])
def test_a_filter_on_a_list_finds_what_contains_it(answers: Answers, moment: dict[str, Any]) -> None:
    def found(name: str, **filters: Any) -> list[str]:
        rows = ask(answers, name, filters=filters, **moment)
        return sorted(str(row.get("task") or row.get("round")) for row in rows)

    assert found("tasks", lead="so-a") == ["t1", "t2"]
    assert found("tasks", lead="so-b") == ["t1"]
    assert found("tasks", lead="so") == []
    assert found("tasks", lead=None) == ["t3"]
    assert found("tasks", lead="so-a", state="open") == ["t1"]
    assert found("opinion_rounds", asked="a", overdue="b") == ["r1", "r2"]
    assert found("tasks", doubts="conflict") == []


def test_the_journal_tells_the_same_past_as_all_its_events_at_once(database: Database) -> None:
    views, on = Views(database, MODELS), date(2024, 6, 30)
    with views.as_of(COMMITTEE, AsOf(on), ()) as view:
        at_once = Listed(past(view, CODEC, COMMITTEE))
        by_stream = Journalled(view, CODEC, COMMITTEE)
        first = date(2024, 1, 1)
        cells = compliance(by_stream, first, on)
        assert cells == compliance(at_once, first, on)
        assert {one.stream for history in by_stream.histories("opinion") for one in history} == {
            f"opinion-{COMMITTEE}.r1",
            f"opinion-{COMMITTEE}.r2",
        }
    views.close()
