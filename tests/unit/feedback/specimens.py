"""For each command about feedback a moment at which somebody competent may ask it."""

from datetime import date

from services.feedback.commands import (
    AnswerFeedback,
    ClassifyFeedback,
    CloseFeedback,
    CollateFeedback,
    DeclineFeedback,
    DirectFeedback,
    ForwardFeedback,
    LinkDuplicate,
    MarkFeedbackOverdue,
    PassOnAnswer,
    RecordRemedy,
    ReopenFeedback,
    ReportFeedback,
    TransferFeedback,
)
from services.feedback.events import DeclineReason, FeedbackLinked, Step
from services.feedback.feedback import decider
from shared.messages import Command, Event
from tests.unit.feedback.examples import (
    ANSWERED,
    CLOSED,
    DIRECTED,
    FOCAL,
    RECEIVE,
    RECEIVED,
    SCIENCE,
    SENDER,
    TELECOM,
    F,
)
from tests.unit.specimens import Specimen

LINKED = FeedbackLinked(feedback_id=F, duplicate_of="goc")


def _one(command: Command, *given: Event, agency: str = FOCAL, document: bool = False) -> Specimen:
    return Specimen(command, decider, given, agency=agency, document=document)


SPECIMENS: tuple[Specimen, ...] = (
    _one(RECEIVE),
    _one(ClassifyFeedback(feedback_id=F, field="hạ tầng"), RECEIVED),
    _one(DeclineFeedback(feedback_id=F, reason=DeclineReason.COMPLAINT, told="Theo luật"), RECEIVED),
    _one(ForwardFeedback(feedback_id=F, to="Bộ Tài chính", notice="Đã chuyển"), RECEIVED),
    _one(CollateFeedback(feedback_id=F, summary="16 thôn"), RECEIVED),
    _one(ReportFeedback(feedback_id=F, report="Tổng hợp"), RECEIVED),
    _one(DirectFeedback(feedback_id=F, to=TELECOM, instruction="Phủ sóng"), RECEIVED, document=True),
    _one(RecordRemedy(feedback_id=F, what="Đã lắp"), RECEIVED, DIRECTED, agency=TELECOM),
    _one(AnswerFeedback(feedback_id=F, answer="Đã xong"), RECEIVED, DIRECTED, agency=TELECOM),
    _one(PassOnAnswer(feedback_id=F, duplicate_of="goc", answer="Đã xong"), RECEIVED, LINKED),
    _one(CloseFeedback(feedback_id=F), RECEIVED, ANSWERED),
    _one(ReopenFeedback(feedback_id=F, reason="vẫn mất sóng"), RECEIVED, ANSWERED, CLOSED, agency=SENDER),
    _one(MarkFeedbackOverdue(feedback_id=F, step=Step.ANSWER, today=date(2026, 6, 15)), RECEIVED),
    _one(LinkDuplicate(feedback_id=F, duplicate_of="goc"), RECEIVED),
    _one(TransferFeedback(feedback_id=F, from_agency=FOCAL, to=(SCIENCE,), reason="sáp nhập"), RECEIVED),
)
