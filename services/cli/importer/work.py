"""Entries about work: plans, tasks, and reports on how they go."""

import re

from services.cli.importer import names
from services.cli.importer.chronicle import Entry, Located
from services.cli.importer.context import as_context
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.world import RECORD_KEEPER, World, first_document
from services.tasks.commands import AssignTask, RegisterProgramme, ReportProgress
from services.tasks.events import TaskOrigin
from shared.dates import Deadline
from shared.messages import AgencyId

_ESTIMATE = re.compile(r"(^|_)uoc_")


def programme(located: Located, world: World) -> Plan:
    """A plan that another authority issued and that the committee follows (D7.3), with its tasks."""
    entry, plan = located.entry, Plan(located)
    person, capacity = world.authority_behind(entry)
    document = first_document(entry)
    programme_id = record_id(located, "programme")
    command = RegisterProgramme(
        programme_id=programme_id,
        title=entry.title,
        document=document,
        figures=entry.figures,
        basis=entry.refs[1:],
    )
    plan.asks.append(Ask("tasks", command, person, capacity, entry.date, "programme", document))
    if document is not None:
        world.programmes.setdefault(document.number, programme_id)
    for n, item in enumerate(entry.tasks, start=1):
        plan.asks += _assign(located, item, n, world, origin_ref=document.number if document else None)
    return plan


def task(located: Located, world: World) -> Plan:
    """A task as it was given; lead and deadline stay open where the source leaves them open."""
    entry = located.entry
    lead = entry.text("lead")
    listed = entry.tasks or [{"what": entry.title, **({"lead": lead} if lead else {})}]
    document = first_document(entry)
    plan = Plan(located)
    for n, item in enumerate(listed, start=1):
        plan.asks += _assign(located, item, n, world, origin_ref=document.number if document else None)
    if result := entry.text("result"):
        plan.remarks.append(f"kết quả không ghi ngày, giữ trong ghi chú: {result}")
    return plan


def _assign(
    located: Located, item: dict[str, str], n: int, world: World, origin_ref: str | None
) -> list[Ask]:
    entry = located.entry
    person, capacity = world.authority_behind(entry)
    lead: tuple[AgencyId, ...] = ()
    asks: list[Ask] = []
    wording = item.get("lead")
    if wording:
        lead, asks = world.all_of(names.agencies_in(str(wording)), entry)
    involved, registering = world.all_of(entry.texts("with"), entry)
    asks += registering
    command = AssignTask(
        task_id=record_id(located, f"task-{n}"),
        title=str(item["what"]),
        lead=lead,
        lead_wording=wording,
        with_agencies=tuple(agency for agency in involved if agency not in lead),
        start=_deadline(item.get("start")),
        deadline=_deadline(item.get("deadline") or entry.text("deadline")),
        origin=TaskOrigin.EXTERNAL,
        origin_ref=origin_ref,
    )
    asks.append(Ask("tasks", command, person, capacity, entry.date, f"task-{n}", first_document(entry)))
    return asks


def _deadline(wording: object) -> Deadline | None:
    return Deadline.parse(str(wording)) if wording else None


def report(located: Located, world: World) -> Plan:
    """Figures about a plan that is on record; any other report is context."""
    entry = located.entry
    programme_id = _reported_on(entry, world)
    if programme_id is None:
        return as_context(located, world, "báo cáo không gắn với kế hoạch nào đã ghi")
    plan = Plan(located)
    estimates = {key: value for key, value in entry.figures.items() if _ESTIMATE.search(key)}
    confirmed = {key: value for key, value in entry.figures.items() if key not in estimates}
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


def _reported_on(entry: Entry, world: World) -> str | None:
    """The plan that the title names, or else the first known one that the report cites."""
    in_title = [number for number in world.programmes if number in entry.title]
    cited = [ref.number for ref in entry.refs if ref.number in world.programmes]
    return next((world.programmes[number] for number in (*in_title, *cited)), None)
