"""The feedback register after events, delivered once or twice."""

from datetime import date
from typing import Any

import pytest

from services.feedback import feedback
from services.feedback.events import (
    Channel,
    DeclineReason,
    FeedbackClassified,
    FeedbackCollated,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackOverdue,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
    Step,
)
from services.feedback.feedback_records import READ_MODELS
from services.feedback.feedback_records import feedback as register
from shared.envelope import Envelope
from shared.messages import Event
from tests.unit.feedback.examples import (
    ANSWER_BY,
    ANSWERED,
    BEFORE,
    CLOSED,
    DIRECTED,
    FILE,
    FOCAL,
    RECEIVED,
    SCIENCE,
    SENDER,
    TELECOM,
    F,
    by_focal,
)
from tests.unit.given import SOURCE
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])
COURSE: tuple[Event, ...] = (
    RECEIVED,
    FeedbackClassified(feedback_id=F, field="hạ tầng"),
    FeedbackCollated(feedback_id=F, summary="16 thôn"),
    FeedbackReported(feedback_id=F, report="Tổng hợp quý III"),
    FeedbackLinked(feedback_id=F, duplicate_of="kien-nghi-khac"),
    DIRECTED,
    FeedbackTransferred(
        feedback_id=F, from_agency=TELECOM, to=(SCIENCE,), reason="sáp nhập", lies_with=(SCIENCE,)
    ),
    FeedbackRemedied(feedback_id=F, what="Đã lắp 4 trạm", agency=SCIENCE),
    ANSWERED,
    CLOSED,
)


def recorded(*events: Event) -> list[Envelope[Event]]:
    return envelopes(feedback.decider, F, events, BEFORE)


def the_row(*events: Event, twice: bool = False) -> dict[str, Any]:
    [row] = rows(project(READ_MODELS, recorded(*events), twice=twice), register)
    return row


@TWICE
def test_the_whole_course(twice: bool) -> None:
    row = the_row(*COURSE, twice=twice)
    assert (row["sender"], row["sender_wording"], row["received_by"]) == (SENDER, "Huyện ủy Đình Lập", FOCAL)
    assert row["attachments"] == [FILE.model_dump()]
    assert (row["field"], row["summary"], row["reported"]) == ("hạ tầng", "16 thôn", "2021-09-10")
    assert (row["state"], row["lies_with"], row["duplicate_of"]) == ("closed", [SCIENCE], "kien-nghi-khac")
    assert (row["answer"], row["answer_document"]) == ("Đã phủ sóng 16 thôn", "2041/QĐ-UBND")
    assert [step["type"] for step in row["steps"]] == [type(event).__name__ for event in COURSE]
    assert [step["event"] for step in row["steps"]] == [f"feedback-langson.{F}@{n}" for n in range(10)]
    assert row["steps"][6]["reason"] == "sáp nhập"
    assert (row["event"], row["source"]) == (f"feedback-langson.{F}@0", SOURCE.reference)


def test_the_state_says_what_happened_last() -> None:
    for n, state in ((1, "received"), (6, "directed"), (8, "remedied"), (9, "answered"), (10, "closed")):
        assert the_row(*COURSE[:n])["state"] == state
    reopened = FeedbackReopened(feedback_id=F, reason="vẫn mất sóng", lies_with=(SCIENCE,))
    row = the_row(*COURSE, reopened)
    assert (row["state"], row["steps"][-1]["reason"]) == ("reopened", "vẫn mất sóng")
    assert (row["answer"], row["answer_document"]) == (None, None)
    assert row["steps"][8]["answer"] == "Đã phủ sóng 16 thôn"


def test_what_was_not_said_stays_empty() -> None:
    bare = RECEIVED.model_copy(update={"received_by": None, "sender": None, "attachments": ()})
    row = the_row(bare)
    assert (row["received_by"], row["sender"], row["lies_with"], row["attachments"]) == (None, None, [], [])


def test_a_tail_that_is_delivered_again_changes_nothing() -> None:
    all_of_it = recorded(*COURSE)
    once = rows(project(READ_MODELS, all_of_it), register)
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it[3:]]), register) == once
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it]), register) == once


def received(n: int, year: int) -> list[Envelope[Event]]:
    """The n-th piece that came into the store, received in this year."""
    name = f"f{n}"
    event = RECEIVED.model_copy(update={"feedback_id": name})
    return envelopes(feedback.decider, name, [event], by_focal(f"{year}-03-01"))


@TWICE
def test_the_running_number_of_its_year(twice: bool) -> None:
    in_order = [one for n, year in enumerate((2025, 2025, 2026, 2025, 2026)) for one in received(n, year)]
    found = rows(project(READ_MODELS, in_order, twice=twice), register)
    numbers = [(row["feedback"], row["year"], row["number"]) for row in found]
    assert numbers == [
        ("f0", 2025, 1),
        ("f1", 2025, 2),
        ("f2", 2026, 1),
        ("f3", 2025, 3),
        ("f4", 2026, 2),
    ]
    assert rows(project(READ_MODELS, [*in_order, *in_order]), register) == found


@TWICE
def test_limits_and_what_came_after_them(twice: bool) -> None:
    noted = FeedbackOverdue(feedback_id=F, step=Step.ANSWER, due=ANSWER_BY, seen=date(2022, 10, 20))
    row = the_row(RECEIVED, noted, twice=twice)
    assert (row["forward_by"], row["answer_by"]) == ("2022-10-05", "2022-10-19")
    assert (row["overdue_steps"], row["late"], row["state"]) == (["answer"], False, "received")
    late = ANSWERED.model_copy(update={"late": True})
    assert the_row(RECEIVED, noted, late, ANSWERED, twice=twice)["late"] is True
    reopened = FeedbackReopened(feedback_id=F, reason="x", lies_with=(), answer_by=date(2026, 1, 26))
    row = the_row(RECEIVED, noted, late, CLOSED, reopened, twice=twice)
    assert (row["overdue_steps"], row["late"], row["answer_by"]) == ([], False, "2026-01-26")
    assert row["forward_by"] is None


@TWICE
def test_what_was_not_taken_up_stays_in_the_register(twice: bool) -> None:
    declined = FeedbackDeclined(feedback_id=F, reason=DeclineReason.COMPLAINT, told="Theo Luật Khiếu nại")
    row = the_row(RECEIVED, declined, twice=twice)
    assert (row["state"], row["declined_because"], row["told"]) == (
        "declined",
        "complaint",
        "Theo Luật Khiếu nại",
    )
    reopened = FeedbackReopened(feedback_id=F, reason="x", lies_with=())
    forwarded = FeedbackForwarded(feedback_id=F, to="Bộ Tài chính", notice="Đã chuyển", late=True)
    row = the_row(RECEIVED, declined, reopened, forwarded, twice=twice)
    assert (row["state"], row["declined_because"], row["forwarded_to"], row["told"], row["late"]) == (
        "forwarded",
        None,
        "Bộ Tài chính",
        "Đã chuyển",
        True,
    )
    assert [step["type"] for step in row["steps"]][1] == "FeedbackDeclined"


def test_how_it_came_in_and_what_it_turned_out_to_be() -> None:
    by_telephone = RECEIVED.model_copy(update={"channel": Channel.TELEPHONE, "contact": "so/14"})
    about = FeedbackClassified(feedback_id=F, field="quy chế", about_regulation=True)
    told = FeedbackReported(feedback_id=F, report="Trình", to_chair=True)
    row = the_row(by_telephone, about, told)
    assert (row["channel"], row["contact"], row["anonymous"]) == ("telephone", "so/14", False)
    assert (row["about_regulation"], row["reported_to_chair"]) == (True, True)


def test_the_running_number_is_found_without_looking_at_all_that_came_before() -> None:
    db = project(READ_MODELS, [one for n in range(3) for one in received(n, 2026)])
    plan = db.exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT max(number) FROM feedback WHERE committee = 'langson' AND year = 2026"
    )
    assert "feedback_by_number" in str(plan.all())
