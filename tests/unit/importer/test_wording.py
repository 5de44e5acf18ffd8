"""Words out of whatever YAML made of them, and successions out of words."""

import pytest

from services.cli.importer import names, wording
from services.cli.importer.successions import Succession, successions_in


def test_words_are_never_as_python_writes_them() -> None:
    assert wording.words({"từ": "2024-04", "đến": None}) == "từ: 2024-04; đến: "
    assert wording.words(["a", None, True]) == "a; có"
    assert wording.texts([None, "", "b", 5]) == ("b", "5")


def test_figures_are_flat_and_keep_what_they_are() -> None:
    given = {"a": {"b": 1, "c": {"d": "trên 5"}}, "e": [1, None], "f": None, "g": True}
    assert wording.figures(given) == {"a.b": 1, "a.c.d": "trên 5", "e.1": 1, "g": "có"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("01/3/2025", "2025-03-01"),
        ("từ ngày 1/3/2025", "2025-03-01"),
        ("tháng 3/2025", "2025-03"),
        ("2025", "2025"),
        ("31/2/2025", None),
        ("sau khi ký", None),
    ],
)
def test_days_are_read_as_documents_write_them(text: str, moment: str | None) -> None:
    assert wording.moment_of(text) == moment


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (
            "Hợp nhất Sở A và Sở B thành Sở C từ 1/3/2025; sáp nhập Ban D vào Sở E",
            [Succession(("Sở A", "Sở B"), "Sở C"), Succession(("Ban D",), "Sở E", into_standing=True)],
        ),
        (
            "Thành lập Sở C trên cơ sở hợp nhất Sở A, Sở B",
            [Succession(("Sở A", "Sở B"), "Sở C")],
        ),
        ("Đổi tên Sở A thành Sở B", [Succession(("Sở A",), "Sở B", renamed=True)]),
        ("Hợp nhất ba ban chỉ đạo thành một", []),
        ("Hợp nhất Ban Chỉ đạo A và Ban Chỉ đạo B thành Ban Chỉ đạo C", []),
        ("Sáp nhập một số đơn vị vào Sở A", []),
        ("Tỉnh không sáp nhập", []),
    ],
)
def test_successions_are_read_only_between_agencies(title: str, found: list[Succession]) -> None:
    assert successions_in(title) == found


@pytest.mark.parametrize(
    ("wording_", "agencies"),
    [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Sở Y tế và Công an tỉnh",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Công an tỉnh"],
        ),
        ("UBND các huyện, thị xã, thành phố", [names.DISTRICTS]),
        ("UBND 21 huyện", ["UBND 21 huyện"]),
        ("UBND các huyện Mẫu Thượng, Mẫu Hạ", ["UBND các huyện Mẫu Thượng, Mẫu Hạ"]),
        ("các Sở: Y tế, Giáo dục và Đào tạo", []),
        ("chưa rõ", []),
        ("doanh nghiệp bưu chính", []),
        ("168 xã, phường, đặc khu", ["168 xã, phường, đặc khu"]),
    ],
)
def test_who_leads_is_read_part_by_part(wording_: str, agencies: list[str]) -> None:
    assert names.agencies_in(wording_) == agencies


def test_counts_lead_a_name() -> None:
    assert names.count_in("UBND 21 huyện") == 21
    assert names.count_in("1.024 điểm cầu") == 1024
    assert names.count_in("Ban Chỉ đạo Đề án 06") is None
    assert names.count_in("điểm cầu phường 5") is None
    assert names.is_group("UBND 21 huyện")
    assert names.shown("UBND 12 huyện, thị xã, thành phố") == "UBND các huyện, thị xã, thành phố"


def test_the_office_is_not_the_committee_it_serves() -> None:
    assert not names.matches("UBND tỉnh", "Văn phòng UBND tỉnh")
    assert names.matches("Sở TT&TT", "Sở Thông tin và Truyền thông")
