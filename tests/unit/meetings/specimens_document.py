"""For each command of documents a moment at which somebody competent may ask it."""

from datetime import date

from services.meetings.document import incoming as document_incoming
from services.meetings.document import series as document_series
from services.meetings.document.commands import (
    CorrectDocument,
    DispatchDocument,
    DocumentKey,
    ForwardIncoming,
    HandOverSeries,
    RecallDocument,
    ReplaceDocument,
    TypeCode,
    VoidNumber,
)
from services.meetings.document.events import Body
from shared.messages import DocumentRef
from tests.unit.meetings.document_examples import (
    ARRIVED,
    ARRIVES,
    BY_AGENCY,
    ISSUED,
    LETTER,
    PLAN,
    STC,
    SXD,
    issued,
    paper,
)
from tests.unit.specimens import Specimen

OLD = {"series": "BCĐ", "year": 2026, "document_id": PLAN.document_id}
NEW = issued(paper("moi"), 2, "02/KH-BCĐ")
SENT = issued(LETTER, 2, "02/BCĐ-TGV")


def by(document_id: str, number: str, type_code: TypeCode) -> dict[str, object]:
    return {
        **OLD,
        "by": DocumentKey(series="BCĐ", year=2026, document_id=document_id),
        "by_document": DocumentRef(number=number, date=date(2026, 2, 5)),
        "by_type": type_code,
        "reason": "Sai sót",
    }


SERIES = document_series.decider
SPECIMENS: tuple[Specimen, ...] = (
    Specimen(PLAN, SERIES),
    Specimen(BY_AGENCY, SERIES, agency=SXD),
    Specimen(ReplaceDocument.model_validate(by("moi", "02/KH-BCĐ", TypeCode.PLAN)), SERIES, (ISSUED, NEW)),
    Specimen(
        CorrectDocument.model_validate(by(LETTER.document_id, "02/BCĐ-TGV", TypeCode.OFFICIAL_LETTER)),
        SERIES,
        (ISSUED, SENT),
    ),
    Specimen(RecallDocument.model_validate({**OLD, "reason": "Sai thẩm quyền"}), SERIES, (ISSUED,)),
    Specimen(DispatchDocument.model_validate({**OLD, "sent_on": date(2026, 2, 6)}), SERIES, (ISSUED,)),
    Specimen(VoidNumber(series="BCĐ", year=2026, number=2, reason="Bản giấy hỏng"), SERIES, (ISSUED,)),
    Specimen(
        HandOverSeries(series="SXD", year=2026, from_agency=SXD, to_agency=STC),
        SERIES,
        (issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY),),
        agency=SXD,
    ),
    Specimen(ARRIVES, document_incoming.decider),
    Specimen(
        ForwardIncoming(year=2026, document_id="den-1", to="Tổ giúp việc", forwarded_on=date(2026, 2, 6)),
        document_incoming.decider,
        (ARRIVED,),
    ),
)
