"""Names of agencies as documents write them: abbreviations, groups, several in one line, successions."""

import re

HEADS = (
    r"(?:Liên )?(?:Sở|Ban|Văn phòng|Công an|UBND|Ủy ban|HĐND|Hội đồng|Cục|Chi cục|Bộ Chỉ huy|Bộ|Tỉnh ủy|"
    r"Thành ủy|Huyện ủy|Thanh tra|Trung tâm|Viện|Trường|Đài|Báo|Kho bạc|Ngân hàng|Bưu điện|Viễn thông|"
    r"Viettel|VNPT|MobiFone|Hội|Liên đoàn|Tổ|Tỉnh đoàn|Mặt trận|Bảo hiểm|Tòa án|Viện kiểm sát|Thuế|"
    r"Hải quan)\b"
)
_LOCAL = r"(?:huyện|quận|thị xã|thành phố)"
_MORE = rf"(?:(?:, | và )(?:các )?{_LOCAL})"
_GROUP_OF_DISTRICTS = re.compile(
    rf"^(?:UBND )?(?:các (?:huyện|quận|thị xã){_MORE}*|(?:\d+ )?huyện{_MORE}+)$", re.IGNORECASE
)
"""All districts of a province; a number without `thành phố` or `thị xã` may be only some of them."""
_DISTRICTS_IN_TEXT = re.compile(
    rf"\bUBND (?:(?:các|\d+) )?huyện{_MORE}+|\bUBND các huyện\b(?! (?-i:[A-ZĐÂÔƯ]))", re.IGNORECASE
)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_COUNT = re.compile(r"^(?:UBND )?(?P<count>\d{1,3}(?:\.\d{3})+|\d+)(?= |$)")

DISTRICTS = "UBND các huyện, thành phố"
DEPARTMENTS = "Các sở, ban, ngành"


def without_remark(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return _REMARK.sub("", name).strip()


def agency_name(written: str) -> str:
    """One name for one agency: groups of districts however counted, the province's own committee."""
    name = without_remark(written)
    if _GROUP_OF_DISTRICTS.match(name):
        return DISTRICTS
    if re.match(r"^các sở(?:$|,| và | ban| ngành)", name, re.IGNORECASE):
        return DEPARTMENTS
    if re.match(r"^UBND tỉnh\b", name):
        return "UBND tỉnh"
    return name


def shown(written: str) -> str:
    """The name to show: a group of districts keeps the words of its source, without their number."""
    name = without_remark(written)
    if not _GROUP_OF_DISTRICTS.match(name) or "thị xã" not in name or not name.startswith("UBND"):
        return agency_name(written)
    return re.sub(r"^UBND (?:\d+ )?(?!các )", "UBND các ", name)


def agencies_in(written: str) -> list[str]:
    """The agencies that an assignee's wording names; a group is one agency. Empty where the wording names
    none, or a list that cannot be told apart (`các Sở: Y tế, Giáo dục và Đào tạo`)."""
    if re.search(r"\b[Cc]ác [Ss]ở(?::| [A-ZĐÂÔƯ])", written):
        return []
    groups = [
        name
        for pattern, name in (
            (re.compile(r"\bcác sở\b", re.IGNORECASE), DEPARTMENTS),
            (_DISTRICTS_IN_TEXT, DISTRICTS),
        )
        if pattern.search(written)
    ]
    if groups:
        return groups
    parts = split_before(without_remark(written), HEADS)
    return list(dict.fromkeys(agency_name(part) for part in parts if is_agency(part)))


def split_before(text: str, head: str) -> list[str]:
    """Parts of an enumeration; a comma or `và` divides only where the next part begins like its kind."""
    parts = re.split(rf"(?:\s*[;+]\s*|,\s*(?:và\s+)?|\s+và\s+|\s+với\s+|\s+cùng\s+)(?={head})", text)
    return [part.strip(" ,;") for part in parts if part.strip(" ,;")]


def is_unknown(text: str) -> bool:
    """Whether the words only say that something is not known."""
    return (
        re.match(r"(?:không|chưa) (?:rõ|nêu|ghi|có|xác định)|n/a$|\W*$", text.strip(), re.IGNORECASE)
        is not None
    )


def is_agency(name: str) -> bool:
    """Whether the words can be the name of an agency or of a group: `doanh nghiệp`, `không rõ` are none."""
    known = begins_like_agency(name) or is_group(name)
    return not is_unknown(name) and (known or name[:1].isupper())


def begins_like_agency(text: str) -> bool:
    return re.match(HEADS, text) is not None


def is_group(name: str) -> bool:
    plain = without_remark(name)
    return agency_name(plain) in (DISTRICTS, DEPARTMENTS) or bool(
        re.match(r"^(?:UBND )?(các|một số|\d[\d.]*) ", plain, re.IGNORECASE)
    )


def count_in(written: str) -> int | None:
    """How many a group's name says it has: `65 xã, phường` → 65."""
    found = _COUNT.match(without_remark(written))
    return int(found["count"].replace(".", "")) if found else None


def predecessors_in(written: str) -> list[str]:
    """What stands behind `(từ …)`: `Sở Tài chính (từ KH&ĐT + Tài chính)` → `KH&ĐT`, `Tài chính`."""
    found = re.search(r"\(từ (?P<parts>[^()]+)\)", written)
    if found:
        return [part.split(",")[0].strip() for part in found["parts"].split("+")]
    found = re.search(r"\((?:trên cơ sở )?(?:hợp nhất|sáp nhập)(?: từ)? (?P<parts>[^()]+)\)", written)
    return split_before(found["parts"], HEADS) if found else []


def has_ended(written: str) -> bool:
    """Whether the line says that the agency ended."""
    return bool(
        re.search(
            r"(?:\(|\s)(?:đã )?(?:chấm dứt|giải thể|ngừng|kết thúc|dừng)(?: hoạt động)?\)?$",
            written,
            re.IGNORECASE,
        )
    )


def matches(short: str, name: str) -> bool:
    """Whether a short form stands for a name: itself, without `Sở`, or the initials (`TT&TT`, `LĐ-TB&XH`)."""
    field = re.sub(r"^(Sở|Ban|Chi cục|Cục) ", "", name)
    bare = short.removeprefix("Sở ") if name.startswith("Sở ") else short
    return short == name or bare in (field, initials(field))


def is_short(name: str) -> bool:
    """Whether a name is written in initials: `Sở TT&TT`."""
    return re.fullmatch(r"(?:Sở )?[A-ZĐÂÔƯ&-]{2,}", name) is not None


def initials(name: str) -> str:
    """`Lao động - Thương binh và Xã hội` → `LĐ-TB&XH`; `Giao thông vận tải` → `GTVT`."""
    return "".join("&" if word == "và" else word if word == "-" else word[0].upper() for word in name.split())


def named_in(name: str, text: str) -> bool:
    """Whether a text names this agency, in full or by the short form of its field."""
    plain = without_remark(name)
    field = re.sub(r"^(Sở|Ban|Chi cục|Cục|Văn phòng) ", "", plain)
    short = initials(field)
    return plain in text or (
        len(short) > 2 and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None
    )
