"""The support team: who is in it by decision; each place comes, stays or goes."""

import re

from services.cli.importer import posts
from services.cli.importer.changes import is_change, released, seats_for
from services.cli.importer.chronicle import Located
from services.cli.importer.constitution import establish
from services.cli.importer.context import as_context
from services.cli.importer.days import effective
from services.cli.importer.papers import first_document, issuer_of
from services.cli.importer.plan import Ask, Plan
from services.cli.importer.posts import Post
from services.cli.importer.world import World
from services.members.capacity import Capacity
from services.members.commands import AppointMember
from services.members.events import Role

_OWN_TEAM = re.compile(r"tổ (?:giúp việc|thư ký|chuyên viên giúp việc)", re.IGNORECASE)


def support_team(located: Located, world: World) -> Plan:
    """A decision that lists the team. A new list ends the places that are no longer on it."""
    entry, document = located.entry, first_document(located.entry)
    listed = [_in_team(post) for position in entry.positions for post in posts.posts_of(position)]
    placed = [post for post in listed if post.role in (Role.TEAM_LEADER, Role.TEAM_MEMBER)]
    if not _OWN_TEAM.search(entry.title):
        return as_context(located, world, "không nêu là Tổ giúp việc của Ban Chỉ đạo")
    if not placed:
        return as_context(located, world, "thành phần Tổ giúp việc không có trong nguồn")
    if document is None or not entry.stated:
        return as_context(located, world, "không phải một danh sách Tổ giúp việc theo quyết định")
    if is_change(entry):
        return as_context(
            located, world, "thay đổi từng vị trí của Tổ giúp việc chưa được diễn đạt thành lệnh"
        )
    if sum(post.role is Role.TEAM_LEADER for post in placed) > 1:
        return as_context(located, world, "danh sách có hơn một Tổ trưởng")
    plan = Plan(located, establish(entry, world))
    seats, registering = seats_for(entry, placed, world, prefix="to-giup-viec-")
    at, plan.remarks = effective(entry)
    leaving = [seat for seat in world.team if seat not in seats]
    coming = [seat for seat in seats if seat not in world.team]
    plan.asks += [*registering, *(released(seat, entry, document) for seat in leaving)]
    for seat in coming:
        command = AppointMember(seat=seat)
        plan.asks.append(
            Ask("members", command, issuer_of(document), Capacity.ISSUER.value, at, seat.seat_id, document)
        )
    world.team = seats
    plan.remarks += [f"nguồn ghi vai trò '{post.called}': {post.post}" for post in placed if post.called]
    plan.remarks += [
        f"vị trí không ghi vai trò trong Tổ: {post.post}" for post in listed if post not in placed
    ]
    if not plan.asks:
        return as_context(located, world, "Tổ giúp việc vẫn như danh sách trước")
    return plan


def _in_team(post: Post) -> Post:
    """In a list of the team, `Thành viên` is a member of the team."""
    if post.role is Role.MEMBER:
        return Post(post.post, Role.TEAM_MEMBER, post.remark, post.called)
    return post
