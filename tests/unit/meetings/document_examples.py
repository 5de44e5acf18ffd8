"""Documents, series and people that the tests of documents share."""

import hashlib
from datetime import date
from typing import Any

from services.meetings.document.commands import IssueDocument, RegisterIncoming, Seal, TypeCode
from services.meetings.document.events import Body, DocumentIssued, IncomingRegistered
from services.members.authority import ACTING
from services.members.capacity import Capacity
from services.members.events import Matter
from shared.envelope import Act, Actor, Mandate
from shared.messages import AgencyId, DocumentRef
from tests.unit.given import SOURCE, act

SXD = AgencyId("so-xay-dung")
STC = AgencyId("so-tai-chinh")
DAY = "2026-02-05"

CHAIR = act(Capacity.CHAIR, person="truong-ban", at=DAY)
STANDING = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-thuong-truc", at=DAY)
FOR_CHAIR = act(Capacity.STANDING_DEPUTY, person="pho-truong-ban-thuong-truc", acts_for="truong-ban", at=DAY)
DEPUTY = act(Capacity.DEPUTY, person="pho-truong-ban", agency="so-khoa-hoc", at=DAY)
MEMBER = act(Capacity.MEMBER, person="giam-doc-so-xay-dung", agency=SXD, at=DAY)
TEAM_LEADER = act(Capacity.TEAM_LEADER, person="to-truong", agency="so-khoa-hoc", at=DAY)
TEAM = act(Capacity.TEAM_MEMBER, person="thanh-vien-to", agency=SXD, at=DAY)
HEAD = act(Capacity.AGENCY, person="agency:so-xay-dung", agency=SXD, at=DAY)
OTHER_HEAD = act(Capacity.AGENCY, person="agency:so-tai-chinh", agency=STC, at=DAY)
OUTSIDE = act(Capacity.ISSUER, person="bo-mau", at=DAY)
CLOCK = act(Capacity.POLICY, person="policy", at=DAY)
BEFORE = act(Capacity.MEMBER, person="khong-ro", at=DAY, bound=False, source=SOURCE)


def with_mandate(who: Act, **changed: Any) -> Act:
    """The same act with another mandate."""
    mandate = Mandate.model_validate({**who.actor.mandate.model_dump(), **changed})
    return Act(Actor(person=who.actor.person, capacity=who.actor.capacity, mandate=mandate), who.effective_at)


FOR_MEETINGS_ONLY = with_mandate(FOR_CHAIR, matters=(Matter.MEETINGS,))
ACTING_HEAD = with_mandate(MEMBER, ground=f"member since 2026-01-01{ACTING}")
GUQ = DocumentRef(number="01/GUQ-BCĐ", date=date(2026, 1, 5))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


PLAN = IssueDocument(
    series="BCĐ",
    year=2026,
    document_id="ke-hoach-2026",
    type_code=TypeCode.PLAN,
    subject="Kế hoạch công tác năm 2026 của Ban Chỉ đạo",
    date=date(2026, 2, 5),
    text_digest=digest("ke-hoach-2026"),
    signatory_post="Chủ tịch UBND tỉnh",
    seal=Seal.PROVINCIAL_COMMITTEE,
    recipients=("Các thành viên Ban Chỉ đạo", "Tổ giúp việc"),
    archived_by="VT",
)


def paper(document_id: str, **changed: Any) -> IssueDocument:
    """The plan under another id and with another text, and whatever else is changed."""
    values = {**PLAN.model_dump(), "document_id": document_id, "text_digest": digest(document_id)}
    return IssueDocument.model_validate({**values, **changed})


def issued(
    command: IssueDocument, number: int, symbol: str, body: Body = Body.COMMITTEE, by: Act = CHAIR
) -> DocumentIssued:
    """The command as it was carried out for who signed it."""
    told = {"number": number, "symbol": symbol, "body": body, "signatory": by.actor.person}
    return DocumentIssued.model_validate({**command.model_dump(exclude={"secrecy"}), **told})


ISSUED = issued(PLAN, 1, "01/KH-BCĐ")
LETTER = paper("dinh-chinh", type_code=TypeCode.OFFICIAL_LETTER, drafted_by="TGV")
BY_AGENCY = paper(
    "cong-van-so", series="SXD", agency=SXD, seal=Seal.OWN_AGENCY, seal_agency=SXD, type_code=TypeCode.REPORT
)
BY_TEAM = paper(
    "thong-bao-to",
    series="TGV",
    type_code=TypeCode.NOTICE,
    seal=Seal.OWN_AGENCY,
    seal_agency=AgencyId("so-khoa-hoc"),
)

INVITED = DocumentRef(number="12/UBND-VX", date=date(2026, 2, 2), issuer="UBND xã Mẫu")
ARRIVES = RegisterIncoming(
    year=2026,
    document_id="den-1",
    document=INVITED,
    received_on=date(2026, 2, 5),
    subject="Về khó khăn khi dùng chữ ký số",
    text_digest=digest("den-1"),
    copies=1,
)
ARRIVED = IncomingRegistered.model_validate({**ARRIVES.model_dump(exclude={"secrecy"}), "arrival_number": 1})
