"""Changes of single seats of the committee: who comes, who goes, who comes in whose place."""

import re
from dataclasses import replace

from services.cli.importer import posts
from services.cli.importer.chronicle import Located
from services.cli.importer.days import effective
from services.cli.importer.entry import Entry
from services.cli.importer.papers import issuer_of
from services.cli.importer.plan import Ask, Plan, id_of
from services.cli.importer.posts import Post
from services.cli.importer.world import World
from services.members.capacity import Capacity
from services.members.commands import AppointMember, ChangeMemberRole, ReleaseMember, Seat
from services.members.events import Role
from shared.messages import AgencyId, DocumentRef, PersonId

_COMES = re.compile(
    r"bổ sung|thêm|\bmới\b|(?<!thôi )(?<!không )(?<!còn )tham gia|cử|phân công|chỉ định|bổ nhiệm",
    re.IGNORECASE,
)
_GOES = re.compile(
    r"miễn nhiệm|thôi (?:tham gia|giữ|làm)|cho thôi|không (?:còn )?tham gia|rút (?:khỏi|tên|ra)|"
    r"đưa ra khỏi|\(thôi\)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\bthay(?: thế)?(?: cho)? (?!quyết định|đổi)(?P<post>[^();]+)", re.IGNORECASE)
_CHANGES = re.compile(
    rf"{_GOES.pattern}|bổ sung|thay (?:thế|đổi) (?!quyết định|danh sách)|điều chỉnh|\bthay\b(?! mặt| đổi)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"kiện toàn|thành lập|hợp nhất|thay thế quyết định|sau (?:khi )?(?:thay|bổ|điều)", re.IGNORECASE
)
_BOTH_HEADS = (Role.CHAIR, Role.STANDING_DEPUTY)


def is_change(entry: Entry) -> bool:
    """Whether the title speaks of single seats and not of a whole list."""
    return bool(_CHANGES.search(entry.title)) and not _WHOLE.search(entry.title)


def seats_for(
    entry: Entry, listed: list[Post], world: World, prefix: str = ""
) -> tuple[list[Seat], list[Ask]]:
    """A seat for every place of a list, with its agency; the holder is the post itself."""
    asks: list[Ask] = []
    seats: list[Seat] = []
    for n, post in enumerate(listed, start=1):
        agency_id: AgencyId | None = None
        if agency := posts.agency_of_post(post.post):
            agency_id, registering = world.agency(agency, entry)
            asks += registering
        holder = PersonId(id_of(post.post, f"vi-tri-{n}"))
        seat_id = _fresh(f"{prefix}{holder}", {seat.seat_id for seat in seats})
        role = post.role or Role.MEMBER
        seats.append(
            Seat(
                seat_id=seat_id,
                post=post.post,
                role=role,
                holder=holder,
                agency_id=agency_id,
                acting=posts.is_acting(post.post),
            )
        )
    return seats, asks


def _fresh(seat_id: str, taken: set[str]) -> str:
    if seat_id not in taken:
        return seat_id
    return next(name for n in range(2, len(taken) + 3) if (name := f"{seat_id}-{n}") not in taken)


def change_seats(
    located: Located, document: DocumentRef, listed: list[Post], world: World, plan: Plan
) -> None:
    """Every post of the entry comes or goes, as its own remark says, or else the title."""
    entry = located.entry
    _, undated = effective(entry)
    plan.remarks += undated
    for post in listed:
        goes, comes = _direction(post, entry)
        seat = world.seat_of(post.post)
        if goes == comes:
            plan.remarks.append(f"không rõ vị trí này vào hay ra, chỉ giữ trong ghi chú: {post.post}")
        elif goes and seat is None:
            plan.remarks.append(f"vị trí thôi tham gia không có trong danh sách: {post.post}")
        elif goes and seat is not None:
            plan.asks.append(released(seat, entry, document))
            world.seats = [other for other in world.seats if other is not seat]
        else:
            _came(post, seat, located, document, world, plan)


def _direction(post: Post, entry: Entry) -> tuple[bool, bool]:
    for words in (post.remark, entry.title):
        goes, comes = bool(_GOES.search(words)), bool(_COMES.search(words) or _INSTEAD.search(words))
        if goes or comes:
            return goes, comes
    return False, post.role is not None and bool(re.search(r"thay|điều chỉnh", entry.title, re.IGNORECASE))


def released(seat: Seat, entry: Entry, document: DocumentRef, successor: str = "") -> Ask:
    """A seat ends. That the one who is replaced leaves altogether is how we read it, and marked so."""
    reason = f"{successor} thay: {entry.title}" if successor else entry.title
    inferred = ("nguồn chỉ nói được thay; coi là thôi vị trí này",) if successor else ()
    command = ReleaseMember(seat_id=seat.seat_id, reason=reason[:500])
    at, _ = effective(entry)
    key = f"release-{seat.seat_id}"
    return Ask("members", command, issuer_of(document), Capacity.ISSUER.value, at, key, document, inferred)


def _came(
    post: Post, seat: Seat | None, located: Located, document: DocumentRef, world: World, plan: Plan
) -> None:
    """A post takes a seat, or another role; in another's place where the source says whose."""
    entry = located.entry
    at, _ = effective(entry)
    issuer = issuer_of(document)
    role = post.role
    inferred: tuple[str, ...] = ()
    if role is None and (found := _role_in_title(entry.title)):
        role, inferred = found, ("vai trò lấy từ tên mục",)
    if role is None:
        plan.remarks.append(f"vị trí không ghi vai trò: {post.post}")
        return
    if seat is not None and seat.role is role:
        plan.remarks.append(f"vị trí đã có trong danh sách với vai trò này: {post.post}")
        return
    if leaver := _replaced_by(post, role, entry, world):
        plan.asks.append(released(leaver, entry, document, post.post))
        world.seats = [other for other in world.seats if other is not leaver]
    elif role in _BOTH_HEADS and (held := world.with_role(role)) is not None and held is not seat:
        plan.remarks.append(
            f"đã có vị trí khác giữ vai trò này ({held.post}), nguồn không nói thôi: {post.post}"
        )
        return
    if seat is not None and seat in world.seats:
        world.seats[world.seats.index(seat)] = seat.model_copy(update={"role": role})
        change = ChangeMemberRole(seat_id=seat.seat_id, new_role=role)
        key = f"role-{seat.seat_id}"
        plan.asks.append(Ask("members", change, issuer, Capacity.ISSUER.value, at, key, document, inferred))
        return
    [new], registering = seats_for(entry, [replace(post, role=role)], world)
    taken = {other.seat_id for other in world.seats}
    new = new.model_copy(update={"seat_id": _fresh(new.seat_id, taken)})
    world.seats.append(new)
    appoint = AppointMember(seat=new)
    plan.asks += [
        *registering,
        Ask("members", appoint, issuer, Capacity.ISSUER.value, at, new.seat_id, document, inferred),
    ]


def _role_in_title(title: str) -> Role | None:
    found = re.search(r"\b(?:làm|giữ chức|là)\s+(?P<role>[^,;.]+)", title)
    called = found["role"] if found else title
    made = posts.post_of(f"x – {called}").role
    return made or (Role.MEMBER if re.search(r"\b(?:ủy|thành) viên\b", called, re.IGNORECASE) else None)


def _replaced_by(post: Post, role: Role, entry: Entry, world: World) -> Seat | None:
    """The seat in whose place this one comes: the post that is named, or the one head that is replaced."""
    for words in (post.remark, entry.title):
        if (found := _INSTEAD.search(words)) and (seat := world.seat_of(found["post"].strip())):
            return seat if seat.post != post.post else None
    if role in _BOTH_HEADS and re.search(r"thay (?:thế|đổi)", entry.title, re.IGNORECASE):
        return world.with_role(role)
    return None
