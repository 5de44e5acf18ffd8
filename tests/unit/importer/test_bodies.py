"""Which board a title speaks of: ours under any name, one at another level, one for something else."""

import pytest

from services.cli.importer import bodies
from services.cli.importer.entry import Entry


def entry(title: str, scope: str | None = None, kind: str = "meeting", *agencies: str) -> Entry:
    details = {"scope": scope} if scope else {}
    values = {
        "date": "2022",
        "kind": kind,
        "title": title,
        "source": "s",
        "details": details,
        "agencies": agencies,
    }
    return Entry.model_validate(values)


@pytest.mark.parametrize(
    "title",
    [
        "Họp Ban Chỉ đạo quý III/2022 theo hình thức trực tuyến",
        "Phiên họp thường kỳ của Ban chỉ đạo Chuyển đổi số thành phố Mẫu",
        "Họp Ban Chỉ đạo mở rộng tới cấp xã",
        "Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và Đề án 06 tỉnh họp",
        "Họp chung Ban Chỉ đạo cải cách hành chính và Ban Chỉ đạo chuyển đổi số tỉnh",
        "Họp BCĐ 57 tỉnh",
        "Bốn vị trí thành viên Ban Chỉ đạo nhập còn hai",
    ],
)
def test_this_committee_under_its_many_names(title: str) -> None:
    assert bodies.other_body(entry(title)) is None


@pytest.mark.parametrize(
    "title",
    [
        "Họp Ban Chỉ đạo cải cách hành chính tỉnh",
        "Họp Ban Chỉ đạo 389 tỉnh",
        "Tỉnh dự phiên họp của Ban Chỉ đạo Trung ương tại điểm cầu tỉnh",
        "Họp Ban Chỉ đạo chuyển đổi số huyện Mẫu Hạ",
        "Thành lập Ban Chỉ đạo cấp xã",
        "Họp Ban Chỉ đạo phòng, chống thiên tai",
    ],
)
def test_another_board_is_told_with_a_way_to_mend(title: str) -> None:
    because = bodies.other_body(entry(title))
    assert because is not None
    assert "scope: ban này" in because
    assert bodies.other_body(entry(title, "ban này")) is None


def test_the_scope_of_the_chronicle_goes_first() -> None:
    assert bodies.other_body(entry("Họp Ban Chỉ đạo", "cấp sở")) == "thuộc phạm vi khác: cấp sở"
    assert bodies.other_body(entry("Họp Ban Chỉ đạo cấp xã", "ban tiền thân")) is None


def test_the_agencies_speak_where_the_title_does_not() -> None:
    assert bodies.other_body(entry("Họp", None, "meeting", "Ban Chỉ đạo 389 tỉnh")) is not None
    both = ("Ban Chỉ đạo chuyển đổi số tỉnh", "Ban Chỉ đạo chuyển đổi số các huyện")
    assert bodies.other_body(entry("Họp", None, "meeting", *both)) is None
