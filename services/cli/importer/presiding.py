"""Who presided over a meeting, as its source tells it, and by what authority."""

import re
from dataclasses import dataclass, field

from services.cli.importer import names, posts
from services.cli.importer.chronicle import Located
from services.cli.importer.entry import Entry
from services.cli.importer.plan import Ask, id_of, record_id
from services.cli.importer.world import RECORD_KEEPER, World
from services.members.capacity import Capacity
from services.members.commands import DelegateAuthority
from services.members.events import Role

UNKNOWN = "khong-ro"
"""Stands for who presided where no source says it; never the id of anybody."""

_IN_TITLE = re.compile(
    r"(?:^|[,;:.]\s*|\bdo )(?P<post>(?:đồng chí )?(?:Phó )?(?:Trưởng ban|Chủ tịch|Bí thư|Phó Bí thư|Giám đốc)"
    r"[^,;:]*?) (?:đồng )?chủ trì",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Presiding:
    """`person` and `capacity` convene and conclude; `words` are the source's, None where it has none."""

    person: str
    capacity: str
    words: str | None = None
    presided: str = UNKNOWN
    others: tuple[str, ...] = ()
    granting: tuple[Ask, ...] = ()
    inferred: tuple[str, ...] = field(default=())


def presiding_of(located: Located, world: World) -> Presiding:
    said = _said(located.entry)
    if not said:
        unknown = ("nguồn không nêu ai chủ trì",)
        return Presiding(*RECORD_KEEPER, inferred=unknown)
    known = [(words, _who(words, world)) for words in said]
    first = next((n for n, (_, who) in enumerate(known) if who[1] == Capacity.CHAIR.value), 0)
    words, (person, capacity, seat_id) = known[first]
    granting = []
    if (
        capacity == Capacity.STANDING_DEPUTY.value
        and seat_id
        and world.chair
        and world.binds(located.entry.date)
    ):
        granting.append(_delegation(located, world.chair.holder, seat_id, words))
    return Presiding(
        person=person,
        capacity=capacity,
        words="; ".join(said),
        presided=person,
        others=tuple(who[0] for n, (_, who) in enumerate(known) if n != first and who[0] != person),
        granting=tuple(granting),
    )


def _said(entry: Entry) -> list[str]:
    """The words for who presided; several where they did it together."""
    stated = [words for words in entry.texts("chair") if not names.is_unknown(words)]
    if not stated:
        stated = [p for p in entry.positions if re.search(r"\((?:đồng )?chủ trì\)", p, re.IGNORECASE)]
    if not stated and (found := _IN_TITLE.search(entry.title)):
        stated = [found["post"]]
    return stated


def _who(words: str, world: World) -> tuple[str, str, str | None]:
    """Person, capacity and seat: by the role that the words name, or by the post."""
    role = posts.role_in(words)
    seat = (world.with_role(role) if role in (Role.CHAIR, Role.STANDING_DEPUTY) else None) or world.seat_of(
        words
    )
    if seat is not None:
        return seat.holder, seat.role.value, seat.seat_id
    person = id_of(posts.post_of(words).post, "nguoi-chu-tri")[:200]
    return person, role.value if role else Capacity.RECORD_KEEPER.value, None


def _delegation(located: Located, chair: str, seat_id: str, stated: str) -> Ask:
    """D5.1: the source says that the standing deputy presided in the chair's place, for this meeting."""
    entry = located.entry
    command = DelegateAuthority(
        delegation_id=record_id(located, "delegation"),
        delegate_seat=seat_id,
        scope=entry.title[:500],
        since=entry.date.earliest,
        until=entry.date.latest,
    )
    inferred = (f"ủy quyền suy từ lời nguồn '{stated}'; không có văn bản ủy quyền trong nguồn",)
    return Ask("members", command, chair, Capacity.CHAIR.value, entry.date, "delegation", None, inferred)
