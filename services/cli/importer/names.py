"""Names as documents write them: agencies with their abbreviations and groups, posts with their roles."""

import re
from dataclasses import dataclass

from services.members.events import Role

_TITLES = (
    r"(?:Quyền |Phó )?(?:Tổng Giám đốc|Giám đốc|Thủ trưởng|Lãnh đạo|Chánh|Cục trưởng|Chi cục trưởng|"
    r"Chỉ huy trưởng|Hiệu trưởng|Viện trưởng|Chủ tịch|Bí thư|Trưởng)(?: phụ trách)?"
)
_POST = re.compile(
    rf"^{_TITLES} (?P<agency>(?:Sở|Ban|Văn phòng|UBND|Công an|Bộ Chỉ huy|Cục|Chi cục|[A-ZĐ]).*)$"
)
_ROLE = re.compile(
    r"^(?P<post>.+?)\s+[–—-]\s+(?P<role>Phó Trưởng [Bb]an [Tt]hường trực|Phó Trưởng [Bb]an|Trưởng [Bb]an|"
    r"Ủy viên|Thành viên|Tổ trưởng|Thành viên Tổ)(?P<rest>\b.*)$"
)
_GROUP_OF_DISTRICTS = re.compile(r"^(?:UBND )?(?:các |\d+ )?huyện, (?:thành phố|thị xã)", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_COUNT = re.compile(r"\b(\d+)\b")

DISTRICTS = "UBND các huyện, thành phố"
DEPARTMENTS = "Các sở, ban, ngành"


@dataclass(frozen=True)
class Post:
    """A place on a list as it is written: `Giám đốc Sở Tài chính – Thành viên`."""

    post: str
    role: Role | None
    remark: str = ""


def post_of(position: str) -> Post:
    """Split a position into post and role; the role is None where none is written."""
    found = _ROLE.match(position.strip())
    if found is None:
        return Post(without_remark(position), None)
    role = found["role"].lower()
    return Post(without_remark(found["post"]), _ROLES[role], found["rest"].strip())


_ROLES = {
    "trưởng ban": Role.CHAIR,
    "phó trưởng ban thường trực": Role.STANDING_DEPUTY,
    "phó trưởng ban": Role.DEPUTY,
    "ủy viên": Role.MEMBER,
    "thành viên": Role.MEMBER,
    "tổ trưởng": Role.TEAM_LEADER,
    "thành viên tổ": Role.TEAM_MEMBER,
}


def role_in(text: str) -> Role | None:
    """The role that a wording such as `Phó Trưởng ban Thường trực (thay Trưởng ban)` begins with."""
    lower = without_remark(text).lower()
    for wording in ("phó trưởng ban thường trực", "phó trưởng ban", "trưởng ban"):
        if wording in lower:
            return _ROLES[wording]
    return None


def without_remark(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return _REMARK.sub("", name).strip()


def agency_of_post(post: str) -> str | None:
    """The agency that a post belongs to: `Giám đốc Sở Tài chính` → `Sở Tài chính`."""
    plain = re.sub(r" phụ trách (?:lĩnh vực|khối|công tác|ngành)\b.*$", "", without_remark(post))
    if plain.startswith("Chánh Văn phòng"):
        return agency_name(plain.removeprefix("Chánh "))
    found = _POST.match(plain)
    return agency_name(found["agency"]) if found else None


def agency_name(written: str) -> str:
    """One name for one agency: groups of districts however counted, the province's own committee."""
    name = without_remark(written)
    if _GROUP_OF_DISTRICTS.match(name):
        return DISTRICTS
    if re.match(r"^các sở\b", name, re.IGNORECASE):
        return DEPARTMENTS
    if re.match(r"^UBND tỉnh\b", name):
        return "UBND tỉnh"
    return name


def agencies_in(written: str) -> list[str]:
    """The agencies that an assignee's wording names; a group is one agency."""
    groups = [
        name
        for pattern, name in ((r"\bcác sở\b", DEPARTMENTS), (r"\bUBND (?:các )?huyện, thành phố", DISTRICTS))
        if re.search(pattern, written, re.IGNORECASE)
    ]
    return groups or [agency_name(written)]


def is_group(name: str) -> bool:
    return name in (DISTRICTS, DEPARTMENTS) or bool(re.match(r"^(các|\d+) ", name, re.IGNORECASE))


def count_in(written: str) -> int | None:
    """How many a group's name says it has: `65 xã, phường` → 65."""
    found = _COUNT.search(written)
    return int(found[1]) if found else None


def predecessors_in(written: str) -> list[str]:
    """What stands behind `(từ …)`: `Sở Tài chính (từ KH&ĐT + Tài chính)` → `KH&ĐT`, `Tài chính`."""
    found = re.search(r"\(từ (?P<parts>[^()]+)\)", written)
    if found is None:
        return []
    return [part.split(",")[0].strip() for part in found["parts"].split("+")]


def has_ended(written: str) -> bool:
    return bool(re.search(r"\((?:chấm dứt|giải thể|ngừng hoạt động)\)", written, re.IGNORECASE))


def matches(short: str, name: str) -> bool:
    """Whether a short form stands for a name: itself, without `Sở`, or the initials (`TT&TT`, `LĐ-TB&XH`)."""
    field = re.sub(r"^(Sở|Ban|Chi cục|Cục|Văn phòng) ", "", name)
    return short in (name, field, initials(field))


def initials(name: str) -> str:
    """`Lao động - Thương binh và Xã hội` → `LĐ-TB&XH`; `Giao thông vận tải` → `GTVT`."""
    return "".join("&" if word == "và" else word if word == "-" else word[0].upper() for word in name.split())
