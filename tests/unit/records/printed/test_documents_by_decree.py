"""Invitation, plan and decision read back from the file (VT-3, 6, 8, 10, 12): all of it from events."""

import re
from datetime import date
from pathlib import Path

import pytest

from services.meetings.document.events import TypeCode
from services.meetings.events import MeetingCancelled, MeetingPostponed
from services.members.events import RegulationAmended
from services.records.printed.citing import citation
from services.records.printed.decision import decision
from services.records.printed.invitation import invitation
from services.records.printed.issuer import Issuer, issuer_of, series_of
from services.records.printed.plan import plan
from services.records.printed.progress_report import progress_report
from services.records.printed.when import day_words, hour_words
from shared.dates import Moment
from shared.errors import InvalidRequest
from shared.messages import DocumentRef
from tests.unit.records.printed.reading import W, of_part, opened, text_of
from tests.unit.records.printed.small import DECISION, issued, small
from tests.unit.records.printed.story import AllTold, convened, programme, progress


def test_vt_10_an_invitation_says_who_whom_when_where_and_what(all_told: AllTold) -> None:
    made = invitation(all_told(), "hop-1")
    document = opened(made.content)
    lines = text_of(document).splitlines()
    assert [one.text for one in of_part(document, "type")] == ["GIẤY MỜI"]
    for line in (
        "- Giám đốc Sở Tài chính",
        "Chủ trì: Trưởng Ban (Chủ tịch UBND tỉnh Mẫu)",
        "Thời gian: 08 giờ 00 phút, ngày 05 tháng 02 năm 2026",
        "Địa điểm: Phòng họp số 1, UBND tỉnh Mẫu",
        "Nội dung: Kho dữ liệu dùng chung",
    ):
        assert line in lines
    assert (made.number, made.gaps) == (None, ())
    assert [one.text for one in of_part(document, "number")] == ["Số: …/GM-BCĐ"]


def test_an_invitation_to_a_meeting_that_moved_tells_the_new_day(tmp_path: Path) -> None:
    told = small()
    convened(told)
    moved = MeetingPostponed(
        meeting_id="hop-1",
        held_before=Moment("2026-02-05T01:00:00Z"),
        held=Moment("2026-02-12T07:30:00Z"),
        reason="Bão",
    )
    told.did("meeting.hop-1", moved, at="2026-02-03")
    text = text_of(opened(invitation(told.told(tmp_path), "hop-1").content))
    assert "Thời gian: 14 giờ 30 phút, ngày 12 tháng 02 năm 2026" in text


def test_an_invitation_to_a_meeting_that_moved_to_another_place_tells_it(tmp_path: Path) -> None:
    told = small()
    at = Moment("2026-02-05T01:00:00Z")
    invites = DocumentRef(number="03/GM-BCĐ", date=date(2026, 1, 26))
    convened(told, place=False, called_to="Phòng họp số 1", document=invites)
    assert invitation(told.told(tmp_path, "before"), "hop-1").number == "03/GM-BCĐ"
    moved = MeetingPostponed(
        meeting_id="hop-1", held_before=at, held=at, reason="Mất điện", place="Phòng họp số 2"
    )
    told.did("meeting.hop-1", moved, at="2026-02-03")
    made = invitation(told.told(tmp_path, "after"), "hop-1")
    assert "Địa điểm: Phòng họp số 2" in text_of(opened(made.content)).splitlines()
    assert made.number is None


def test_nobody_is_invited_to_a_meeting_that_was_called_off(tmp_path: Path) -> None:
    told = small()
    convened(told)
    told.did("meeting.hop-1", MeetingCancelled(meeting_id="hop-1", reason="Bão"), at="2026-02-03")
    with pytest.raises(InvalidRequest, match="đã hủy"):
        invitation(told.told(tmp_path), "hop-1")


def test_a_plan_has_its_items_in_an_appendix_with_headings_on_every_page(all_told: AllTold) -> None:
    made = plan(all_told(), "kt-2026")
    document = opened(made.content)
    assert (made.number, made.draft) == ("04/KH-BCĐ", False)
    assert [one.text for one in of_part(document, "type")] == ["KẾ HOẠCH", "PHỤ LỤC"]
    assert of_part(document, "subject")[0].text == "Kiểm tra năm 2026"
    assert of_part(document, "note")[0].text == "(Kèm theo Kế hoạch số 04/KH-BCĐ ngày 16 tháng 01 năm 2026)"
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells][:3] == ["STT", "Nội dung", "Cơ quan chủ trì"]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert [cell.text for cell in table.rows[2].cells] == [
        "2",
        "Kiểm tra cấp xã",
        "các sở",
        "",
        "quý II/2026",
        "",
    ]
    assert sum(one.width for one in table.columns) == pytest.approx(247 * 36000, rel=0.01)


def test_a_plan_that_was_not_issued_is_a_draft(tmp_path: Path) -> None:
    told = small()
    programme(told, out=False)
    made = plan(told.told(tmp_path), "kt-2026")
    assert (made.number, made.draft) == (None, True)
    assert [gap.split(":")[0] for gap in made.gaps] == ["Người ký"]


def test_vt_12_a_decision_has_authority_grounds_articles_and_its_end(all_told: AllTold) -> None:
    document = opened(decision(all_told(), "01/QĐ-BCĐ").content)
    assert [one.text for one in of_part(document, "authority")] == [
        "TRƯỞNG BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH MẪU",
        "QUYẾT ĐỊNH:",
    ]
    (ground,) = of_part(document, "ground")
    assert ground.text.startswith("Căn cứ Quyết định số 101/QĐ-UBND ngày 01 tháng 12 năm 2025")
    articles = [one.text for one in of_part(document, "text")]
    assert [one.split(".")[0] for one in articles] == ["Điều 1", "Điều 2", "Điều 3"]
    assert articles[0] == "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc."
    assert articles[-1].endswith("Quyết định này./.")


def test_a_decision_on_which_no_event_rests_is_a_draft_with_a_gap(tmp_path: Path) -> None:
    told = small()
    told.did("series.bcd-2026", issued(2, TypeCode.DECISION, "Việc khác", date(2026, 1, 6)), at="2026-01-06")
    made = decision(told.told(tmp_path), "qđ-2")
    assert (made.number, made.draft) == ("02/QĐ-BCĐ", True)
    assert [gap.split(":")[0] for gap in made.gaps] == ["Nội dung quyết định"]
    assert "Điều 1. …." in text_of(opened(made.content))


def test_a_decision_says_from_which_later_day_it_is_in_force_and_who_carries_it_out(tmp_path: Path) -> None:
    told = small()
    entry = issued(2, TypeCode.DECISION, "Sửa đổi Quy chế", date(2026, 1, 6))
    told.did("series.bcd-2026", entry.model_copy(update={"recipients": ()}), at="2026-01-06")
    number = DocumentRef(number="02/QĐ-BCĐ", date=date(2026, 1, 6))
    amended = RegulationAmended(regulation=DECISION, amendment=number, summary="Rút thời hạn")
    told.did("committee.charter", amended, at="2026-02-01", document=number)
    document = opened(decision(told.told(tmp_path), "qđ-2").content)
    assert "có hiệu lực thi hành kể từ ngày 01 tháng 02 năm 2026" in text_of(document)
    assert of_part(document, "recipient")[0].text == "- Như Điều 3;"


@pytest.mark.parametrize("document", ["02/QĐ-BCĐ", "kh-4", "khong-co"])
def test_only_a_decision_of_the_register_is_printed_as_one(all_told: AllTold, document: str) -> None:
    with pytest.raises(InvalidRequest, match="không có quyết định"):
        decision(all_told(), document)


def test_vt_6_every_number_and_day_on_the_page_is_padded_as_the_decree_says(all_told: AllTold) -> None:
    for text in (
        text_of(opened(decision(all_told(), "01/QĐ-BCĐ").content)),
        text_of(opened(plan(all_told(), "kt-2026").content)),
    ):
        for number in re.findall(r"[Ss]ố:? (\d\S*)", text):
            assert re.fullmatch(r"\d{2,}/[A-ZĐ][A-Za-zĐ]*(-[A-ZĐ0-9.]+)*", number)
        for day, month in re.findall(r"ngày (\S+) tháng (\S+) năm", text):
            assert len(day) == 2
            assert len(month) == 2 if int(month) in (1, 2, 10, 11, 12) else len(month) == 1


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
        ("2026-03-05", "ngày 05 tháng 3 năm 2026"),
        ("2026-12-25", "ngày 25 tháng 12 năm 2026"),
        ("2026-02", "tháng 02 năm 2026"),
        ("2026", "năm 2026"),
        ("2026-02-04T18:00:00Z", "ngày 05 tháng 02 năm 2026"),
    ],
)
def test_vt_6_days_as_exact_as_they_are_known(moment: str, words: str) -> None:
    assert day_words(moment) == words


def test_hours_are_those_of_viet_nam_and_never_made_up() -> None:
    assert hour_words("2026-02-05T01:05:00Z") == "08 giờ 05 phút"
    assert hour_words("2026-02-05") is None
    assert hour_words(None) is None


def test_vt_8_a_document_is_cited_by_type_number_and_day() -> None:
    assert citation("64/QĐ-BCĐ 20/04/2022") == "Quyết định số 64/QĐ-BCĐ ngày 20 tháng 4 năm 2022"
    assert citation({"number": "55/STC-TH", "date": None}) == "Văn bản số 55/STC-TH"


def test_the_body_above_and_the_place_are_read_from_the_name() -> None:
    name = "Ban Chỉ đạo về chuyển đổi số tỉnh Lạng Sơn (giả định)"
    assert issuer_of(name, "BCĐ") == Issuer(name, "Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn")
    assert issuer_of(name, "TGV") == Issuer("Tổ giúp việc", name, "Lạng Sơn")
    assert issuer_of(name, "STC", "Sở Tài chính").body == "Sở Tài chính"
    assert issuer_of("Ban Chỉ đạo", "BCĐ") == Issuer("Ban Chỉ đạo", None, None)
    assert [series_of(one) for one in ("05/QĐ-BCĐ", "05/BCĐ-TGV", "05/BCĐ", "7")] == ["BCĐ", "BCĐ", "BCĐ", ""]


def test_vt_11_a_report_counts_tasks_by_state_and_lists_them_in_an_appendix(tmp_path: Path) -> None:
    told = small()
    programme(told)
    progress(told)
    made = progress_report(told.told(tmp_path), "kt-2026")
    document = opened(made.content)
    lines = text_of(document).splitlines()
    assert (made.number, made.draft) == (None, True)
    assert [one.text for one in of_part(document, "number")] == ["Số: …/BC-TGV"]
    assert [one.text for one in of_part(document, "to")] == [
        "Kính gửi: Trưởng Ban Chỉ đạo chuyển đổi số tỉnh Mẫu"
    ]
    assert [one.text for one in of_part(document, "post")] == ["TỔ TRƯỞNG TỔ GIÚP VIỆC"]
    assert "- Chưa hoàn thành: 1 nhiệm vụ." in lines
    assert "- Sáu tháng (ngày 15 tháng 6 năm 2026) (ước tính): Đã hoàn thành: 1." in lines
    assert [cell.text for cell in document.tables[-1].rows[1].cells][1] == "Kiểm tra việc dùng kho dữ liệu"


def test_a_programme_without_tasks_and_figures_has_no_report(tmp_path: Path) -> None:
    told = small()
    programme(told)
    with pytest.raises(InvalidRequest, match="chưa có nhiệm vụ hay số liệu"):
        progress_report(told.told(tmp_path), "kt-2026")
