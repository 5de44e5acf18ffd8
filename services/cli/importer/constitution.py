"""Entries about the committee itself: lists of members, regulation, standing office, merged agencies."""

import re

from services.cli.importer import names
from services.cli.importer.chronicle import Entry, Located
from services.cli.importer.context import as_context
from services.cli.importer.plan import Ask, Plan
from services.cli.importer.world import World, first_document
from services.members.capacity import Capacity
from services.members.commands import (
    AdoptRegulation,
    AppointMember,
    AssignResponsibility,
    DecideComposition,
    DesignateFocalPoint,
    DissolveAgency,
    EstablishCommittee,
    MergeAgencies,
    RenameCommittee,
    ReportHeadCount,
    Seat,
)
from services.members.events import Duty, Role
from shared.dates import Moment
from shared.messages import AgencyId, DocumentRef, PersonId
from shared.text import slug

_RENAMED = re.compile(r"đổi tên (?P<old>Ban .+?) thành (?P<new>Ban .+?)\s*$")
_NAME = re.compile(r"(?P<name>Ban Chỉ đạo.*?)(?=\s*\(|\s+(?:theo|năm|quý)\b|[:;,.]|$)")
_REPLACES = re.compile(r"(?P<number>\S+/\S+)(?: ngày (?P<day>\d{1,2}/\d{1,2}/\d{4}))?")


def first_name(entries: tuple[Located, ...]) -> str | None:
    """The name that the committee bore first: before its renaming, or on its first list of members."""
    for located in entries:
        if found := _RENAMED.search(located.entry.title):
            return found["old"]
    for located in entries:
        found = _NAME.search(located.entry.title)
        if located.entry.kind == "membership" and found:
            return found["name"]
    own = [name for located in entries for name in located.entry.agencies if name.startswith("Ban Chỉ đạo")]
    return max(own, key=own.count) if own else None


def establish(entry: Entry, world: World) -> list[Ask]:
    """The committee is met for the first time: it stood on that day; since when is not known."""
    if world.established:
        return []
    world.established = True
    document = first_document(entry) if entry.kind == "membership" else None
    founding = bool(re.match(r"^thành lập\b", entry.title, re.IGNORECASE))
    inferred = () if founding else ("ban đã có vào ngày này; ngày thành lập không có trong nguồn",)
    issuer = slug(document.issuer) if document and document.issuer else "co-quan-co-tham-quyen"
    name = world.name or "Ban Chỉ đạo (tên không có trong nguồn)"
    command = EstablishCommittee(name=name)
    return [
        Ask("members", command, issuer, Capacity.ISSUER.value, entry.date, "committee", document, inferred)
    ]


def membership(located: Located, world: World) -> Plan:
    """A list of members by decision; or, where it states no list, counts and remarks."""
    entry, plan = located.entry, Plan(located)
    plan.asks += establish(entry, world)
    listed = [names.post_of(position) for position in entry.positions]
    with_role = [post for post in listed if post.role is not None]
    document = first_document(entry)
    if entry.stated and with_role and document is not None:
        if found := _RENAMED.search(entry.title):
            plan.asks.append(_by_issuer(entry, document, RenameCommittee(new_name=found["new"]), "name"))
        plan.asks += _list(entry, document, with_role, world)
        plan.remarks += [f"vị trí không ghi vai trò: {post.post}" for post in listed if post.role is None]
    elif not _counts(entry):
        return as_context(located, world, "không phải một danh sách thành viên theo quyết định", plan.asks)
    if counts := _counts(entry):
        person, capacity = world.authority_behind(entry)
        command = ReportHeadCount(counts=counts, remark=entry.text("conflict") or "")
        plan.asks.append(Ask("members", command, person, capacity, entry.date, "counts", document))
    return plan


def _list(entry: Entry, document: DocumentRef, posts: list[names.Post], world: World) -> list[Ask]:
    asks: list[Ask] = []
    seats: list[Seat] = []
    for post in posts:
        agency_id: AgencyId | None = None
        if agency := names.agency_of_post(post.post):
            agency_id, registering = world.agency(agency, entry)
            asks += registering
        seat_id = _fresh(slug(post.post), {seat.seat_id for seat in seats})
        holder = PersonId(slug(post.post))
        role = post.role or Role.MEMBER
        seats.append(Seat(seat_id=seat_id, post=post.post, role=role, holder=holder, agency_id=agency_id))
    whole = any(seat.role is Role.CHAIR for seat in seats)
    if whole:
        world.seats = seats
        command = DecideComposition(seats=tuple(seats), replaces=_replaced(entry))
        return [*asks, _by_issuer(entry, document, command, "list")]
    world.seats += seats
    return [*asks, *(_by_issuer(entry, document, AppointMember(seat=seat), seat.seat_id) for seat in seats)]


def _fresh(seat_id: str, taken: set[str]) -> str:
    if seat_id not in taken:
        return seat_id
    return next(name for n in range(2, len(taken) + 3) if (name := f"{seat_id}-{n}") not in taken)


def _by_issuer(
    entry: Entry,
    document: DocumentRef,
    command: RenameCommittee | DecideComposition | AppointMember,
    key: str,
) -> Ask:
    issuer = slug(document.issuer or document.number)
    return Ask("members", command, issuer, Capacity.ISSUER.value, _effective(entry), key, document)


def _effective(entry: Entry) -> Moment:
    """The day it takes effect where one is stated, else the day of the entry."""
    stated = entry.text("effective")
    try:
        return Moment(stated) if stated else entry.date
    except ValueError:
        return entry.date


def _counts(entry: Entry) -> dict[str, int]:
    return {key: value for key, value in entry.figures.items() if isinstance(value, int)}


def _replaced(entry: Entry) -> DocumentRef | None:
    found = _REPLACES.match(entry.text("replaces") or "")
    return DocumentRef(number=found["number"], date_wording=found["day"]) if found else None


def regulation(located: Located, world: World) -> Plan:
    """The working regulation is issued by the chair."""
    entry = located.entry
    plan = Plan(located, establish(entry, world))
    document = entry.refs[0]
    person = world.chair.holder if world.chair else slug(document.issuer or "truong-ban")
    at = _effective(entry)
    command = AdoptRegulation(regulation=document, title=entry.title)
    plan.asks.append(Ask("members", command, person, Capacity.CHAIR.value, at, "regulation", document))
    world.regulation_since = at
    return plan


def responsibilities(located: Located, world: World) -> Plan:
    """Standing duties of named posts, without a deadline (D6.2)."""
    entry, plan = located.entry, Plan(located)
    person, capacity = world.authority_behind(entry)
    for position in entry.positions:
        seat = world.seat_of(position)
        if seat is None:
            plan.remarks.append(f"không tìm thấy vị trí trong danh sách: {position}")
            continue
        command = AssignResponsibility(seat_id=seat.seat_id, field=entry.title, documents=entry.refs)
        plan.asks.append(
            Ask("members", command, person, capacity, entry.date, seat.seat_id, first_document(entry))
        )
    if not plan.asks:
        return as_context(located, world, "không vị trí nào có trong danh sách thành viên")
    return plan


def focal_point(located: Located, world: World, duty: Duty) -> Plan:
    """An agency becomes the standing office, or the focal point that receives feedback (D7.6)."""
    entry = located.entry
    plan = Plan(located, establish(entry, world))
    if not entry.agencies:
        return as_context(located, world, "không nêu cơ quan đầu mối")
    agency_id, registering = world.agency(entry.agencies[0], entry)
    person, capacity = world.authority_behind(entry)
    command = DesignateFocalPoint(agency_id=agency_id, duty=duty)
    asking = Ask("members", command, person, capacity, entry.date, duty.value, first_document(entry))
    plan.asks += [*registering, asking]
    if duty is Duty.FEEDBACK:
        world.focal_point = agency_id
    return plan


def reorganisation(located: Located, world: World) -> Plan:
    """Agencies that were merged into new ones, or that ended with others in their place."""
    entry, plan = located.entry, Plan(located)
    at = _effective(entry)
    for written in entry.agencies:
        if names.predecessors_in(written):
            plan.asks += _merged(written, entry, at, world)
    ending = [written for written in entry.agencies if names.has_ended(written)]
    remaining = [w for w in entry.agencies if not names.has_ended(w) and not names.predecessors_in(w)]
    if ending:
        successors, registering = _registered(remaining, entry, at, world)
        plan.asks += registering
        for written in ending:
            plan.asks += _dissolved(written, successors, entry, at, world)
    elif not plan.asks:
        new = [written for written in remaining if names.count_in(written) and world.find(written) is None]
        _, plan.asks = _registered(new, entry, at, world)
    if not plan.asks:
        return as_context(located, world, "không nêu cơ quan nào hợp nhất, đổi tên hay chấm dứt")
    return plan


def _registered(
    written: list[str], entry: Entry, at: Moment, world: World
) -> tuple[tuple[AgencyId, ...], list[Ask]]:
    found = [world.agency(name, entry, at) for name in written]
    return tuple(agency_id for agency_id, _ in found), [ask for _, asks in found for ask in asks]


def _merged(written: str, entry: Entry, at: Moment, world: World) -> list[Ask]:
    """`Sở Tài chính (từ KH&ĐT + Tài chính)`: both end, a new agency stands in their place."""
    name = names.agency_name(written)
    asks: list[Ask] = []
    predecessors: list[AgencyId] = []
    for part in names.predecessors_in(written):
        found = world.find(part)
        if found is None:
            agency_id, registering = world.agency(part, entry)
            asks += registering
            found = names.agency_name(part), agency_id
        predecessors.append(found[1])
        world.ended(found[0])
    successor = AgencyId(f"{slug(name)}-{at}")
    world.agencies[name] = successor
    for predecessor in predecessors:
        world.succeeded(predecessor, successor)
    command = MergeAgencies(predecessors=tuple(predecessors), successor=successor, successor_name=name)
    person, capacity = world.authority_behind(entry)
    return [*asks, Ask("members", command, person, capacity, at, successor, first_document(entry))]


def _dissolved(
    written: str, successors: tuple[AgencyId, ...], entry: Entry, at: Moment, world: World
) -> list[Ask]:
    """A group ends, and with it every agency of that group that the chronicle names."""
    person, capacity = world.authority_behind(entry)
    _, asks = world.agency(written, entry)
    group = names.agency_name(written)
    named = [name for name in world.agencies if group == names.DISTRICTS and name.startswith("UBND huyện ")]
    for name in (group, *named):
        ended = world.agencies[name]
        inferred = () if name == group else (f"{name} thuộc {written}",)
        command = DissolveAgency(agency_id=ended, successors=successors)
        asks.append(Ask("members", command, person, capacity, at, ended, first_document(entry), inferred))
        world.ended(name)
    return asks
