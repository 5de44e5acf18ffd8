"""Entries about agencies that were merged, renamed or dissolved, and about those that came in their place."""

import re

from services.cli.importer import bodies, names
from services.cli.importer.chronicle import Located
from services.cli.importer.context import as_context
from services.cli.importer.days import effective
from services.cli.importer.entry import Entry
from services.cli.importer.handing_on import handover
from services.cli.importer.papers import first_document
from services.cli.importer.plan import Ask, Plan
from services.cli.importer.successions import Succession, successions_in
from services.cli.importer.world import World
from services.members.commands import DissolveAgency, MergeAgencies, RenameAgency
from shared.dates import Moment
from shared.messages import AgencyId
from shared.text import slug

_ONLY_PLANNED = re.compile(
    r"dự kiến|dự thảo|chủ trương|phương án|đề xuất|lấy ý kiến|lộ trình|đề án", re.IGNORECASE
)
_ENDS = re.compile(
    r"(?:chấm dứt|kết thúc|ngừng|dừng) hoạt động|không tổ chức cấp huyện|bỏ cấp huyện", re.IGNORECASE
)
_COMMUNES = re.compile(r"\b(?:xã|phường|đặc khu|thị trấn)\b", re.IGNORECASE)


def reorganisation(located: Located, world: World) -> Plan:
    """Agencies that were merged into new ones, or that ended with others in their place."""
    entry, plan = located.entry, Plan(located)
    if _ONLY_PLANNED.search(entry.title):
        return as_context(located, world, "mới là chủ trương hoặc dự kiến, chưa phải việc đã xảy ra")
    at, plan.remarks = effective(entry)
    lines = [written for written in entry.agencies if not bodies.spoken_of(written)]
    plan.remarks += [f"không nhận ra là một cơ quan: {line}" for line in lines if not names.is_agency(line)]
    lines = [line for line in lines if names.is_agency(line)]
    for succession in _told(entry, lines):
        plan.asks += _succeeded(succession, located, at, world)
    ending = [written for written in lines if _ends(written, entry)]
    remaining = [w for w in lines if w not in ending and not names.predecessors_in(w)]
    for written in ending:
        successors, registering, remarks = _heirs(written, remaining, entry, at, world)
        plan.asks += [*registering, *_dissolved(written, successors, located, at, world)]
        plan.remarks += remarks
    if not plan.asks:
        new = [written for written in remaining if names.count_in(written) and world.find(written) is None]
        plan.asks = [ask for name in new for ask in world.agency(name, entry, at)[1]]
    if not plan.asks:
        return as_context(located, world, "không nêu cơ quan nào hợp nhất, đổi tên hay chấm dứt")
    return plan


def _told(entry: Entry, lines: list[str]) -> list[Succession]:
    """What the agencies' lines say of successions; where they say nothing, what the title says."""
    in_lines = [
        Succession(tuple(parts), names.agency_name(re.split(r" \(", line)[0]))
        for line in lines
        if (parts := names.predecessors_in(line))
    ]
    return in_lines or successions_in(entry.title)


def _ends(written: str, entry: Entry) -> bool:
    districts = names.agency_name(written) == names.DISTRICTS
    return names.has_ended(written) or (districts and _ENDS.search(entry.title) is not None)


def _succeeded(succession: Succession, located: Located, at: Moment, world: World) -> list[Ask]:
    """`Sở Tài chính (từ KH&ĐT + Tài chính)`: both end, a new agency stands in their place. Where one goes
    into another that stays, only that one ends; where one only changes its name, it stays the same."""
    entry = located.entry
    asks: list[Ask] = []
    predecessors: list[AgencyId] = []
    ended: list[str] = []
    for part in dict.fromkeys(succession.predecessors):
        found = world.find(part)
        if found is None and names.agency_name(part) in world.former:
            raise ValueError(f"{part} đã chấm dứt theo một mục trước")
        if found is None:
            agency_id, registering = world.agency(part, entry)
            asks += registering
            found = names.agency_name(part), agency_id
        predecessors.append(found[1])
        ended.append(found[0])
    person, capacity = world.outside_authority(entry)
    document = first_document(entry)
    standing = world.find(succession.successor)
    name = standing[0] if standing else succession.successor
    if succession.renamed and name in ended:
        raise ValueError(f"{name} đã mang tên này")
    if succession.renamed:
        world.rename(ended[0], name)
        rename = RenameAgency(agency_id=predecessors[0], new_name=name)
        return [*asks, Ask("members", rename, person, capacity, at, f"rename-{predecessors[0]}", document)]
    stays = succession.into_standing and name not in ended
    if stays:
        successor, registering = world.agency(name, entry)
        asks += registering
    else:
        successor = AgencyId(f"{slug(name)}-{at}")
    command = MergeAgencies(predecessors=tuple(predecessors), successor=successor, successor_name=name)
    merger = Ask("members", command, person, capacity, at, successor, document)
    both = list(zip(predecessors, ended, strict=True))
    world.handovers += [(located.key, ask) for ask in handover(merger, both, (successor, name), world.duties)]
    for old in ended:
        world.end(old)
    world.agencies[name] = successor
    for predecessor, old in both:
        world.succeeded(predecessor, old, successor, name)
    return [*asks, merger]


def _heirs(
    written: str, remaining: list[str], entry: Entry, at: Moment, world: World
) -> tuple[tuple[AgencyId, ...], list[Ask], list[str]]:
    """Who comes after an agency that ended: communes after districts, or the only other one on the list."""
    districts = names.agency_name(written) == names.DISTRICTS or written.startswith("UBND huyện ")
    heirs = [name for name in remaining if not districts or _COMMUNES.search(name)]
    if not districts and len(heirs) > 1:
        return (), [], [f"không rõ cơ quan nào tiếp nhận việc của {names.without_remark(written)}"]
    found = [world.agency(name, entry, at) for name in heirs]
    return tuple(key for key, _ in found), [ask for _, asks in found for ask in asks], []


def _dissolved(
    written: str, successors: tuple[AgencyId, ...], located: Located, at: Moment, world: World
) -> list[Ask]:
    """A group ends, and with it every agency of that group that the chronicle names."""
    entry = located.entry
    person, capacity = world.outside_authority(entry)
    plain = re.sub(r"\s+(?:đã )?(?:chấm dứt|kết thúc|ngừng|dừng|giải thể)(?: hoạt động)?$", "", written)
    _, asks = world.agency(plain, entry)
    known = world.find(plain)
    if known is None:
        raise ValueError(f"{plain} đã chấm dứt theo một mục trước")
    named = [name for name in world.agencies if known[0] == names.DISTRICTS and _is_district(name, world)]
    heir = _one_heir(successors, world)
    for name in (known[0], *named):
        ended = world.agencies[name]
        inferred = () if name == known[0] else (f"{name} thuộc {written}",)
        command = DissolveAgency(agency_id=ended, successors=successors)
        ending = Ask("members", command, person, capacity, at, ended, first_document(entry), inferred)
        asks.append(ending)
        world.end(name)
        if heir is None:
            world.lapse(ended)
            continue
        following = handover(ending, [(ended, name)], heir, world.duties)
        world.handovers += [(located.key, ask) for ask in following]
        world.succeeded(ended, name, *heir)
    return asks


def _one_heir(successors: tuple[AgencyId, ...], world: World) -> tuple[AgencyId, str] | None:
    """The single agency, and no group of them, that comes after one that ended."""
    if len(set(successors)) != 1:
        return None
    named = (name for name, agency_id in world.agencies.items() if agency_id == successors[0])
    return next(((successors[0], name) for name in named if not names.is_group(name)), None)


def _is_district(name: str, world: World) -> bool:
    """Whether it is a district of a province; in a city under central rule none is a `thành phố`."""
    kinds = "huyện|quận|thị xã" + ("|thành phố" if "UBND tỉnh" in world.agencies else "")
    return re.match(rf"UBND (?:{kinds}) ", name) is not None
