"""Names as documents write them: posts, roles, abbreviations, groups, succession."""

import pytest

from services.cli.importer import names, posts
from services.members.events import Role


@pytest.mark.parametrize(
    ("position", "post", "role"),
    [
        ("Chủ tịch UBND tỉnh – Trưởng ban", "Chủ tịch UBND tỉnh", Role.CHAIR),
        (
            "Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực thông tin và truyền thông"
            " – Phó Trưởng ban Thường trực",
            "Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực thông tin và truyền thông",
            Role.STANDING_DEPUTY,
        ),
        ("Giám đốc Sở A - Phó Trưởng ban", "Giám đốc Sở A", Role.DEPUTY),
        ("Lãnh đạo Viettel Lạng Sơn – Ủy viên", "Lãnh đạo Viettel Lạng Sơn", Role.MEMBER),
        (
            "Lãnh đạo Sở Lao động - Thương binh và Xã hội – Ủy viên",
            "Lãnh đạo Sở Lao động - Thương binh và Xã hội",
            Role.MEMBER,
        ),
        ("Giám đốc Ngân hàng – Thành viên (thêm mới)", "Giám đốc Ngân hàng", Role.MEMBER),
        ("Giám đốc Sở Tài chính (mới)", "Giám đốc Sở Tài chính", None),
        ("Thành viên Ban Chỉ đạo", "Thành viên Ban Chỉ đạo", None),
    ],
)
def test_a_position_is_a_post_in_a_role(position: str, post: str, role: Role | None) -> None:
    found = posts.post_of(position)
    assert (found.post, found.role) == (post, role)


@pytest.mark.parametrize(
    ("post", "agency"),
    [
        ("Giám đốc Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"),
        ("Thủ trưởng Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Phó Giám đốc phụ trách Sở A", "Sở A"),
        ("Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực x", "UBND tỉnh"),
        ("Chủ tịch UBND tỉnh Lạng Sơn", "UBND tỉnh"),
        ("Lãnh đạo Viettel Lạng Sơn", "Viettel Lạng Sơn"),
        ("chuyên gia độc lập", None),
    ],
)
def test_a_post_belongs_to_an_agency(post: str, agency: str | None) -> None:
    assert posts.agency_of_post(post) == agency


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("GTVT", "Sở Giao thông vận tải"),
        ("TN&MT", "Sở Tài nguyên và Môi trường"),
        ("NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("TT&TT", "Sở Thông tin và Truyền thông"),
        ("LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Tài chính", "Sở Tài chính"),
    ],
)
def test_short_forms_are_understood(short: str, name: str) -> None:
    assert names.matches(short, name)
    assert not names.matches(short, "Sở Y tế")


def test_succession_is_read_from_brackets() -> None:
    assert names.predecessors_in("Sở Tài chính (từ KH&ĐT + Tài chính)") == ["KH&ĐT", "Tài chính"]
    assert names.predecessors_in("Sở Dân tộc và Tôn giáo (từ Ban Dân tộc, thêm chức năng)") == ["Ban Dân tộc"]
    assert names.predecessors_in("Sở Y tế") == []
    assert names.has_ended("UBND 11 huyện, thành phố (chấm dứt)")


@pytest.mark.parametrize(
    "written", ["UBND các huyện, thành phố", "UBND 11 huyện, thành phố (chấm dứt)", "các huyện, thành phố"]
)
def test_a_group_has_one_name_however_it_is_counted(written: str) -> None:
    assert names.agency_name(written) == names.DISTRICTS


def test_an_assignee_may_be_two_groups() -> None:
    assert names.agencies_in("các sở, ban, ngành, UBND huyện, thành phố") == [
        names.DEPARTMENTS,
        names.DISTRICTS,
    ]
    assert names.agencies_in("Sở Thông tin và Truyền thông") == ["Sở Thông tin và Truyền thông"]
    assert names.count_in("65 xã, phường") == 65


def test_a_role_is_read_from_the_words_of_a_source() -> None:
    assert posts.role_in("Phó Trưởng ban Thường trực (thay Trưởng ban)") is Role.STANDING_DEPUTY
    assert posts.role_in("Trưởng Ban Chỉ đạo") is Role.CHAIR
    assert posts.role_in("Phó Chủ tịch UBND tỉnh") is None
