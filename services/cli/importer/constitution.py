"""Entries about the committee itself: that it exists, its regulation, standing office, standing duties."""

import re

from services.cli.importer import bodies, names
from services.cli.importer.chronicle import Located
from services.cli.importer.context import as_context
from services.cli.importer.days import effective
from services.cli.importer.entry import Entry
from services.cli.importer.papers import first_document, is_of_the_chair, issuer_of
from services.cli.importer.plan import Ask, Plan, id_of
from services.cli.importer.world import World
from services.members.capacity import Capacity
from services.members.commands import (
    AdoptRegulation,
    AssignResponsibility,
    AssignStandardPortfolios,
    DesignateFocalPoint,
    EstablishCommittee,
)
from services.members.events import Duty
from services.regulation.portfolios import REGULATION, portfolios
from shared.messages import DocumentRef

RENAMED = re.compile(r"đổi tên (?P<old>Ban .+?) thành (?P<new>Ban .+?)\s*$", re.IGNORECASE)
NAME = re.compile(
    r"(?P<name>Ban [Cc]hỉ đạo.*?)"
    r"(?=\s*\(|\s+(?:theo|năm|quý|trên cơ sở|giai đoạn|nhiệm kỳ)\b|[:;.]|, (?=thay|gồm|do|bổ)|$)"
)
_REGULATION = re.compile(r"quy chế (?:hoạt động|làm việc|tổ chức)", re.IGNORECASE)
_NOT_ITSELF = re.compile(
    r"dự thảo|góp ý|ý kiến|sửa đổi|bổ sung|tổ (?:giúp việc|công tác|công nghệ|thư ký)|"
    r"quy chế \S+ \S+(?: của)? UBND",
    re.IGNORECASE,
)


def first_name(entries: tuple[Located, ...]) -> str | None:
    """The name that the committee bore first: on its first list of members, or before its renaming."""
    own = [located.entry for located in entries if bodies.other_body(located.entry) is None]
    before = next((found["old"] for entry in own if (found := RENAMED.search(entry.title))), None)
    lists = [entry.title for entry in own if entry.kind == "membership" and not RENAMED.search(entry.title)]
    listed = next((found["name"] for title in lists if (found := NAME.search(title))), None)
    if before and (listed is None or not says_more(listed, before)):
        return before
    if listed or before:
        return listed or before
    named = [name for entry in own for name in entry.agencies if name.lower().startswith("ban chỉ đạo")]
    issuers = (ref.issuer or "" for entry in own for ref in entry.refs)
    named = named or [found["name"] for issuer in issuers if (found := NAME.search(issuer))]
    named = [name for name in named if any(map(bodies.is_this, bodies.spoken_of(name)))]
    return max(named, key=named.count) if named else None


def says_more(new: str, old: str) -> bool:
    """Whether two names differ in more than place and filling words."""
    filling = {"ban", "chỉ", "đạo", "về", "tỉnh", "của", "xây", "dựng", "phát", "triển", "và"}

    def meaning(name: str) -> set[str]:
        plain = re.sub(r"\b(?:tỉnh|thành phố)\b(?: [A-ZĐÂÔƯ]\w*)*", "", name)
        return set(re.findall(r"\w+", plain.lower())) - filling

    return bool(meaning(new)) and meaning(new) != meaning(old)


def establish(entry: Entry, world: World) -> list[Ask]:
    """The committee is met for the first time: it stood on that day; since when is not known."""
    if world.established:
        return []
    world.established = True
    document = first_document(entry) if entry.kind == "membership" else None
    founding = bool(re.match(r"^(?:quyết định )?(?:về việc )?thành lập\b", entry.title, re.IGNORECASE))
    inferred = () if founding else ("ban đã có vào ngày này; ngày thành lập không có trong nguồn",)
    issuer = issuer_of(document) if document and document.issuer else "co-quan-co-tham-quyen"
    name = world.name = world.name or "Ban Chỉ đạo (tên không có trong nguồn)"
    command = EstablishCommittee(name=name)
    return [
        Ask("members", command, issuer, Capacity.ISSUER.value, entry.date, "committee", document, inferred)
    ]


def is_regulation(entry: Entry) -> bool:
    """Whether the entry is about the committee's own working regulation coming into being."""
    title = entry.title
    if not _REGULATION.search(title) or _NOT_ITSELF.search(title) or first_document(entry) is None:
        return False
    named = bodies.spoken_of(title)
    return any(map(bodies.is_this, named)) if named else "BCĐ" in str(first_document(entry))


def regulation(located: Located, world: World) -> Plan:
    """The working regulation is issued by the chair (D1.2), or by the body that the chair heads."""
    entry, document = located.entry, first_document(located.entry)
    assert document is not None
    by, inferred = _by_the_chair(document, world)
    if by is None:
        because = f"quy chế do {document.issuer} ban hành, nguồn không cho biết Trưởng ban ban hành (Điều 1)"
        return as_context(located, world, because)
    plan = Plan(located, establish(entry, world))
    at, remarks = effective(entry)
    plan.remarks += remarks
    command = AdoptRegulation(regulation=document, title=entry.title)
    plan.asks.append(Ask("members", command, by, Capacity.CHAIR.value, at, "regulation", document, inferred))
    world.regulation_since = at
    return plan


def _by_the_chair(document: DocumentRef, world: World) -> tuple[str | None, tuple[str, ...]]:
    """Who issued it as the chair, and what of that is concluded and not stated."""
    issuer = document.issuer or ""
    person = world.chair.holder if world.chair else id_of(issuer, "truong-ban")
    if is_of_the_chair(document):
        return person, ()
    if world.chair and world.chair.post.lower() in issuer.lower():
        return person, ()
    if not issuer or any(map(bodies.is_this, bodies.spoken_of(issuer))):
        return person, ("ghi theo Trưởng ban; nguồn không nêu ai ký",)
    body = re.sub(r"^(?:Chủ tịch|Ban Thường vụ|Thường trực|Bí thư) ", "", issuer)
    head = re.sub(r"^(?:Chủ tịch|Bí thư) ", "", world.chair.post) if world.chair else ""
    if head and body.startswith(head):
        return person, (f"{issuer} ban hành; ghi theo Trưởng ban vì Trưởng ban đứng đầu cơ quan này",)
    return None, ()


def responsibilities(located: Located, world: World) -> Plan:
    """Standing duties of named posts, without a deadline (D6.2)."""
    entry, plan = located.entry, Plan(located)
    person, capacity = world.authority_behind(entry)
    standard: dict[str, str] = {}
    for position in entry.positions:
        seat = world.seat_of(position)
        if seat is None:
            plan.remarks.append(f"không tìm thấy vị trí trong danh sách: {position}")
            continue
        if seat.seat_id in standard.values() or any(ask.key == seat.seat_id for ask in plan.asks):
            plan.remarks.append(f"vị trí được nêu hai lần: {position}")
            continue
        if clause := _portfolio(position, entry):
            standard[clause] = seat.seat_id
            continue
        command = AssignResponsibility(seat_id=seat.seat_id, field=entry.title, documents=entry.refs)
        plan.asks.append(
            Ask("members", command, person, capacity, entry.date, seat.seat_id, first_document(entry))
        )
    if standard:
        in_its_words = AssignStandardPortfolios(seats=standard)
        plan.asks.append(
            Ask("members", in_its_words, person, capacity, entry.date, "portfolios", first_document(entry))
        )
    if not plan.asks:
        return as_context(located, world, "không vị trí nào có trong danh sách thành viên")
    return plan


def _portfolio(position: str, entry: Entry) -> str | None:
    """The clause in which the regulation itself says what this post answers for, where the entry is of it."""
    if all(ref.number != REGULATION.number for ref in entry.refs):
        return None
    return next((one.clause for one in portfolios() if _spoken(one.position) == _spoken(position)), None)


def _spoken(position: str) -> str:
    """A post without the names of country and province that one source says and another leaves out."""
    return position.replace(" Việt Nam", "").removesuffix(" Lạng Sơn")


def focal_point(located: Located, world: World, duty: Duty) -> Plan:
    """An agency becomes the standing office, or the focal point that receives feedback (D7.6)."""
    entry = located.entry
    name = _designated(entry)
    if name is None:
        return as_context(located, world, "không rõ cơ quan nào là đầu mối")
    person, capacity = world.authority_behind(entry)
    if capacity == Capacity.RECORD_KEEPER.value and world.binds(entry.date):
        return as_context(located, world, "nguồn không nêu văn bản nào giao làm đầu mối (Điều 2.1)")
    plan = Plan(located, establish(entry, world))
    agency_id, registering = world.agency(name, entry)
    if world.duties.get(duty) == agency_id:
        return as_context(located, world, "cơ quan này đã là đầu mối theo một mục trước", plan.asks)
    command = DesignateFocalPoint(agency_id=agency_id, duty=duty)
    asking = Ask("members", command, person, capacity, entry.date, duty.value, first_document(entry))
    plan.asks += [*registering, asking]
    world.duties[duty] = agency_id
    return plan


def _designated(entry: Entry) -> str | None:
    """The one agency that is listed, or the one of several that the title names, after `sang` if it moves."""
    candidates = [name for name in entry.agencies if not bodies.spoken_of(name)]
    if len(candidates) == 1:
        return candidates[0]
    after = re.split(r"\b(?:sang|về|giao|cho)\b", entry.title)[-1]
    before = re.split(r"\b(?:là|làm)\b", entry.title)[0]
    for text in (before, after):
        named = [name for name in candidates if names.named_in(name, text)]
        if len(named) == 1:
            return named[0]
    return None
