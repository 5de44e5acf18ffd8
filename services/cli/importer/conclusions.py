"""Entries and lines in which the committee concludes, and gives others something to do."""

import re

from services.cli.importer import wording
from services.cli.importer.chronicle import Located
from services.cli.importer.context import as_context
from services.cli.importer.entry import Entry
from services.cli.importer.papers import first_document
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.todo import ToDo, tasks_of, todos
from services.cli.importer.world import Held, World
from services.meetings.commands import DutyToDo, IssueConclusion
from shared.dates import Moment
from shared.messages import DocumentRef

_HELD_ON = re.compile(r"(?<!\d)(\d{1,2}/\d{1,2}/\d{4})(?!\d)")


def conclusion(located: Located, world: World) -> Plan:
    """What a meeting of the committee concluded; each duty with a lead becomes a task by policy."""
    entry = located.entry
    held, inferred = _concluded_at(entry, world)
    if not held:
        return as_context(located, world, "không có cuộc họp nào của Ban Chỉ đạo vào ngày này trong nguồn")
    if len(held) > 1:
        return as_context(
            located, world, f"có {len(held)} cuộc họp vào ngày này, không rõ kết luận của cuộc nào"
        )
    plan = Plan(located)
    listed, plan.remarks = tasks_of(entry)
    duties = tuple(_duty(item, entry, world, plan) for item in listed)
    command = IssueConclusion(
        meeting_id=held[0].meeting_id,
        conclusion_id=record_id(located, "conclusion"),
        text=entry.title,
        duties=duties,
        notice=_notice(entry),
    )
    by = held[0].person, held[0].capacity
    plan.asks.append(Ask("meetings", command, *by, entry.date, "conclusion", None, inferred))
    conclude_lines(located, world, plan, held[0])
    return plan


def _concluded_at(entry: Entry, world: World) -> tuple[list[Held], tuple[str, ...]]:
    """The meetings that it may conclude: of the day that it names, or else of its own."""
    named = wording.moment_of(entry.text("meeting") or "")
    if named is None and (found := _HELD_ON.findall(entry.title)) and len(set(found)) == 1:
        named = wording.moment_of(found[0])
    at: Moment = named or entry.date
    vague = len(at) < len("2022-09-28")
    inferred = (f"ghép với cuộc họp duy nhất ghi '{at}' trong nguồn",) if vague else ()
    return world.meetings.get(at, []), inferred


def _notice(entry: Entry) -> DocumentRef | None:
    """The notice (`thông báo`) by which it was made known, where one is cited."""
    document = first_document(entry)
    return document if document and re.search(r"TB\b", document.number) else None


def conclude_lines(located: Located, world: World, plan: Plan, held: Held) -> None:
    """Every line of `conclusions` by itself; a line with a lead or a deadline is something to be done."""
    entry = located.entry
    lines, remarks = todos(entry.details.get("conclusions"), entry)
    plan.remarks += remarks
    for n, line in enumerate(lines, start=1):
        to_do = line.lead is not None or line.deadline is not None
        duties = (_duty(line, entry, world, plan),) if to_do else ()
        meeting_id, by = held.meeting_id, (held.person, held.capacity)
        name = f"{n}" if entry.kind == "meeting" else f"{record_id(located, 'conclusion')}-{n}"
        concluded = IssueConclusion(meeting_id=meeting_id, conclusion_id=name, text=line.what, duties=duties)
        plan.asks.append(Ask("meetings", concluded, *by, entry.date, f"conclusion-{n}"))


def _duty(item: ToDo, entry: Entry, world: World, plan: Plan) -> DutyToDo:
    lead, registering = world.leads_of(item.leads, entry)
    plan.asks += registering
    if item.leads and not lead:
        plan.remarks.append(f"không nhận ra từng cơ quan chủ trì, giữ lời nguồn: {item.lead}")
    return DutyToDo(what=item.what, lead=lead, lead_wording=item.lead, deadline=item.deadline)
