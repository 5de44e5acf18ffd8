"""The activity report as a document: every figure leads to its events, and it says what it rests on."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn

from services.meetings.events import MeetingConvened, MeetingKind
from services.records.activity_draft import draft
from services.records.printed.activity_report import basis, printed
from shared.dates import Moment
from shared.messages import PersonId
from tests.unit.records.facts import envelope, established
from tests.unit.records.printed.reading import of_part, text_of

ISSUED = {
    "report": "bc",
    "title": "Báo cáo quý III",
    "issued": "2026-10-02",
    "corrected": "2026-10-05",
    "event": "activity-langson.bc@1",
    "values": {"meetings_periodic": 3, "present": 0},
    "differs": ["meetings_periodic", "present"],
}


def answer(meetings: int = 2, **changed: Any) -> dict[str, Any]:
    """As `records.activity` answers."""
    told = [envelope(established("Ban Chỉ đạo tỉnh"), 1, at="2026-01-02")]
    for n in range(meetings):
        convened = MeetingConvened(
            meeting_id=f"hop-{n}",
            kind=MeetingKind.PERIODIC,
            title="Họp",
            held=Moment("2026-07-10"),
            presiding=PersonId("a"),
        )
        told.append(envelope(convened, n + 2, at="2026-07-01"))
    known = {"committee": "langson", "position": 900, "epoch": "ky-nguyen", "quarantine": []}
    question = {"period": "2026-Q3", "window": False, "at_position": None, "recorded_by": None}
    return {**known, **question, **draft(told, "2026-Q3", date(2026, 12, 1)), **changed}


@pytest.fixture(scope="module")
def document() -> Docx:
    return Document(io.BytesIO(printed(answer(issued=[ISSUED]))))


def rows(document: Docx) -> list[list[str]]:
    """Of all tables, with the words inside links."""
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in document.element.body.iter(qn("w:tr"))
    ]


def test_every_figure_with_events_leads_to_their_list(document: Docx) -> None:
    body = document.element.body
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    places = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert links == places == ["figure_meetings_periodic"]
    assert len(set(ids)) == len(ids)
    linked = ["".join(t.text for t in one.iter(qn("w:t"))) for one in body.iter(qn("w:hyperlink"))]
    assert linked == ["2"]


def test_the_list_has_each_event_by_reference_type_and_day(document: Docx) -> None:
    told = rows(document)
    assert ["Triệu tập cuộc họp", "01/07/2026", "roster-langson.all@1"] in told
    assert ["Triệu tập cuộc họp", "01/07/2026", "roster-langson.all@2"] in told


def test_a_figure_stands_beside_that_of_the_period_before(document: Docx) -> None:
    told = rows(document)
    assert ["Chỉ tiêu", "Số liệu", "Đơn vị", "quý II/2026", "Số sự kiện"] in told
    assert ["Cuộc họp định kỳ", "2", "", "0", "2"] in told
    assert ["Kinh phí đã chi trong kỳ", "0", "đồng", "0", "0"] in told


def test_what_was_issued_and_where_it_differs(document: Docx) -> None:
    told, said = rows(document), [one.text for one in document.paragraphs]
    assert ["Cuộc họp định kỳ", "3", "2", "số liệu khác"] in told
    assert ["Lượt người dự họp", "0", "0", "cùng số, khác sự kiện"] in told
    assert "2 trên 2 số liệu đã báo cáo khác với dự thảo này." in said
    assert "Đính chính gần nhất ngày 05/10/2026." in said
    same = Document(io.BytesIO(printed(answer(issued=[{**ISSUED, "differs": [], "corrected": None}]))))
    assert "2 số liệu đã báo cáo khớp với dự thảo này." in [one.text for one in same.paragraphs]


def test_it_says_what_it_rests_on(document: Docx) -> None:
    told = basis(answer())
    assert told["Kỳ số liệu"] == "từ 01/07/2026 đến hết 30/09/2026"
    assert told["Vị trí sự kiện cuối"] == "900"
    assert told["Kỷ nguyên kho sự kiện"] == "ky-nguyen"
    assert told["Quy chế áp dụng"] == "chưa có quy chế"
    assert told["Phiên bản lịch làm việc"].startswith("vn-")
    assert told["Phiên bản phần mềm"].startswith("bcd ")
    assert all(list(line) in rows(document) for line in told.items())


def test_it_is_a_draft_of_the_support_team_with_every_mandatory_part(document: Docx) -> None:
    told = text_of(document)
    for part in ("Số: …/BC-TGV", "TỔ GIÚP VIỆC", "ngày … tháng … năm …", "DỰ THẢO", "TỔ TRƯỞNG TỔ GIÚP VIỆC"):
        assert part in told
    assert [one.text for one in of_part(document, "to")] == ["Kính gửi: Trưởng Ban Chỉ đạo tỉnh"]
    assert [one.text for one in of_part(document, "recipient")] == ["- Như trên;", "- Lưu: VT, TGV."]


def test_a_question_about_the_past_names_its_position() -> None:
    assert basis(answer(at_position=500))["Vị trí sự kiện cuối"] == "500"
    asked = answer(recorded_by="2026-10-01T00:00:00+00:00")
    assert "01/10/2026 07:00:00" in basis(asked)["Vị trí sự kiện cuối"]
    assert "x-1" in str(basis(answer(quarantine=["x-1"])))


def test_the_same_answer_is_the_same_bytes() -> None:
    assert printed(answer(1)) == printed(answer(1))
