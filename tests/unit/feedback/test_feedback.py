"""Feedback from receipt to answer: who may do what, and what is quiet when asked twice."""

import pytest
from pydantic import ValidationError

from services.feedback.commands import (
    AnswerFeedback,
    ClassifyFeedback,
    CloseFeedback,
    CollateFeedback,
    DirectFeedback,
    ForwardFeedback,
    LinkDuplicate,
    RecordRemedy,
    ReopenFeedback,
    ReportFeedback,
    TransferFeedback,
)
from services.feedback.events import (
    Attachment,
    FeedbackClassified,
    FeedbackCollated,
    FeedbackDirected,
    FeedbackLinked,
    FeedbackRemedied,
    FeedbackReopened,
    FeedbackReported,
    FeedbackTransferred,
)
from services.feedback.rules import Rule
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.feedback.examples import (
    ANSWER_BY,
    ANSWERED,
    BEFORE,
    BY_FOCAL,
    CHAIR,
    CLOSED,
    DEPUTY,
    DIRECTED,
    FILE,
    FOCAL,
    FOR_CHAIR,
    OUTSIDE,
    POLICY,
    RECEIVE,
    RECEIVED,
    SCIENCE,
    SENDER,
    STANDING,
    TEAM,
    TELECOM,
    UNDATED,
    F,
    head,
    story,
)
from tests.unit.given import DECISION, SOURCE, act

CLASSIFY = ClassifyFeedback(feedback_id=F, field="hạ tầng viễn thông")
COLLATE = CollateFeedback(feedback_id=F, summary="16 thôn chưa có sóng")
REPORT = ReportFeedback(feedback_id=F, report="Tổng hợp quý III")
DIRECT = DirectFeedback(feedback_id=F, to=TELECOM, instruction="Phủ sóng 16 thôn")
REMEDY = RecordRemedy(feedback_id=F, what="Đã lắp 4 trạm")
ANSWER = AnswerFeedback(feedback_id=F, answer="Đã phủ sóng 16 thôn", document=DECISION)
FORWARD = ForwardFeedback(feedback_id=F, to="Bộ Tài chính", notice="Đã chuyển")
CLOSE, REOPEN = CloseFeedback(feedback_id=F), ReopenFeedback(feedback_id=F, reason="vẫn mất sóng")
LINK = LinkDuplicate(feedback_id=F, duplicate_of="kien-nghi-khac")
TRANSFER = TransferFeedback(feedback_id=F, from_agency=FOCAL, to=(SCIENCE,), reason="sáp nhập")
ABOUT_REGULATION = RECEIVED.model_copy(update={"about_regulation": True})


def test_from_receipt_to_closing() -> None:
    told = story()
    told.when(RECEIVE, BY_FOCAL).then(RECEIVED)
    told.when(CLASSIFY, BY_FOCAL).then(FeedbackClassified(feedback_id=F, field="hạ tầng viễn thông"))
    told.when(COLLATE, BY_FOCAL).then(FeedbackCollated(feedback_id=F, summary="16 thôn chưa có sóng"))
    told.when(REPORT, BY_FOCAL).then(FeedbackReported(feedback_id=F, report="Tổng hợp quý III"))
    told.when(DIRECT, DEPUTY).then(DIRECTED)
    told.when(REMEDY, head(TELECOM)).then(FeedbackRemedied(feedback_id=F, what=REMEDY.what, agency=TELECOM))
    told.when(ANSWER, BY_FOCAL).then(ANSWERED)
    for command, who in (
        (CLASSIFY, BY_FOCAL),
        (COLLATE, BY_FOCAL),
        (REPORT, BY_FOCAL),
        (DIRECT, DEPUTY),
        (REMEDY, head(TELECOM)),
        (ANSWER, BY_FOCAL),
    ):
        told.when(command, who).then_nothing()
    told.when(CLOSE, BY_FOCAL).then(CLOSED)
    told.when(CLOSE, BY_FOCAL).then_nothing()


@pytest.mark.parametrize("who", [TEAM, DEPUTY, head(FOCAL), head(TELECOM), OUTSIDE])
def test_only_the_focal_point_receives(who: Act) -> None:
    story().when(RECEIVE, who).then_refused(Rule.RECEIVED_BY_FOCAL_POINT)


def test_received_in_its_own_name_once() -> None:
    elsewhere = RECEIVE.model_copy(update={"received_by": TELECOM})
    story().when(elsewhere, BY_FOCAL).then_refused(Rule.RECEIVED_BY_FOCAL_POINT)
    story().when(RECEIVE.model_copy(update={"received_by": None}), BY_FOCAL).then(RECEIVED)
    story(RECEIVED).when(RECEIVE, BY_FOCAL).then_refused(Rule.FEEDBACK_IS_NEW)


def test_before_the_regulation_nobody_was_the_focal_point() -> None:
    nameless = {"received_by": None, "sender": None, "sender_wording": None}
    told = story().when(RECEIVE.model_copy(update=nameless), BEFORE)
    told.then(UNDATED.model_copy(update=nameless))


def test_the_sender_is_named_unless_a_source_is_silent() -> None:
    nameless = RECEIVE.model_copy(update={"sender": None, "sender_wording": None})
    story().when(nameless, BY_FOCAL).then_refused(Rule.SENDER_IS_NAMED)
    sourced = act("focal_point", agency=FOCAL, source=SOURCE)
    story().when(nameless, sourced).then_happened(type(RECEIVED))


def test_only_the_focal_point_handles() -> None:
    for command in (CLASSIFY, COLLATE, REPORT, CLOSE, LINK):
        story(RECEIVED, ANSWERED).when(command, TEAM).then_refused(Rule.HANDLED_BY_FOCAL_POINT)


def test_nothing_goes_on_before_receipt_or_after_closing() -> None:
    for command, who in ((CLASSIFY, BY_FOCAL), (DIRECT, CHAIR), (REMEDY, head(TELECOM)), (ANSWER, BY_FOCAL)):
        story().when(command, who).then_refused(Rule.FEEDBACK_STANDS)
        story(RECEIVED, DIRECTED, ANSWERED, CLOSED).when(command, who).then_refused(Rule.FEEDBACK_IS_OPEN)


@pytest.mark.parametrize("who", [CHAIR, STANDING, DEPUTY, OUTSIDE, BEFORE])
def test_directed_by_leaders_or_by_a_document(who: Act) -> None:
    story(RECEIVED).when(DIRECT, who).then(DIRECTED)


@pytest.mark.parametrize("who", [TEAM, BY_FOCAL, head(TELECOM), POLICY])
def test_nobody_else_directs(who: Act) -> None:
    story(RECEIVED).when(DIRECT, who).then_refused(Rule.DIRECTED_BY_LEADERS)


def test_directed_to_several() -> None:
    second = DirectFeedback(feedback_id=F, to=SCIENCE, instruction="Hướng dẫn")
    told = story(RECEIVED, DIRECTED).when(second, CHAIR)
    told.then(
        FeedbackDirected(feedback_id=F, to=SCIENCE, instruction="Hướng dẫn", lies_with=(TELECOM, SCIENCE))
    )
    told.when(REMEDY, head(SCIENCE)).then_happened(FeedbackRemedied)
    told.when(REMEDY, head(TELECOM)).then_happened(FeedbackRemedied)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR, BEFORE])
def test_what_concerns_the_regulation_goes_to_the_chair(who: Act) -> None:
    story(ABOUT_REGULATION).when(DIRECT, who).then(DIRECTED)


@pytest.mark.parametrize("who", [DEPUTY, STANDING, OUTSIDE])
def test_what_concerns_the_regulation_goes_to_nobody_else(who: Act) -> None:
    story(ABOUT_REGULATION).when(DIRECT, who).then_refused(Rule.REGULATION_GOES_TO_CHAIR)


def test_about_the_regulation_the_sender_learns_what_the_chair_decided() -> None:
    """D12.3: the chair considers and decides; it is neither answered nor sent away before that."""
    told = story(ABOUT_REGULATION).when(ANSWER, BY_FOCAL).then_refused(Rule.REGULATION_ANSWERED_BY_DECISION)
    told.when(FORWARD, BY_FOCAL).then_refused(Rule.REGULATION_GOES_TO_CHAIR)
    told.when(DIRECT, FOR_CHAIR).then(DIRECTED).when(ANSWER, head(TELECOM)).then(ANSWERED)
    sourced = act("focal_point", agency=FOCAL, source=SOURCE)
    for who in (BEFORE, sourced):
        story(ABOUT_REGULATION).when(ANSWER, who).then(ANSWERED)


def test_what_turns_out_to_be_about_the_regulation_goes_to_the_chair_after_all() -> None:
    """Reported to the committee and directed by a deputy before anybody saw it: both are asked anew."""
    about = FeedbackClassified(feedback_id=F, field="quy chế", about_regulation=True)
    reported = FeedbackReported(feedback_id=F, report=REPORT.report)
    told = story(RECEIVED, reported, DIRECTED, about)
    told.when(ANSWER, BY_FOCAL).then_refused(Rule.REGULATION_ANSWERED_BY_DECISION)
    told.when(REPORT, BY_FOCAL).then(reported.model_copy(update={"to_chair": True}))
    told.when(REPORT, BY_FOCAL).then_nothing()
    told.when(DIRECT, CHAIR).then(DIRECTED)
    told.when(DIRECT, CHAIR).then_nothing()
    told.when(ANSWER, BY_FOCAL).then(ANSWERED)


def test_only_the_directed_remedy() -> None:
    story(RECEIVED).when(REMEDY, head(FOCAL)).then_refused(Rule.REMEDIED_BY_DIRECTED)
    story(RECEIVED, DIRECTED).when(REMEDY, head(SCIENCE)).then_refused(Rule.REMEDIED_BY_DIRECTED)
    seconded = act("team_member", agency=TELECOM)
    story(RECEIVED, DIRECTED).when(REMEDY, seconded).then_refused(Rule.REMEDIED_BY_DIRECTED)


def test_answered_by_the_focal_point_or_the_directed() -> None:
    story(RECEIVED).when(ANSWER, BY_FOCAL).then(ANSWERED)
    story(RECEIVED, DIRECTED).when(ANSWER, head(TELECOM)).then(ANSWERED)
    story(RECEIVED).when(ANSWER, head(TELECOM)).then_refused(Rule.ANSWERED_BY_COMPETENT)
    story(RECEIVED, DIRECTED).when(ANSWER, TEAM).then_refused(Rule.ANSWERED_BY_COMPETENT)


def test_nothing_is_closed_without_an_answer() -> None:
    story(RECEIVED, DIRECTED).when(CLOSE, BY_FOCAL).then_refused(Rule.ANSWERED_BEFORE_CLOSED)
    story().when(CLOSE, BY_FOCAL).then_refused(Rule.FEEDBACK_STANDS)
    story(RECEIVED).when(CLOSE, BEFORE).then_refused(Rule.ANSWERED_BEFORE_CLOSED)


@pytest.mark.parametrize("who", [BY_FOCAL, CHAIR, head(SENDER)])
def test_reopened_it_needs_a_new_answer(who: Act) -> None:
    told = story(RECEIVED, DIRECTED, ANSWERED, CLOSED).when(REOPEN, who)
    told.then(
        FeedbackReopened(feedback_id=F, reason="vẫn mất sóng", lies_with=(TELECOM,), answer_by=ANSWER_BY)
    )
    told.when(CLOSE, BY_FOCAL).then_refused(Rule.ANSWERED_BEFORE_CLOSED)
    told.when(REOPEN, who).then_refused(Rule.CLOSED_BEFORE_REOPENED)
    told.when(ANSWER, BY_FOCAL).then(ANSWERED).when(CLOSE, BY_FOCAL).then(CLOSED)


def test_strangers_reopen_nothing() -> None:
    story(RECEIVED, ANSWERED, CLOSED).when(REOPEN, TEAM).then_refused(Rule.REOPENED_BY_CONCERNED)
    unnamed = RECEIVED.model_copy(update={"sender": None})
    story(unnamed, ANSWERED, CLOSED).when(REOPEN, head(TELECOM)).then_refused(Rule.REOPENED_BY_CONCERNED)


def test_duplicates_are_linked_and_go_on() -> None:
    told = story(RECEIVED).when(LINK, BY_FOCAL)
    told.then(FeedbackLinked(feedback_id=F, duplicate_of="kien-nghi-khac"))
    told.when(LINK, BY_FOCAL).then_nothing()
    told.when(CLOSE, BY_FOCAL).then_refused(Rule.ANSWERED_BEFORE_CLOSED)
    itself = LINK.model_copy(update={"duplicate_of": F})
    story(RECEIVED).when(itself, BY_FOCAL).then_refused(Rule.DUPLICATE_OF_ANOTHER)
    story(RECEIVED, ANSWERED, CLOSED).when(LINK, BY_FOCAL).then_happened(FeedbackLinked)


def test_open_feedback_follows_its_agency() -> None:
    told = story(RECEIVED).when(TRANSFER, POLICY)
    told.then(
        FeedbackTransferred(
            feedback_id=F, from_agency=FOCAL, to=(SCIENCE,), reason="sáp nhập", lies_with=(SCIENCE,)
        )
    )
    told.when(TRANSFER, POLICY).then_nothing()
    story(RECEIVED, ANSWERED, CLOSED).when(TRANSFER, POLICY).then_nothing()
    story(RECEIVED, DIRECTED).when(TRANSFER, POLICY).then_nothing()
    story(RECEIVED).when(TRANSFER.model_copy(update={"to": (FOCAL,)}), POLICY).then_nothing()
    story(RECEIVED).when(TRANSFER, CHAIR).then_refused(Rule.FOLLOWS_ITS_AGENCY)
    story().when(TRANSFER, POLICY).then_refused(Rule.FEEDBACK_STANDS)


def test_the_successors_of_the_directed_remedy() -> None:
    heirs = (AgencyId("vnpt"), AgencyId("viettel"))
    told = story(RECEIVED, DIRECTED)
    told.when(TransferFeedback(feedback_id=F, from_agency=TELECOM, to=heirs, reason="chia tách"), POLICY)
    told.when(REMEDY, head(heirs[1])).then_happened(FeedbackRemedied)
    told.when(REMEDY, head(TELECOM)).then_refused(Rule.REMEDIED_BY_DIRECTED)


def test_an_attachment_is_its_digest() -> None:
    with pytest.raises(ValidationError):
        Attachment.model_validate({**FILE.model_dump(), "digest": "khong-phai-ma-bam"})
