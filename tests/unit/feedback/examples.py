"""Agencies, people and a piece of feedback that the tests of this context share."""

from datetime import date

from services.feedback.commands import ReceiveFeedback
from services.feedback.events import (
    Attachment,
    FeedbackAnswered,
    FeedbackClosed,
    FeedbackDirected,
    FeedbackReceived,
)
from services.feedback.feedback import decider
from services.members.capacity import Capacity
from shared.envelope import Act
from shared.messages import AgencyId, Event
from tests.unit.given import DECISION, SOURCE, Story, act

F = "kien-nghi-huyen-uy-dinh-lap"
FOCAL, TELECOM, SCIENCE = AgencyId("so-tttt"), AgencyId("vien-thong"), AgencyId("so-khcn")
SENDER = AgencyId("huyen-uy-dinh-lap")

CHAIR = act(Capacity.CHAIR, person="truong-ban")
FOR_CHAIR = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-tt", acts_for="truong-ban")
STANDING = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-tt")
DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban", agency=FOCAL)
TEAM = act(Capacity.TEAM_MEMBER, person="thanh-vien-to", agency=FOCAL)
BY_FOCAL = act(Capacity.FOCAL_POINT, person=f"agency:{FOCAL}", agency=FOCAL)
POLICY = act(Capacity.POLICY, person="policy:x")
CLOCK = act(Capacity.POLICY, person="policy:x", at="2035-01-01")
"""A policy on a day on which every day of these tests has come."""
OUTSIDE = act(Capacity.ISSUER, person="ubnd-tinh", document=DECISION)
BEFORE = act(Capacity.RECORD_KEEPER, at="2021-09-10", bound=False, source=SOURCE)


def head(agency: AgencyId, at: str = "2022-09-28") -> Act:
    return act(Capacity.AGENCY, person=f"agency:{agency}", agency=agency, at=at)


def by_focal(at: str) -> Act:
    return act(Capacity.FOCAL_POINT, person=f"agency:{FOCAL}", agency=FOCAL, at=at)


FILE = Attachment(digest="ab" * 32, name="khao-sat.pdf", media_type="application/pdf", size=1024)
RECEIVE = ReceiveFeedback(
    feedback_id=F,
    subject="Thôn chưa có sóng di động",
    sender=SENDER,
    sender_wording="Huyện ủy Đình Lập",
    received_by=FOCAL,
    attachments=(FILE,),
)
FORWARD_BY, ANSWER_BY = date(2022, 10, 5), date(2022, 10, 19)
"""The 5th and the 15th working day after 28/9/2022, the day on which all of this happens."""
RECEIVED = FeedbackReceived.model_validate(
    {**RECEIVE.model_dump(), "forward_by": FORWARD_BY, "answer_by": ANSWER_BY}
)
UNDATED = RECEIVED.model_copy(update={"forward_by": None, "answer_by": None})
"""As it is known from a source, or from before there were limits."""
DIRECTED = FeedbackDirected(feedback_id=F, to=TELECOM, instruction="Phủ sóng 16 thôn", lies_with=(TELECOM,))
ANSWERED = FeedbackAnswered(feedback_id=F, answer="Đã phủ sóng 16 thôn", document=DECISION)
CLOSED = FeedbackClosed(feedback_id=F)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)
