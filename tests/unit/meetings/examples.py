"""People, a meeting and a round of opinions that the tests of this context share."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.meetings.commands import ConveneMeeting, MeetingKind, Point, RequestOpinions
from services.meetings.events import (
    AbsenceApproved,
    AbsenceReported,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingOpened,
    OpinionRequested,
    Proposal,
    RoundForm,
)
from services.members.capacity import Capacity
from services.members.parameters import Parameters
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, PersonId
from tests.unit.given import SOURCE, act

M = "hop-quy-3-2022"
R = "gop-y-ma-qr"
MEMBER = PersonId("giam-doc-so-xay-dung")
SUBSTITUTE = PersonId("pho-giam-doc-so-xay-dung")
PROGRAMME = DocumentRef(number="49-NQ/TU", date=date(2021, 9, 28), issuer="Ban Thường vụ Tỉnh ủy")
OPINION = DocumentRef(number="15/SXD-VP", date=date(2022, 9, 27), issuer="Sở Xây dựng")

CHAIR = act(Capacity.CHAIR, person="truong-ban")
STANDING = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-thuong-truc")
FOR_CHAIR = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-thuong-truc", acts_for="truong-ban")
DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban")
TEAM = act(Capacity.TEAM_MEMBER, person="thanh-vien-to")
KEEPER = act(Capacity.RECORD_KEEPER, person="thanh-vien-to", source=SOURCE)
BY_MEMBER = act(Capacity.MEMBER, person=MEMBER, agency="so-xay-dung", seat="ghe-1")
OTHER_MEMBER = act(Capacity.MEMBER, person="giam-doc-cong-an")
OUTSIDE = act(Capacity.ISSUER, person="bo-thong-tin")
CLOCK = act(Capacity.POLICY, person="policy")


def before_regulation(capacity: str = Capacity.MEMBER, person: str = "khong-ro") -> Act:
    """An act recorded from a source, of a day when no regulation was in force."""
    return act(capacity, person=person, at="2021-08-13", bound=False, source=SOURCE)


def on(day: str, who: Act) -> Act:
    """The same act on another day."""
    return replace(who, effective_at=Moment(day))


def under(who: Act, **terms: Any) -> Act:
    """The same act under a regulation with these parameters."""
    return replace(who, terms=Parameters(**terms).model_dump(mode="json"))


CONVENE = ConveneMeeting(
    meeting_id=M,
    kind=MeetingKind.PERIODIC,
    title="Họp Ban Chỉ đạo quý III/2022",
    held=Moment("2022-09-28"),
    presiding=PersonId("truong-ban"),
    presiding_post="Chủ tịch UBND tỉnh",
    form="trực tuyến",
    points=(
        Point(point_id="tinh", name="điểm cầu UBND tỉnh"),
        Point(point_id="huyen", name="điểm cầu UBND các huyện, thành phố", count=11),
    ),
    quarter="2022-Q3",
)
CONVENED = MeetingConvened.model_validate(CONVENE.model_dump())
OPENED = MeetingOpened(meeting_id=M)
CLOSED = MeetingClosed(meeting_id=M)
CANCELLED = MeetingCancelled(meeting_id=M, reason="trùng kỳ họp HĐND")
REPORTED = AbsenceReported(meeting_id=M, member=MEMBER, reason_code="cong-tac")
AGREED = AbsenceApproved(meeting_id=M, member=MEMBER)
CONCRETE = Proposal(goals="Gắn mã QR 100% tên đường", progress="Từ tháng 10/2022", results="Đã có dự thảo")
VAGUE = Proposal(goals=" ", progress="Từ tháng 10/2022")

ASK = RequestOpinions(
    round_id=R,
    subject="Dự thảo kế hoạch gắn mã QR biển tên đường",
    asked=("ghe-1", "ghe-2", "ghe-3"),
    form=RoundForm.WRITTEN,
    due=Deadline(wording="trước ngày 30/9/2022", latest=date(2022, 9, 30)),
    text_digest="sha256:ab12",
)
ASKED = OpinionRequested.model_validate(ASK.model_dump() | {"sent": date(2022, 9, 28)})
SO_XAY_DUNG = AgencyId("so-xay-dung")
