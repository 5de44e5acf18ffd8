"""Places on a list in the habits of many provinces: role before or behind, with any sign between."""

import pytest

from services.cli.importer import posts
from services.members.events import Role


@pytest.mark.parametrize(
    ("position", "post", "role"),
    [
        ("Trưởng ban: Bí thư Tỉnh ủy", "Bí thư Tỉnh ủy", Role.CHAIR),
        ("Bí thư Tỉnh ủy, Trưởng Ban", "Bí thư Tỉnh ủy", Role.CHAIR),
        ("Bí thư Tỉnh ủy làm Trưởng Ban Chỉ đạo", "Bí thư Tỉnh ủy", Role.CHAIR),
        ("Chủ tịch UBND tỉnh: Phó Trưởng Ban Thường trực", "Chủ tịch UBND tỉnh", Role.STANDING_DEPUTY),
        (
            "Phó Trưởng ban Chỉ đạo Thường trực - Chủ tịch UBND tỉnh",
            "Chủ tịch UBND tỉnh",
            Role.STANDING_DEPUTY,
        ),
        ("Giám đốc Sở A — Phó Ban", "Giám đốc Sở A", Role.DEPUTY),
        ("Phó Bí thư, Chủ tịch UBND tỉnh, Phó Trưởng ban", "Phó Bí thư, Chủ tịch UBND tỉnh", Role.DEPUTY),
        ("Giám đốc Sở A; Ủy viên Thường trực", "Giám đốc Sở A", Role.MEMBER),
        ("Đồng chí Giám đốc Sở A – Ủy viên", "Giám đốc Sở A", Role.MEMBER),
        ("Phó Giám đốc Sở A – Tổ trưởng", "Phó Giám đốc Sở A", Role.TEAM_LEADER),
        ("Tổ phó: Chuyên viên Sở A", "Chuyên viên Sở A", Role.TEAM_MEMBER),
        ("Giám đốc Sở A – Thư ký", "Giám đốc Sở A", None),
        ("Trưởng Ban Tuyên giáo Tỉnh ủy – Ủy viên", "Trưởng Ban Tuyên giáo Tỉnh ủy", Role.MEMBER),
        ("Trưởng Ban Tuyên giáo Tỉnh ủy", "Trưởng Ban Tuyên giáo Tỉnh ủy", None),
        ("Giám đốc Sở Văn hóa, Thể thao và Du lịch", "Giám đốc Sở Văn hóa, Thể thao và Du lịch", None),
    ],
)
def test_post_and_role_are_told_apart(position: str, post: str, role: Role | None) -> None:
    found = posts.post_of(position)
    assert (found.post, found.role) == (post, role)


def test_a_wording_that_says_more_than_the_role_is_kept() -> None:
    assert posts.post_of("Giám đốc Sở A – Ủy viên Thường trực").called == "Ủy viên Thường trực"
    assert posts.post_of("Giám đốc Sở A – Thư ký").called == "Thư ký"
    assert posts.post_of("Giám đốc Sở A – Ủy viên").called == ""


def test_several_posts_in_one_line_are_several_places() -> None:
    line = "Các ủy viên: Giám đốc Sở Tài chính, Giám đốc Sở Văn hóa, Thể thao và Du lịch và Chánh Văn phòng"
    assert [post.post for post in posts.posts_of(line)] == [
        "Giám đốc Sở Tài chính",
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch",
        "Chánh Văn phòng",
    ]


@pytest.mark.parametrize(
    ("post", "agency"),
    [
        ("Phó Bí thư Thường trực Tỉnh ủy", "Tỉnh ủy"),
        ("Phó Chủ tịch Thường trực UBND tỉnh", "UBND tỉnh"),
        ("Phó Chủ tịch UBND thành phố phụ trách khoa giáo", "UBND thành phố"),
        ("Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "UBND tỉnh"),
        ("Chủ tịch UBND các huyện, thị xã, thành phố", "UBND các huyện, thị xã, thành phố"),
        ("Giám đốc các Sở: Y tế, Giáo dục và Đào tạo", None),
    ],
)
def test_the_agency_of_a_post(post: str, agency: str | None) -> None:
    assert posts.agency_of_post(post) == agency


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Trưởng Ban Tuyên giáo Tỉnh ủy", None),
        ("Trưởng ban Quản lý Khu kinh tế", None),
        ("Phó Trưởng ban Thường trực Ban Chỉ đạo", Role.STANDING_DEPUTY),
        ("Bí thư Tỉnh ủy, Trưởng Ban Chỉ đạo (chủ trì)", Role.CHAIR),
        ("Trưởng Ban Chỉ đạo chuyển đổi số tỉnh", Role.CHAIR),
    ],
)
def test_the_head_of_another_board_does_not_chair_this_one(text: str, role: Role | None) -> None:
    assert posts.role_in(text) is role


def test_head_and_deputy_are_never_one_person() -> None:
    assert posts.same_holder("Giám đốc Sở A", "Thủ trưởng Sở A")
    assert not posts.same_holder("Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh")
    assert posts.names_post("Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh")
    assert posts.is_acting("Quyền Giám đốc Sở A")
    assert posts.is_acting("Phó Giám đốc phụ trách Sở A")
    assert not posts.is_acting("Phó Chủ tịch UBND tỉnh phụ trách khối văn xã")
