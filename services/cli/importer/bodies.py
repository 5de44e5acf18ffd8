"""Which body an entry speaks of: this committee, one at another level, or one for another field.

A chronicle should say so itself (`scope`). Where it does not, the name that stands after `Ban Chỉ đạo` in
the title is looked at, so that no other board's meeting or list becomes this committee's.
"""

import re

from services.cli.importer.entry import Entry

_BODY = re.compile(r"(?:ban chỉ đạo|BCĐ)(?P<of>[^;:().–\n]*)", re.IGNORECASE)
_STOPS = re.compile(
    r"\s+(?:họp|làm việc|phiên|quý|năm|tháng|lần|thứ|do|với|tại|trực tuyến|cho ý kiến|góp ý|thảo luận|bàn|"
    r"nghe|kết luận|đánh giá|theo|nhiệm kỳ|giai đoạn|chủ trì|kiểm tra|tổ chức|ban hành|thành lập|gồm|"
    r"trên cơ sở|ngày|để|đã|sơ kết|tổng kết|thống nhất|xem xét|đồng thời|cùng|[69] tháng|đầu|cuối|"
    r"thường kỳ|định kỳ|đột xuất|mở rộng|toàn thể|toàn tỉnh|và Tổ|và UBND|và của|"
    r"về (?:việc|kết quả|tình hình|tiến độ|công tác (?!chuyển)))\b.*$",
    re.IGNORECASE,
)
"""What ends a board's name and begins what it does."""
_HIGHER = re.compile(r"^\s*(?:của )?(?:Trung ương|Chính phủ|quốc gia)\b|\bTrung ương\b|của Chính phủ\b")
_LOWER = re.compile(
    r"\b(?:cấp (?:huyện|xã|cơ sở|sở)|(?:các )?huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|các sở)\b"
)
_FIELD = re.compile(
    r"chuyển đổi số|chính (?:quyền|phủ) (?:điện tử|số)|công nghệ thông tin|\bCNTT\b|\bCĐS\b|"
    r"khoa học|đổi mới sáng tạo|đô thị thông minh|^\s*57\b",
    re.IGNORECASE,
)
"""The field of this committee (D1), under the names that it bears from year to year."""
_OTHER_FIELD = re.compile(
    r"^\s*(?:về |xây dựng |triển khai |thực hiện |công tác )*"
    r"(?:cải cách|phòng|chống|nông thôn|an toàn|an ninh|du lịch|đề án|chương trình mục tiêu|giảm nghèo|"
    r"thi hành|thi đua|quy hoạch|giải phóng|phát triển du lịch|bầu cử|\d{2,3}\b|.{4,80}? tỉnh\b)",
    re.IGNORECASE,
)
"""How the name of a board for something else goes on: by what it is for, up to `tỉnh`."""
OWN = ("tiền thân", "ban này")


def spoken_of(text: str) -> list[str]:
    """The names that stand behind `Ban Chỉ đạo` in a text; empty ones where it is only called that."""
    parts = re.split(r"(?=ban chỉ đạo|\bBCĐ)", text, flags=re.IGNORECASE)
    found = [_BODY.match(part) for part in parts]
    return [_STOPS.sub("", body["of"]) for body in found if body]


def speaks_of_a_committee(entry: Entry) -> bool:
    """Whether the title, or else the agencies, name a steering committee at all."""
    return any(spoken_of(text) for text in (entry.title, *entry.agencies))


def other_body(entry: Entry) -> str | None:
    """Why the entry is not this committee's; None where it is, or where nothing says otherwise."""
    scope = entry.text("scope")
    if scope is not None:
        return None if any(word in scope for word in OWN) else f"thuộc phạm vi khác: {scope}"
    if entry.kind not in ("meeting", "membership", "conclusion", "opinion", "support_team"):
        return None
    named = spoken_of(entry.title)
    if not named and entry.kind == "meeting":
        named = [name for agency in entry.agencies for name in spoken_of(agency)]
    if not named or any(is_this(name) for name in named):
        return None
    return (
        f"nguồn nêu một ban khác: Ban Chỉ đạo {named[0].strip()}; "
        "nếu là ban này, ghi 'scope: ban này' trong details"
    )


def is_this(name: str) -> bool:
    """Whether what stands behind `Ban Chỉ đạo` may name this committee."""
    of_a_province = re.search(r"\btỉnh\b", name, re.IGNORECASE)
    if _HIGHER.search(name) or (_LOWER.search(name) and not of_a_province):
        return False
    return bool(_FIELD.search(name)) or not _OTHER_FIELD.match(name)
