"""Minutes and notices read back from the file (VT-5, 9, 11, 14, HP-3): all of it from events."""

from datetime import date
from pathlib import Path

import pytest

from services.meetings.events import MinutesApproved
from services.records.printed.minutes import minutes
from services.records.printed.notice import notice
from services.records.printed.parts import Printed
from shared.errors import InvalidRequest
from shared.messages import DocumentRef
from tests.unit.records.printed.reading import of_part, opened, text_of
from tests.unit.records.printed.small import FINANCE, small
from tests.unit.records.printed.story import AllTold, concluded, convened, held, whole


@pytest.fixture(scope="module")
def made(all_told: AllTold) -> Printed:
    return minutes(all_told(), "hop-1")


@pytest.fixture(scope="module")
def told(made: Printed) -> str:
    return text_of(opened(made.content))


def test_vt_9_minutes_have_no_line_of_place_and_day(made: Printed) -> None:
    document = opened(made.content)
    assert of_part(document, "state")
    assert of_part(document, "place") == []


def test_vt_9_with_everything_they_are_no_draft(made: Printed) -> None:
    assert (made.number, made.draft, made.gaps) == ("05/BB-BCĐ", False, ())
    document = opened(made.content)
    assert [one.text for one in of_part(document, "number")] == ["Số: 05/BB-BCĐ"]
    assert of_part(document, "draft") == []


@pytest.mark.parametrize(
    "line",
    [
        "Thời gian bắt đầu: 08 giờ 05 phút, ngày 05 tháng 02 năm 2026",
        "Địa điểm: Phòng họp số 1, UBND tỉnh Mẫu",
        "Chủ trì: Trưởng Ban (Chủ tịch UBND tỉnh Mẫu)",
        "Thư ký: Tổ trưởng Tổ giúp việc",
        "- Phó Trưởng Ban Thường trực",
        "- Giám đốc Sở Tài chính (vắng có phép, có người dự thay)",
        "1. Kho dữ liệu dùng chung",
        "- Mục tiêu: Xong trong năm",
        "Trưởng Ban kết luận.",
        "1. Bố trí kinh phí. Chủ trì: Sở Tài chính; thời hạn: 30/6/2026.",
        "Cuộc họp kết thúc vào 11 giờ 30 phút, ngày 05 tháng 02 năm 2026./.",
    ],
)
def test_vt_9_the_course_of_the_meeting(told: str, line: str) -> None:
    assert line in told.splitlines()


def test_vt_9_a_substitute_is_named_with_the_written_opinion(told: str) -> None:
    assert "dự thay Giám đốc Sở Tài chính, mang ý kiến bằng văn bản tại Văn bản số 55/STC-TH" in told


def test_vt_9_the_secretary_signs_on_the_left_the_chair_on_the_right(made: Printed) -> None:
    document = opened(made.content)
    sides = document.tables[1].rows[0].cells
    assert [one.text.splitlines()[0] for one in sides] == ["THƯ KÝ", "CHỦ TỌA"]
    assert [one.text for one in of_part(document, "recipient")] == ["- Lưu: VT, Hồ sơ."]


def test_vt_9_what_no_event_tells_is_a_gap_and_makes_a_draft(tmp_path: Path) -> None:
    told = small()
    convened(told, hour=False, place=False)
    held(told, hour=False)
    concluded(told)
    made = minutes(told.told(tmp_path), "hop-1")
    assert made.draft
    assert [gap.split(":")[0] for gap in made.gaps] == ["Giờ bắt đầu", "Địa điểm họp", "Giờ kết thúc"]
    document = opened(made.content)
    assert [one.text for one in of_part(document, "draft")] == ["DỰ THẢO"]
    assert "Địa điểm: …" in text_of(document).splitlines()
    assert "Thời gian bắt đầu: … giờ … phút, ngày 05 tháng 02 năm 2026" in text_of(document).splitlines()


def test_vt_9_the_place_and_the_secretary_are_those_of_the_convening(tmp_path: Path) -> None:
    told = small()
    convened(told, place=False, called_to="Trụ sở UBND tỉnh Mẫu", secretary=FINANCE)
    held(told)
    concluded(told)
    made = minutes(told.told(tmp_path), "hop-1")
    lines = text_of(opened(made.content)).splitlines()
    assert made.gaps == ()
    assert "Địa điểm: Trụ sở UBND tỉnh Mẫu" in lines
    assert "Thư ký: Giám đốc Sở Tài chính" in lines


def test_a_meeting_without_minutes_yet_has_a_draft_without_a_number(tmp_path: Path) -> None:
    told = small()
    convened(told)
    held(told)
    made = minutes(told.told(tmp_path), "hop-1")
    assert made.number is None
    assert [gap.split(":")[0] for gap in made.gaps] == ["Kết luận của chủ tọa"]
    assert [one.text for one in of_part(opened(made.content), "number")] == ["Số: …/BB-BCĐ"]


def test_a_meeting_that_nobody_attended_has_no_minutes(tmp_path: Path) -> None:
    told = small()
    convened(told)
    with pytest.raises(InvalidRequest, match="chưa ghi ai có mặt"):
        minutes(told.told(tmp_path), "hop-1")


def test_vt_5_a_notice_has_every_mandatory_part_in_order(all_told: AllTold) -> None:
    made = notice(all_told(), "hop-1")
    document = opened(made.content)
    parts = ["body", "number", "state", "motto", "place", "type", "subject", "text", "recipient", "post"]
    places = [text_of(document).index(of_part(document, part)[0].text) for part in parts]
    assert places == sorted(places)
    assert not made.draft
    assert [one.text for one in of_part(document, "place")] == ["Mẫu, ngày 05 tháng 3 năm 2026"]


def test_vt_11_a_notice_names_its_meeting_and_the_minutes(all_told: AllTold) -> None:
    text = text_of(opened(notice(all_told(), "hop-1").content))
    assert "hồ sơ cuộc họp; Biên bản số 05/BB-BCĐ ngày 06 tháng 02 năm 2026" in text
    assert "hop-1" not in text


def test_a_notice_does_not_rest_on_minutes_of_a_later_day(tmp_path: Path) -> None:
    told = small()
    convened(told)
    held(told)
    concluded(told)
    later = DocumentRef(number="05/BB-BCĐ", date=date(2026, 3, 6))
    told.did("meeting.hop-1", MinutesApproved(meeting_id="hop-1", minutes=later), at="2026-03-06")
    assert "Trên cơ sở hồ sơ cuộc họp, " in text_of(opened(notice(told.told(tmp_path), "hop-1").content))


def test_vt_14_authority_number_and_recipients_are_those_of_the_register(all_told: AllTold) -> None:
    document = opened(notice(all_told(), "hop-1").content)
    assert [one.text for one in of_part(document, "signed_for")] == ["KT. TRƯỞNG BAN"]
    assert [one.text for one in of_part(document, "post")] == ["PHÓ TRƯỞNG BAN THƯỜNG TRỰC"]
    assert [one.text for one in of_part(document, "home")] == ["PHÓ CHỦ TỊCH UBND TỈNH MẪU"]
    assert [one.text for one in of_part(document, "recipient")] == [
        "- Như trên;",
        "- Sở Tài chính;",
        "- Lưu: VT, TGV.",
    ]


def test_nothing_concluded_nothing_to_make_known(tmp_path: Path) -> None:
    told = small()
    convened(told)
    with pytest.raises(InvalidRequest, match="không có kết luận"):
        notice(told.told(tmp_path), "hop-1")


def test_a_moment_before_the_minutes_shows_a_draft(all_told: AllTold) -> None:
    made = minutes(all_told(as_of="2026-02-05"), "hop-1")
    assert (made.number, made.draft) == (None, True)


def test_the_same_events_give_the_same_bytes_from_a_rebuilt_read_model(tmp_path: Path, made: Printed) -> None:
    assert minutes(whole().told(tmp_path), "hop-1") == made


def test_a_copy_to_sign_bears_no_mark_of_a_printout(all_told: AllTold, made: Printed) -> None:
    def feet(printed: Printed) -> str:
        section = opened(printed.content).sections[0]
        return "".join(one.text for one in section.footer.paragraphs)

    assert f"vị trí {made.position}" in feet(made)
    assert feet(minutes(all_told(), "hop-1", to_sign=True)) == ""
