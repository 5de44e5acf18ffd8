"""Entries in which the committee meets, concludes, is asked for opinions, or hears of difficulties."""

import re

from services.cli.importer import names
from services.cli.importer.chronicle import Entry, Located
from services.cli.importer.constitution import establish
from services.cli.importer.context import as_context
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.world import RECORD_KEEPER, World, first_document
from services.feedback.commands import ReceiveFeedback
from services.meetings.commands import (
    ConveneMeeting,
    DutyToDo,
    IssueConclusion,
    NoteAgendaItem,
    Point,
    RequestOpinions,
)
from services.meetings.events import MeetingKind
from services.members.capacity import Capacity
from services.members.commands import DelegateAuthority
from services.members.events import Role
from shared.dates import Deadline
from shared.messages import AgencyId, PersonId
from shared.text import slug

_QUARTER = re.compile(r"(?:quý\s+)?(?P<quarter>IV|III|II|I)/(?P<year>\d{4})")
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
    if not any("Ban Chỉ đạo" in text for text in (entry.title, *entry.agencies)):
        return as_context(located, world, "nguồn không nêu là họp của Ban Chỉ đạo")
    plan = Plan(located, establish(entry, world))
    person, capacity, post, granting = _presiding(located, world)
    meeting_id = record_id(located, "meeting")
    world.meetings[entry.date] = (meeting_id, person, capacity)
    quarter = _quarter(entry)
    convene = ConveneMeeting(
        meeting_id=meeting_id,
        kind=_kind(entry, quarter),
        title=entry.title,
        held=entry.date,
        presiding=PersonId(person),
        presiding_post=post,
        form=entry.text("form"),
        points=_points(entry),
        quarter=quarter,
        joint_with=tuple(n for n in entry.agencies if n.startswith(("Tổ công tác", "Tổ công nghệ"))),
    )
    document = None  # what a meeting's entry cites are the papers before it, not its own summons
    plan.asks += [*granting, Ask("meetings", convene, person, capacity, entry.date, "meeting", document)]
    for n, item in enumerate(entry.texts("agenda"), start=1):
        noted = NoteAgendaItem(meeting_id=meeting_id, item_id=f"{n}", title=item)
        plan.asks.append(Ask("meetings", noted, *RECORD_KEEPER, entry.date, f"agenda-{n}"))
    for n, text in enumerate(entry.texts("conclusions"), start=1):
        concluded = IssueConclusion(meeting_id=meeting_id, conclusion_id=f"{n}", text=text)
        plan.asks.append(Ask("meetings", concluded, person, capacity, entry.date, f"conclusion-{n}"))
    return plan


def _presiding(located: Located, world: World) -> tuple[str, str, str | None, list[Ask]]:
    """Who presided: person, capacity, the words of the source, and the delegation that they speak of."""
    entry = located.entry
    stated = entry.text("chair") or next(
        (position for position in entry.positions if "(chủ trì)" in position.lower()), None
    )
    if stated is None and (
        found := re.search(r"((?:Phó )?Trưởng ban[^,;]*?) chủ trì", entry.title, re.IGNORECASE)
    ):
        stated = found[1]
    if stated is None:
        return *RECORD_KEEPER, None, []
    role = names.role_in(stated)
    seat = (world.with_role(role) if role else None) or world.seat_of(stated)
    if seat is None:
        post = names.post_of(stated).post
        return slug(post), role.value if role else Capacity.RECORD_KEEPER.value, stated, []
    granting = []
    if seat.role is Role.STANDING_DEPUTY and world.chair and world.binds(entry.date):
        granting.append(_delegation(located, world.chair.holder, seat.seat_id, stated))
    return seat.holder, seat.role.value, stated, granting


def _delegation(located: Located, chair: str, seat_id: str, stated: str) -> Ask:
    """D5.1: the source says that the standing deputy presided in the chair's place, for this meeting."""
    entry = located.entry
    command = DelegateAuthority(
        delegation_id=record_id(located, "delegation"),
        delegate_seat=seat_id,
        scope=entry.title,
        since=entry.date.earliest,
        until=entry.date.latest,
    )
    inferred = (f"ủy quyền suy từ lời nguồn '{stated}'; không có văn bản ủy quyền trong nguồn",)
    return Ask("members", command, chair, Capacity.CHAIR.value, entry.date, "delegation", None, inferred)


def _quarter(entry: Entry) -> str | None:
    """The quarter that a periodic meeting covers; from `quarter`, the title, or what is marked inferred."""
    for text in (entry.text("quarter"), entry.title, *entry.texts("inferred")):
        found = _QUARTER.search(text or "")
        if found and (text == entry.text("quarter") or "họp" in (text or "").lower()):
            roman = ("I", "II", "III", "IV").index(found["quarter"]) + 1
            return f"{found['year']}-Q{roman}"
    return None


def _kind(entry: Entry, quarter: str | None) -> MeetingKind | None:
    """The form that the words give; None where they give none."""
    for pattern, kind in _KINDS:
        if re.search(pattern, entry.title, re.IGNORECASE):
            return kind
    return MeetingKind.PERIODIC if quarter else None


def _points(entry: Entry) -> tuple[Point, ...]:
    return tuple(
        Point(point_id=slug(name), name=name, count=names.count_in(name)) for name in entry.texts("points")
    )


def conclusion(located: Located, world: World) -> Plan:
    """What a meeting of the committee concluded; each duty with a lead becomes a task by policy."""
    entry = located.entry
    held = world.meetings.get(entry.date)
    if held is None:
        return as_context(located, world, "không có cuộc họp nào của Ban Chỉ đạo vào ngày này trong nguồn")
    meeting_id, person, capacity = held
    plan = Plan(located)
    duties: list[DutyToDo] = []
    for item in entry.tasks:
        lead: tuple[AgencyId, ...] = ()
        if wording := item.get("lead"):
            lead, registering = world.all_of(names.agencies_in(str(wording)), entry)
            plan.asks += registering
        deadline = Deadline.parse(str(item["deadline"])) if item.get("deadline") else None
        duties.append(
            DutyToDo(what=str(item["what"]), lead=lead, lead_wording=item.get("lead"), deadline=deadline)
        )
    command = IssueConclusion(
        meeting_id=meeting_id,
        conclusion_id=record_id(located, "conclusion"),
        text=entry.title,
        duties=tuple(duties),
    )
    plan.asks.append(Ask("meetings", command, person, capacity, entry.date, "conclusion"))
    return plan


def opinion(located: Located, world: World) -> Plan:
    """The committee was asked for opinions; who answered what is in the notes as far as known."""
    entry = located.entry
    if not world.seats or world.chair is None:
        return as_context(located, world, "không rõ danh sách thành viên được xin ý kiến")
    held = world.meetings.get(entry.date)
    at_meeting = "cuộc họp" in (entry.text("form") or "")
    due = entry.text("deadline")
    command = RequestOpinions(
        round_id=record_id(located, "opinion"),
        subject=entry.title,
        asked=tuple(seat.seat_id for seat in world.seats if seat.role.in_committee),
        form="at_meeting" if at_meeting else "written",
        meeting_id=held[0] if held else None,
        due=Deadline.parse(due) if due else None,
        text_digest=None,
    )
    chair = world.chair
    inferred = ("người được xin ý kiến: cả danh sách thành viên vào ngày này",)
    return Plan(
        located,
        [Ask("meetings", command, chair.holder, chair.role.value, entry.date, "opinion", None, inferred)],
    )


def feedback(located: Located, world: World) -> Plan:
    """A recommendation or a difficulty that somebody brought forward (D7.6)."""
    entry = located.entry
    asked = re.search(r"(kiến nghị của|phản ánh của|đề nghị|kiến nghị|phản ánh)", entry.title, re.IGNORECASE)
    opened = re.search(r"\b(kênh|phát động|nền tảng [^,]*, có)\b", entry.title, re.IGNORECASE)
    if not asked or opened:
        return as_context(located, world, "không phải một phản ánh có người gửi")
    plan = Plan(located)
    sender: AgencyId | None = None
    if entry.agencies:
        sender, plan.asks = world.agency(entry.agencies[0], entry)
    bound = world.binds(entry.date)
    focal = world.focal_person if bound else None
    person, capacity = (focal, Capacity.FOCAL_POINT.value) if focal else RECORD_KEEPER
    command = ReceiveFeedback(
        feedback_id=record_id(located, "feedback"),
        subject=entry.title,
        sender=sender,
        sender_wording=entry.agencies[0] if entry.agencies else None,
        received_by=world.focal_point if bound else None,
    )
    inferred = ("đầu mối tiếp nhận theo Điều 7.6",) if focal else ()
    plan.asks.append(
        Ask("feedback", command, person, capacity, entry.date, "feedback", first_document(entry), inferred)
    )
    return plan
