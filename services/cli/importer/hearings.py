"""Entries in which the committee is asked for opinions, or hears of difficulties."""

import re

from services.cli.importer import names
from services.cli.importer.chronicle import Located
from services.cli.importer.context import as_context
from services.cli.importer.entry import Entry
from services.cli.importer.papers import first_document
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.todo import deadline_of
from services.cli.importer.world import RECORD_KEEPER, World
from services.feedback.commands import ReceiveFeedback
from services.meetings.commands import RequestOpinions
from services.meetings.events import RoundForm
from services.members.capacity import Capacity
from shared.messages import AgencyId

_AT_MEETING = re.compile(r"tại (?:cuộc|phiên|kỳ|buổi|hội nghị)|cuộc họp|phiên họp", re.IGNORECASE)
_WRITTEN = re.compile(r"văn bản|phiếu|công văn|thư điện tử|email", re.IGNORECASE)
_VOICED = re.compile(r"(?:kiến nghị|phản ánh|đề nghị|nêu vướng mắc|nêu khó khăn)", re.IGNORECASE)
_OPENED = re.compile(
    r"\b(?:phát động|khai trương|ra mắt|vận hành|công bố|đưa vào|mở|thiết lập|nền tảng [^,]*, có)\b|"
    r"\blà (?:các |những )?kênh\b|\bkênh (?:tiếp nhận|phản ánh)",
    re.IGNORECASE,
)


def opinion(located: Located, world: World) -> Plan:
    """The committee was asked for opinions; who answered what is in the notes as far as known."""
    entry = located.entry
    if not world.seats or world.chair is None:
        return as_context(located, world, "không rõ danh sách thành viên được xin ý kiến")
    form, inferred = _form(entry)
    if form is None:
        return as_context(located, world, "nguồn không nêu xin ý kiến bằng văn bản hay tại cuộc họp (Điều 3)")
    plan = Plan(located)
    asked = _asked(entry, world, plan)
    if not asked:
        asked = tuple(seat.seat_id for seat in world.seats if seat.role.in_committee)
        inferred = (*inferred, "người được xin ý kiến: cả danh sách thành viên vào ngày này")
    held = world.meetings.get(entry.date, []) if form is RoundForm.AT_MEETING else []
    command = RequestOpinions(
        round_id=record_id(located, "opinion"),
        subject=entry.title,
        asked=asked,
        form=form,
        meeting_id=held[0].meeting_id if len(held) == 1 else None,
        due=deadline_of(entry.details.get("deadline")),
        text_digest=None,
    )
    chair = world.chair
    plan.asks.append(
        Ask("meetings", command, chair.holder, chair.role.value, entry.date, "opinion", None, inferred)
    )
    return plan


def _form(entry: Entry) -> tuple[RoundForm | None, tuple[str, ...]]:
    for words in (entry.text("form") or "", entry.title):
        if _AT_MEETING.search(words):
            return RoundForm.AT_MEETING, ()
        if _WRITTEN.search(words):
            return RoundForm.WRITTEN, ()
    if entry.refs:
        return RoundForm.WRITTEN, (f"hình thức bằng văn bản suy từ {entry.refs[0].number}",)
    return None, ()


def _asked(entry: Entry, world: World, plan: Plan) -> tuple[str, ...]:
    """The seats that the entry names one by one; none where it names them only as the members."""
    found = [(position, world.seat_of(position)) for position in entry.positions]
    seats = tuple(dict.fromkeys(seat.seat_id for _, seat in found if seat))
    if seats:
        plan.remarks += [f"không tìm thấy vị trí trong danh sách: {p}" for p, seat in found if seat is None]
    return seats


def feedback(located: Located, world: World) -> Plan:
    """A recommendation or a difficulty that somebody brought forward (D7.6)."""
    entry = located.entry
    if not _VOICED.search(entry.title) or _OPENED.search(entry.title):
        return as_context(located, world, "không phải một phản ánh có người gửi")
    plan = Plan(located)
    agency, words = _sender(entry)
    sender: AgencyId | None = None
    if agency:
        sender, plan.asks = world.agency(agency, entry)
    bound = world.binds(entry.date)
    focal = world.focal_person if bound else None
    person, capacity = (focal, Capacity.FOCAL_POINT.value) if focal else RECORD_KEEPER
    command = ReceiveFeedback(
        feedback_id=record_id(located, "feedback"),
        subject=entry.title,
        sender=sender,
        sender_wording=words,
        received_by=world.focal_point if bound else None,
    )
    inferred = ("đầu mối tiếp nhận theo Điều 7.6",) if focal else ()
    plan.asks.append(
        Ask("feedback", command, person, capacity, entry.date, "feedback", first_document(entry), inferred)
    )
    return plan


def _sender(entry: Entry) -> tuple[str | None, str | None]:
    """Who brought it forward: as `sender` says, or the agency that the title names before the verb or after
    `của`; else only the title's own words for them (`Cử tri`)."""
    voiced = _VOICED.search(entry.title)
    assert voiced is not None
    before = entry.title[: voiced.start()].strip(" ,:-–")
    of = re.match(
        r"\s+của\s+(?P<who>.+?)(?:\s+(?:về|tại|trong|được)\b|[,;:.]|$)", entry.title[voiced.end() :]
    )
    said = entry.text("sender") or (of["who"] if of else before) or None
    if said is None:
        return None, None
    named = [name for name in entry.agencies if names.named_in(name, said) or _begins(name, said)]
    return (named[0], named[0]) if named else (None, said)


def _begins(name: str, said: str) -> bool:
    """`HĐND tỉnh Mẫu khóa XVII` is spoken of as `HĐND tỉnh`."""
    return " ".join(name.split()[:2]) in said
