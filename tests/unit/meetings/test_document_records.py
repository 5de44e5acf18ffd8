"""The rows of the registers after these events, delivered once or twice."""

from datetime import date

import pytest

from services.meetings.document import incoming as document_incoming
from services.meetings.document import series as document_series
from services.meetings.document.commands import Appendix, DocumentKey, SignedFor, TypeCode, Urgency
from services.meetings.document.events import (
    DocumentCorrected,
    DocumentDispatched,
    DocumentRecalled,
    DocumentReplaced,
    DuplicateNoticed,
    IncomingForwarded,
    NumberVoided,
    SeriesHandedOver,
)
from services.meetings.document.records import READ_MODELS, incoming, outgoing
from shared.dates import Deadline
from shared.messages import AgencyId, DocumentRef, Event
from tests.unit.meetings.document_examples import (
    ARRIVED,
    CHAIR,
    FOR_CHAIR,
    GUQ,
    INVITED,
    ISSUED,
    TEAM,
    digest,
    issued,
    paper,
)
from tests.unit.rows import envelopes, project, rows

OLD = {"series": "BCĐ", "year": 2026, "document_id": "ke-hoach-2026"}
NEW_REF = DocumentRef(number="02/KH-BCĐ", date=date(2026, 2, 6))
LETTER_REF = DocumentRef(number="03/BCĐ-TGV", date=date(2026, 2, 6))
TEN_OUTGOING = (
    "number", "date", "kind", "subject", "signatory", "recipients", "archived_by", "copies", "sent_on",
    "receipts", "state_because",
)  # fmt: skip
"""The ten of the law; type and subject are one column there, remarks are `state_because`."""
TEN_INCOMING = (
    "received_on", "arrival_number", "issuer", "number", "date", "kind", "subject", "forwarded_to",
    "forwarded_on", "receipt", "instruction",
)  # fmt: skip


def after(*events: Event, twice: bool) -> list[dict[str, object]]:
    recorded = envelopes(document_series.decider, "bcd-2026", events, CHAIR)
    return rows(project(READ_MODELS, recorded, twice=twice), outgoing)


def arrived(*events: Event, twice: bool) -> dict[str, object]:
    recorded = envelopes(document_incoming.decider, "2026", events, TEAM)
    [row] = rows(project(READ_MODELS, recorded, twice=twice), incoming)
    return row


@pytest.fixture(params=[False, True], ids=["once", "twice"])
def twice(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_the_columns_of_the_law_are_there() -> None:
    assert set(TEN_OUTGOING) <= set(outgoing.c.keys())
    assert set(TEN_INCOMING) <= set(incoming.c.keys())


def test_an_issued_document(twice: bool) -> None:
    [row] = after(ISSUED, twice=twice)
    wanted = {
        "committee": "langson",
        "document_id": "ke-hoach-2026",
        "series": "BCĐ",
        "year": 2026,
        "ordinal": 1,
        "number": "01/KH-BCĐ",
        "date": "2026-02-05",
        "kind": "KH",
        "subject": "Kế hoạch công tác năm 2026 của Ban Chỉ đạo",
        "signatory": "truong-ban",
        "signatory_post": "Chủ tịch UBND tỉnh",
        "capacity": "chair",
        "acts_for": None,
        "seal": "provincial_committee",
        "seal_agency": None,
        "recipients": ["Các thành viên Ban Chỉ đạo", "Tổ giúp việc"],
        "archived_by": "VT",
        "sent_on": None,
        "receipts": [],
        "sent_late": False,
        "corrected_by": [],
        "state": "issued",
        "text_digest": digest("ke-hoach-2026"),
        "event": "series-langson.bcd-2026@0",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_what_was_signed_in_the_chairs_place() -> None:
    command = paper(
        "a",
        signed_for=SignedFor.TUQ,
        authorisation=GUQ,
        appendices=(Appendix(title="Danh mục", pages=2),),
        urgency=Urgency.EXPRESS,
        copies=12,
        replaces=DocumentKey(series="BCĐ", year=2025, document_id="cu"),
        reason="Sai số liệu",
    )
    recorded = envelopes(document_series.decider, "bcd-2026", [issued(command, 1, "01/KH-BCĐ")], FOR_CHAIR)
    [row] = rows(project(READ_MODELS, recorded), outgoing)
    assert [row[name] for name in ("signed_for", "acts_for", "authorisation", "urgency", "copies")] == [
        "TUQ",
        "truong-ban",
        "01/GUQ-BCĐ 05/01/2026",
        "express",
        12,
    ]
    assert (row["replaces"], row["state_because"]) == ("cu", "Sai số liệu")
    assert row["appendices"] == [{"title": "Danh mục", "text_digest": None, "pages": 2}]


def test_replaced_corrected_recalled(twice: bool) -> None:
    corrected = DocumentCorrected.model_validate({**OLD, "by": LETTER_REF, "reason": "Thiếu nơi nhận"})
    replaced = DocumentReplaced.model_validate({**OLD, "by": NEW_REF, "reason": "Sai số liệu"})
    recalled = DocumentRecalled.model_validate({**OLD, "reason": "Sai thẩm quyền"})
    [row] = after(ISSUED, corrected, twice=twice)
    assert (row["state"], row["corrected_by"]) == ("corrected", ["03/BCĐ-TGV 06/02/2026"])
    [row] = after(ISSUED, corrected, replaced, twice=twice)
    assert (row["state"], row["replaced_by"], row["state_because"]) == (
        "replaced",
        "02/KH-BCĐ 06/02/2026",
        "Sai số liệu",
    )
    [row] = after(ISSUED, corrected, recalled, twice=twice)
    assert (row["state"], row["corrected_by"]) == ("recalled", ["03/BCĐ-TGV 06/02/2026"])
    assert row["subject"] == ISSUED.subject


def test_dispatches(twice: bool) -> None:
    first = DocumentDispatched.model_validate(
        {**OLD, "sent_on": date(2026, 2, 9), "to": ("Sở A", "Sở B"), "late": True}
    )
    second = DocumentDispatched.model_validate({**OLD, "sent_on": date(2026, 2, 6), "receipt": "VT Sở C"})
    [row] = after(ISSUED, first, second, twice=twice)
    assert row["sent_on"] == "2026-02-06"
    assert row["receipts"] == ["2026-02-06 · VT Sở C", "2026-02-09 · Sở A; Sở B"]
    assert row["sent_late"] is True


def test_a_void_number_has_its_row(twice: bool) -> None:
    void = NumberVoided(series="BCĐ", year=2026, number=2, reason="Bản giấy hỏng")
    handed = SeriesHandedOver(series="BCĐ", year=2026, from_agency=AgencyId("a"), to_agency=AgencyId("b"))
    found = after(ISSUED, void, handed, twice=twice)
    assert [(row["ordinal"], row["number"], row["state"], row["state_because"]) for row in found] == [
        (2, "02/BCĐ", "voided", "Bản giấy hỏng"),
        (1, "01/KH-BCĐ", "issued", None),
    ]


def test_an_incoming_document_with_a_second_copy_given_on(twice: bool) -> None:
    noticed = DuplicateNoticed(
        year=2026,
        document_id="den-9",
        duplicate_of="den-1",
        arrival_number=1,
        same="number_and_issuer",
        document=INVITED,
        received_on=date(2026, 2, 6),
    )
    given = IncomingForwarded(
        year=2026,
        document_id="den-1",
        to="Tổ giúp việc",
        forwarded_on=date(2026, 2, 6),
        with_units=("Sở A",),
        instruction="Tham mưu trả lời",
        due=Deadline(wording="trong tháng 3/2026", latest=date(2026, 3, 31)),
        receipt="đã nhận",
        late=True,
    )
    registered = ARRIVED.model_copy(update={"type_code": TypeCode.OFFICIAL_LETTER})
    row = arrived(registered, noticed, given, twice=twice)
    wanted = {
        "document_id": "den-1",
        "arrival_number": 1,
        "received_on": "2026-02-05",
        "issuer": "UBND xã Mẫu",
        "number": "12/UBND-VX",
        "date": "2026-02-02",
        "kind": "CV",
        "subject": "Về khó khăn khi dùng chữ ký số",
        "forwarded_to": "Tổ giúp việc",
        "with_units": ["Sở A"],
        "forwarded_on": "2026-02-06",
        "receipt": "đã nhận",
        "instruction": "Tham mưu trả lời",
        "due": "trong tháng 3/2026",
        "due_latest": "2026-03-31",
        "late": True,
        "duplicates": ["2026-02-06 · den-9 · 12/UBND-VX 02/02/2026"],
    }
    assert {name: row[name] for name in wanted} == wanted
