"""The feedback register after events, delivered once or twice."""

from typing import Any

import pytest

from services.feedback import feedback
from services.feedback.events import (
    FeedbackClassified,
    FeedbackCollated,
    FeedbackLinked,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
)
from services.feedback.projections import READ_MODELS
from services.feedback.projections import feedback as register
from shared.envelope import Envelope
from shared.messages import Event
from tests.unit.feedback.examples import (
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


def test_what_was_not_said_stays_empty() -> None:
    bare = RECEIVED.model_copy(update={"received_by": None, "sender": None, "attachments": ()})
    row = the_row(bare)
    assert (row["received_by"], row["sender"], row["lies_with"], row["attachments"]) == (None, None, [], [])


def test_a_tail_that_is_delivered_again_changes_nothing() -> None:
    all_of_it = recorded(*COURSE)
    once = rows(project(READ_MODELS, all_of_it), register)
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it[3:]]), register) == once
    assert rows(project(READ_MODELS, [*all_of_it, *all_of_it]), register) == once
