"""Entries about work: plans, tasks, and reports on how they go."""

import re

from services.cli.importer import bodies
from services.cli.importer.chronicle import Located
from services.cli.importer.context import as_context
from services.cli.importer.entry import Entry
from services.cli.importer.papers import first_document
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.todo import ToDo, of_title, tasks_of
from services.cli.importer.world import RECORD_KEEPER, World
from services.members.capacity import Capacity
from services.tasks.commands import AssignTask, RegisterProgramme, ReportProgress
from services.tasks.events import TaskOrigin
from shared.messages import DocumentRef

_ESTIMATE = re.compile(r"(^|_)uoc_")


def programme(located: Located, world: World) -> Plan:
    """A plan that was issued and that the committee follows (D7.3), with its tasks."""
    entry, plan = located.entry, Plan(located)
    person, capacity = world.recorder_of(entry)
    document = first_document(entry)
    programme_id = record_id(located, "programme")
    command = RegisterProgramme(
        programme_id=programme_id,
        title=entry.title,
        document=document,
        figures=entry.numbers,
        basis=tuple(ref for ref in entry.refs if ref != document),
    )
    own = document is not None and any(map(bodies.is_this, bodies.spoken_of(document.issuer or "")))
    inferred = (
        ("của chính Ban; việc soạn và trình không có trong nguồn nên ghi như văn bản đã có",) if own else ()
    )
    plan.asks.append(Ask("tasks", command, person, capacity, entry.date, "programme", document, inferred))
    if document is not None:
        world.programmes.append((document, programme_id))
    listed, plan.remarks = tasks_of(entry)
    for n, item in enumerate(listed, start=1):
        _assign(located, item, n, world, plan)
    return plan


def task(located: Located, world: World) -> Plan:
    """A task as it was given; lead and deadline stay open where the source leaves them open."""
    entry, plan = located.entry, Plan(located)
    listed, plan.remarks = tasks_of(entry)
    for n, item in enumerate(listed or [of_title(entry)], start=1):
        _assign(located, item, n, world, plan)
    if result := entry.text("result"):
        plan.remarks.append(f"kết quả không ghi ngày, giữ trong ghi chú: {result}")
    return plan


def _assign(located: Located, item: ToDo, n: int, world: World, plan: Plan) -> None:
    entry, document = located.entry, first_document(located.entry)
    person, capacity = world.authority_behind(entry)
    lead, registering = world.leads_of(item.leads, entry)
    if item.leads and not lead:
        plan.remarks.append(f"không nhận ra từng cơ quan chủ trì, giữ lời nguồn: {item.lead}")
    involved, others = world.leads_of(item.partners, entry)
    plan.asks += [*registering, *others]
    command = AssignTask(
        task_id=record_id(located, f"task-{n}"),
        title=item.what,
        lead=lead,
        lead_wording=item.lead,
        with_agencies=tuple(agency for agency in involved if agency not in lead),
        start=item.start,
        deadline=item.deadline,
        origin=TaskOrigin.ASSIGNMENT if capacity == Capacity.CHAIR.value else TaskOrigin.EXTERNAL,
        origin_ref=document.number if document else None,
    )
    plan.asks.append(Ask("tasks", command, person, capacity, entry.date, f"task-{n}", document))


def report(located: Located, world: World) -> Plan:
    """Figures about a plan that is on record; any other report is context."""
    entry = located.entry
    programme_id, why = _reported_on(entry, world)
    if programme_id is None:
        return as_context(located, world, why)
    plan = Plan(located)
    estimates = {key: value for key, value in entry.numbers.items() if _ESTIMATE.search(key)}
    confirmed = {key: value for key, value in entry.numbers.items() if key not in estimates}
    for key, figures in (("progress", confirmed), ("estimate", estimates)):
        if figures or (key == "progress" and not estimates):
            command = ReportProgress(
                programme_id=programme_id,
                summary=entry.title,
                figures=figures,
                as_of=entry.date,
                estimated=key == "estimate",
            )
            plan.asks.append(Ask("tasks", command, *RECORD_KEEPER, entry.date, key, first_document(entry)))
    return plan


def _reported_on(entry: Entry, world: World) -> tuple[str | None, str]:
    """The plan that the title names, or else the first known one that the report cites; or why there is
    none. A number comes again every year: it names a plan only where it is the only one, or the cited date
    is the plan's."""
    why = "báo cáo không gắn với kế hoạch nào đã ghi"
    in_title = [
        DocumentRef(number=n)
        for n in dict.fromkeys(d.number for d, _ in world.programmes)
        if _named(n, entry)
    ]
    for cited in (*in_title, *entry.refs):
        found = [(d, key) for d, key in world.programmes if d.number == cited.number and not _clash(d, cited)]
        exact = [(d, key) for d, key in found if cited.date is not None and d.date == cited.date]
        chosen = exact or found
        if len({d.date for d, _ in chosen}) == 1:
            return chosen[0][1], ""
        if chosen:
            why = f"có {len(chosen)} kế hoạch cùng số {cited.number}, không rõ báo cáo về kế hoạch nào"
    return None, why


def _named(number: str, entry: Entry) -> bool:
    """Whether the title has this number; a bare count is none."""
    if "/" not in number or number not in entry.title:
        return False
    return re.search(rf"(?<![\w/-]){re.escape(number)}(?![\w/-])", entry.title) is not None


def _clash(one: DocumentRef, other: DocumentRef) -> bool:
    return one.date is not None and other.date is not None and one.date != other.date
