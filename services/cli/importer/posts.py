"""Places on a list as documents write them: post and role in any order, with any sign between them."""

import re
from dataclasses import dataclass

from services.cli.importer.names import HEADS, shown, split_before, without_remark
from services.members.events import Role

_TITLES = (
    r"(?:Quyền |Phó )?(?:Tổng Giám đốc|Giám đốc|Thủ trưởng|Lãnh đạo|Chánh|Cục trưởng|Chi cục trưởng|"
    r"Chỉ huy trưởng|Hiệu trưởng|Viện trưởng|Chủ tịch|Chủ nhiệm|Bí thư|Trưởng)"
)
_POST = re.compile(
    rf"^{_TITLES}(?: phụ trách| [Tt]hường trực)? "
    r"(?P<agency>(?:Sở|Ban|Văn phòng|UBND|Công an|Bộ Chỉ huy|Cục|Chi cục|[A-ZĐ]).*)$"
)
_NEXT_POST = rf"{_TITLES}\b"

_OF = r"(?: [Cc]hỉ đạo)?"
_WORDINGS: tuple[tuple[str, Role | None], ...] = (
    (rf"Phó Trưởng [Bb]an{_OF} [Tt]hường trực|Phó [Bb]an{_OF} [Tt]hường trực", Role.STANDING_DEPUTY),
    (rf"[Tt]hường trực Phó Trưởng [Bb]an{_OF}", Role.STANDING_DEPUTY),
    (rf"(?:Các )?[Pp]hó Trưởng [Bb]an{_OF}|(?:Các )?[Pp]hó [Bb]an(?: [Cc]hỉ đạo)?", Role.DEPUTY),
    (rf"(?:Đồng )?[Tt]rưởng [Bb]an{_OF}", Role.CHAIR),
    (r"(?:Các )?[Ủủ]y viên(?: [Tt]hường trực| [Tt]hư ký|,? kiêm [Tt]hư ký)?", Role.MEMBER),
    (r"(?:Các )?[Tt]hành viên [Tt]ổ(?: giúp việc| thư ký)?|[Tt]ổ viên", Role.TEAM_MEMBER),
    (rf"(?:Các )?[Tt]hành viên(?: [Tt]hường trực)?(?: Ban{_OF})?", Role.MEMBER),
    (r"[Tt]ổ phó(?: [Tt]hường trực)?|[Pp]hó [Tt]ổ trưởng(?: [Tt]hường trực)?", Role.TEAM_MEMBER),
    (r"[Tt]ổ trưởng(?: [Tt]ổ giúp việc)?", Role.TEAM_LEADER),
    (r"[Tt]hư ký(?: Ban Chỉ đạo)?", None),
)
"""How a role is written. None: the regulation knows no such role, and none is put in its place."""
_HONORIFIC = re.compile(
    r"^(?:Mời )?(?:(?:các )?đồng chí|đ/c|ông|bà) (?=[A-ZĐ])|^Mời (?=[A-ZĐ])", re.IGNORECASE
)
_ANY_ROLE = "|".join(f"(?:{wording})" for wording, _ in _WORDINGS)
_BEHIND = re.compile(
    rf"^(?P<post>.+?)(?:\s+[–—-]+\s*|\s*[–—]\s*|\s*[:;,]\s*|\s+(?:làm|giữ chức)\s+)"
    rf"(?P<role>{_ANY_ROLE})(?![\w&])(?P<rest>.*)$"
)
_BEFORE = re.compile(rf"^(?P<role>{_ANY_ROLE})(?:\s+[–—-]+\s*|\s*[–—]\s*|\s*[:;]\s*)(?P<post>.+)$")
_PLAIN = re.compile(
    r"trưởng ban|phó(?: trưởng)? ban(?: thường trực)?|ủy viên|thành viên(?: ban| tổ)?|tổ trưởng|tổ viên"
)
_IN_TEXT = re.compile(
    r"(?<!\w)(?P<deputy>phó )?trưởng ban(?: chỉ đạo)?(?P<standing> thường trực)?"
    r"(?=\s*(?:$|[,;:.()–—-]|ban chỉ đạo|về|chuyển đổi|tỉnh|thành phố|chủ trì|đồng chủ trì|kết luận|"
    r"phát biểu))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Post:
    """A place on a list as it is written: `Giám đốc Sở Tài chính – Thành viên`. `called` is the wording of
    the role where it says more than the role does, or names one that is not known."""

    post: str
    role: Role | None
    remark: str = ""
    called: str = ""


def post_of(position: str) -> Post:
    """Split a position into post and role; the role is None where none is written, or none that is known."""
    written = position.strip()
    if found := _BEFORE.match(written):
        bare = without_remark(found["post"])
        return _made(bare, found["role"], found["post"][len(bare) :].strip())
    if found := _BEHIND.match(written):
        return _made(without_remark(found["post"]), found["role"], found["rest"].strip())
    return Post(_HONORIFIC.sub("", without_remark(written)), None)


def _made(post: str, called: str, remark: str) -> Post:
    post = _HONORIFIC.sub("", post)
    role = next(role for wording, role in _WORDINGS if re.fullmatch(wording, called))
    plain = _PLAIN.fullmatch(called.lower().removeprefix("các ").replace(" chỉ đạo", ""))
    return Post(post.rstrip(" ,;"), role, remark, "" if plain else called)


def posts_of(position: str) -> list[Post]:
    """A line that names several posts in one role (`Các ủy viên: …, …`) as that many places."""
    first = post_of(position)
    several = split_before(first.post, _NEXT_POST) if _BEFORE.match(position.strip()) else [first.post]
    return [Post(post, first.role, first.remark, first.called) for post in several]


def role_in(text: str) -> Role | None:
    """The role that a wording such as `Phó Trưởng ban Thường trực (thay Trưởng ban)` begins with."""
    found = _IN_TEXT.search(without_remark(text))
    if found is None:
        return None
    if not found["deputy"]:
        return Role.CHAIR
    return Role.STANDING_DEPUTY if found["standing"] else Role.DEPUTY


def agency_of_post(post: str) -> str | None:
    """The agency that a post belongs to: `Giám đốc Sở Tài chính` → `Sở Tài chính`."""
    plain = re.sub(rf",? phụ trách (?!{HEADS}).*$", "", without_remark(post))
    plain = re.split(r",? (?:đồng thời|kiêm) |, (?=Chủ tịch |Phó Chủ tịch )", plain)[-1]
    if plain.startswith("Chánh Văn phòng"):
        return shown(plain.removeprefix("Chánh "))
    found = _POST.match(plain)
    if found is None or re.match(r"các (?:Sở|sở|ban)\b", found["agency"]):
        return None
    return shown(found["agency"])


def is_acting(post: str) -> bool:
    """Whether the words say that the post is only filled for the time being."""
    return re.match(rf"(?:Quyền |Q\. ?)|Phó \w+(?: \w+)? phụ trách (?={HEADS})", post) is not None


def is_several(post: str) -> bool:
    """Whether one line stands for many posts: `Chủ tịch UBND các huyện, thành phố`."""
    return (
        re.match(rf"(?:Các )?{_TITLES}.*\bcác (?:[Ss]ở|sở|ban|huyện|xã|phường|đơn vị|cơ quan)\b", post)
        is not None
    )


def same_holder(one: str, other: str) -> bool:
    """Whether two posts of one agency may be one person: heads by whatever title, never head and deputy."""
    heads = [not re.match(r"(?:Phó|Nguyên) ", post) for post in (one, other)]
    return all(heads)


def names_post(position: str, post: str) -> bool:
    """Whether a position with several titles (`Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh`) has this one."""
    parts = re.split(r",? (?:đồng thời(?: là)?|kiêm) |, ", position)
    others = re.split(r",? (?:đồng thời(?: là)?|kiêm) |, ", post)
    return bool({*parts, position} & {*others, post})
