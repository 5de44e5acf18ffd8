"""Lists of members by decision: a whole list replaces the one before, a part of one changes single seats."""

import re

from services.cli.importer import posts
from services.cli.importer.changes import change_seats, is_change, seats_for
from services.cli.importer.chronicle import Located
from services.cli.importer.constitution import NAME, RENAMED, establish, says_more
from services.cli.importer.context import as_context
from services.cli.importer.days import effective
from services.cli.importer.entry import Entry
from services.cli.importer.papers import first_document, issuer_of
from services.cli.importer.plan import Ask, Plan
from services.cli.importer.posts import Post
from services.cli.importer.world import World
from services.members.capacity import Capacity
from services.members.commands import AppointMember, DecideComposition, RenameCommittee, ReportHeadCount
from services.members.events import Role
from shared.dates import Deadline
from shared.messages import DocumentRef

_REPLACES = re.compile(r"(?P<number>[^\s,;()]+/[^\s,;()]+)(?:,? ngày (?P<day>\d{1,2}/\d{1,2}/\d{4}))?")
_HEADS = re.compile(
    r"vien|vi_tri|lanh_dao|nguoi|truong|pho|dem_duoc|member|seat|uv|tong|so_luong", re.IGNORECASE
)


def membership(located: Located, world: World) -> Plan:
    """A list of members by decision; or, where it states no list, counts and remarks."""
    entry, plan = located.entry, Plan(located)
    counts = _counts(entry)
    listed = [post for position in entry.positions for post in posts.posts_of(position)]
    with_role = [post for post in listed if post.role is not None]
    document = first_document(entry)
    because = _no_list(entry, document, with_role, world)
    if because is None and document is not None:
        plan.asks += establish(entry, world)
        whole = any(post.role is Role.CHAIR for post in with_role) and not is_change(entry)
        if whole:
            plan.asks += _renaming(entry, document, world)
            _list(located, document, with_role, world, plan)
        elif is_change(entry) or any(seat.role.in_committee for seat in world.seats):
            change_seats(located, document, listed, world, plan)
        else:
            plan.asks += _first_seats(entry, document, with_role, world)
        if whole or not is_change(entry):
            plan.remarks += [_unknown_role(post) for post in listed if post.role is None]
        if not plan.asks:
            because = "; ".join(plan.remarks) or "không thay đổi vị trí nào"
    if because is not None:
        plan.asks += establish(entry, world)
        if not counts:
            return as_context(located, world, because, plan.asks)
        plan.remarks.append(because)
    if counts:
        person, capacity = world.recorder_of(entry)
        command = ReportHeadCount(counts=counts, remark=entry.text("conflict") or "")
        plan.asks.append(Ask("members", command, person, capacity, entry.date, "counts", document))
    return plan


def _no_list(entry: Entry, document: DocumentRef | None, posts_: list[Post], world: World) -> str | None:
    """Why the entry cannot change the list of members; None where it can."""
    if not entry.stated or document is None or not (posts_ or is_change(entry)):
        return "không phải một danh sách thành viên theo quyết định"
    chairs = sum(post.role is Role.CHAIR for post in posts_)
    if chairs > 1:
        return f"danh sách có {chairs} Trưởng ban, Quy chế chỉ có một (Điều 4)"
    if not chairs and not is_change(entry) and world.chair and not _adds(entry):
        return "danh sách không nêu Trưởng ban, không rõ thay cả danh sách hay chỉ một phần"
    return None


def _adds(entry: Entry) -> bool:
    return all(re.search(r"\((?:thêm|bổ sung|mới)", position) for position in entry.positions)


def _unknown_role(post: Post) -> str:
    if post.called:
        return f"vai trò '{post.called}' không có trong Quy chế, chỉ giữ trong ghi chú: {post.post}"
    return f"vị trí không ghi vai trò: {post.post}"


def _list(located: Located, document: DocumentRef, listed: list[Post], world: World, plan: Plan) -> None:
    """The whole list in one step."""
    entry = located.entry
    standing = [post for post in listed if post.role is Role.STANDING_DEPUTY]
    if len(standing) > 1:  # the regulation knows one (D5.1); which of them it is, nobody here can say
        listed = [
            Post(post.post, Role.DEPUTY, post.remark, post.called or "Phó Trưởng ban Thường trực")
            if post in standing
            else post
            for post in listed
        ]
        plan.remarks.append(
            f"nguồn có {len(standing)} Phó Trưởng ban Thường trực, Quy chế có một (Điều 5.1): "
            "ghi là Phó Trưởng ban"
        )
    seats, registering = seats_for(entry, listed, world)
    doubled = {seat.post for seat in seats if sum(other.post == seat.post for other in seats) > 1}
    plan.remarks += [f"vị trí ghi hơn một lần trong danh sách: {post}" for post in sorted(doubled)]
    plan.remarks += [f"nguồn ghi vai trò '{post.called}': {post.post}" for post in listed if post.called]
    plan.remarks += [
        f"một dòng nêu nhiều vị trí, ghi thành một chỗ như lời nguồn: {post.post}"
        for post in listed
        if posts.is_several(post.post)
    ]
    world.seats = list(seats)
    replaced, remarks = _replaced(entry, world)
    world.decision = document
    at, undated = effective(entry)
    plan.remarks += [*remarks, *undated]
    command = DecideComposition(seats=tuple(seats), replaces=replaced)
    issuer = issuer_of(document)
    plan.asks += [*registering, Ask("members", command, issuer, Capacity.ISSUER.value, at, "list", document)]


def _first_seats(entry: Entry, document: DocumentRef, listed: list[Post], world: World) -> list[Ask]:
    """Places of a list that names no chair, where no list is known yet."""
    seats, asks = seats_for(entry, listed, world)
    world.seats += seats
    at, _ = effective(entry)
    issuer = issuer_of(document)
    return [
        *asks,
        *(
            Ask(
                "members", AppointMember(seat=seat), issuer, Capacity.ISSUER.value, at, seat.seat_id, document
            )
            for seat in seats
        ),
    ]


def _renaming(entry: Entry, document: DocumentRef, world: World) -> list[Ask]:
    """The name that the list gives the committee, where it is another than before."""
    if found := RENAMED.search(entry.title):
        new, inferred = found["new"], ""
    elif (named := NAME.search(entry.title)) and says_more(named["name"], world.name or ""):
        new = named["name"]
        inferred = f"tên mới theo danh sách này; nguồn không nói đổi tên từ '{world.name}'"
    else:
        return []
    if new == world.name:
        return []
    world.name = new
    command = RenameCommittee(new_name=new)
    at, _ = effective(entry)
    issuer = issuer_of(document)
    return [
        Ask(
            "members",
            command,
            issuer,
            Capacity.ISSUER.value,
            at,
            "name",
            document,
            (inferred,) if inferred else (),
        )
    ]


def _counts(entry: Entry) -> dict[str, int]:
    """The figures that count members; others stay in the notes."""
    return {
        key: value
        for key, value in entry.numbers.items()
        if isinstance(value, int) and _HEADS.search(key) and value >= 0
    }


def _replaced(entry: Entry, world: World) -> tuple[DocumentRef | None, list[str]]:
    """The decision that a list takes the place of, as it was cited before where it was; and remarks."""
    found = list(_REPLACES.finditer(entry.text("replaces") or ""))
    if not found:
        return None, []
    number, day = found[0]["number"], found[0]["day"]
    known = world.decision
    if known is not None and known.number == number and (not day or known.date == Deadline.parse(day).latest):
        first = known
    else:
        first = DocumentRef(number=number, date=Deadline.parse(day).latest if day else None)
    others = [f"danh sách còn thay {match['number']}, giữ trong ghi chú" for match in found[1:]]
    return first, others
