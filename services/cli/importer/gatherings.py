"""Entries in which the committee meets."""

import re

from services.cli.importer import bodies, names
from services.cli.importer.chronicle import Located
from services.cli.importer.conclusions import conclude_lines
from services.cli.importer.constitution import establish
from services.cli.importer.context import as_context
from services.cli.importer.entry import Entry
from services.cli.importer.plan import Ask, Plan, id_of, record_id
from services.cli.importer.presiding import Presiding, presiding_of
from services.cli.importer.world import RECORD_KEEPER, Held, World
from services.meetings.commands import ConveneMeeting, NoteAgendaItem, Point
from services.meetings.events import MeetingKind
from shared.messages import PersonId

_QUARTER = re.compile(
    r"(?:quý\s+)?(?P<roman>IV|III|II|I)\s*(?:[/-]|\s+năm\s+)\s*(?P<year>\d{4})|"
    r"quý\s+(?P<digit>[1-4])\s*(?:[/-]|\s+năm\s+)\s*(?P<year_2>\d{4})|(?P<year_3>\d{4})-Q(?P<digit_3>[1-4])",
    re.IGNORECASE,
)
_KINDS = (
    (r"mở rộng", MeetingKind.EXPANDED),
    (r"đột xuất", MeetingKind.EXTRAORDINARY),
    (r"hội thảo", MeetingKind.WORKSHOP),
    (r"hội nghị", MeetingKind.CONFERENCE),
    (r"làm việc với", MeetingKind.WORKING_SESSION),
)


def meeting(located: Located, world: World) -> Plan:
    """A meeting of this committee: convened, with its agenda as far as known, and its conclusions."""
    entry = located.entry
    if not bodies.speaks_of_a_committee(entry):
        return as_context(located, world, "nguồn không nêu là họp của Ban Chỉ đạo")
    who = presiding_of(located, world)
    if who.words is None and world.binds(entry.date):
        because = "nguồn không nêu ai chủ trì, mà Quy chế đang có hiệu lực đòi biết (Điều 4.3)"
        return as_context(located, world, because)
    plan = Plan(located, establish(entry, world))
    meeting_id = record_id(located, "meeting")
    world.meetings.setdefault(entry.date, []).append(Held(meeting_id, who.person, who.capacity))
    plan.asks += [*who.granting, _convening(entry, meeting_id, who)]
    for n, item in enumerate(entry.texts("agenda"), start=1):
        noted = NoteAgendaItem(meeting_id=meeting_id, item_id=f"{n}", title=item)
        plan.asks.append(Ask("meetings", noted, *RECORD_KEEPER, entry.date, f"agenda-{n}"))
    conclude_lines(located, world, plan, Held(meeting_id, who.person, who.capacity))
    if entry.details.get("tasks"):
        plan.remarks.append("việc (tasks) ghi ở cuộc họp mà không ở kết luận, chỉ giữ trong ghi chú")
    return plan


def _convening(entry: Entry, meeting_id: str, who: Presiding) -> Ask:
    quarter = _quarter(entry)
    convene = ConveneMeeting(
        meeting_id=meeting_id,
        kind=_kind(entry, quarter),
        title=entry.title,
        held=entry.date,
        presiding=PersonId(who.presided),
        presiding_post=who.words,
        co_presiding=tuple(PersonId(other) for other in who.others),
        form=entry.text("form"),
        points=_points(entry),
        quarter=quarter,
        joint_with=_joint(entry),
    )
    # No document: what a meeting's entry cites are the papers before it, not its own summons.
    return Ask(
        "meetings", convene, who.person, who.capacity, entry.date, "meeting", None, inferred=who.inferred
    )


def _quarter(entry: Entry) -> str | None:
    """The quarter that a periodic meeting covers; from `quarter`, the title, or what is marked inferred.
    A text that names two quarters does not say which one it is."""
    for text in (entry.text("quarter"), entry.title, *entry.texts("inferred")):
        if not text or (text != entry.text("quarter") and not re.search(r"họp", text, re.IGNORECASE)):
            continue
        found = {_written(match) for match in _QUARTER.finditer(text)}
        if len(found) == 1:
            return found.pop()
    return None


def _written(match: re.Match[str]) -> str:
    year = match["year"] or match["year_2"] or match["year_3"]
    if match["roman"]:
        return f"{year}-Q{('I', 'II', 'III', 'IV').index(match['roman'].upper()) + 1}"
    return f"{year}-Q{match['digit'] or match['digit_3']}"


def _kind(entry: Entry, quarter: str | None) -> MeetingKind | None:
    """The form that the words give; None where they give none."""
    for pattern, kind in _KINDS:
        if re.search(pattern, entry.title, re.IGNORECASE):
            return kind
    return MeetingKind.PERIODIC if quarter else None


def _points(entry: Entry) -> tuple[Point, ...]:
    written = [part.strip() for text in entry.texts("points") for part in text.split(";") if part.strip()]
    points: dict[str, Point] = {}
    for n, name in enumerate(written, start=1):
        key = id_of(name, f"diem-{n}")
        point_id = key if key not in points else f"{key}-{n}"
        points[point_id] = Point(point_id=point_id, name=name, count=names.count_in(name) or None)
    return tuple(points.values())


def _joint(entry: Entry) -> tuple[str, ...]:
    """Task groups that met together with the committee, where the title says that they did."""
    together = re.search(r"\bchung\b|liên tịch|\bvà Tổ\b", entry.title, re.IGNORECASE)
    groups = [name for name in entry.agencies if name.startswith(("Tổ công tác", "Tổ công nghệ"))]
    return tuple(groups) if together else ()
