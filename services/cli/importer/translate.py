"""Which kind of entry becomes which commands: the one place where an entry is sent to its room."""

import re
from collections.abc import Callable

from pydantic import ValidationError

from services.cli.importer import (
    bodies,
    conclusions,
    constitution,
    gatherings,
    hearings,
    lists,
    merging,
    team,
    work,
)
from services.cli.importer.chronicle import Chronicle, Located
from services.cli.importer.context import as_context
from services.cli.importer.handing_on import relies
from services.cli.importer.plan import Plan
from services.cli.importer.world import World
from services.members.events import Duty
from shared.handling import describe


def translate(chronicle: Chronicle) -> list[Plan]:
    """One plan an entry, in order of time. Pure: the same file gives the same plans."""
    world = World(name=constitution.first_name(chronicle.entries))
    plans: list[Plan] = []
    for located in chronicle.entries:
        attempt = world.fork()
        try:
            plan = _plan(located, attempt)
            world = attempt
            if world.handovers and relies(plan):
                _hand_on(world, plans)
        except ValueError as error:  # its words do not fit a command; what it half did is forgotten
            why = describe(error) if isinstance(error, ValidationError) else str(error)
            plan = as_context(located, world, f"không thành lệnh được: {why}")
        plan.remarks += _uncited(located)
        plans.append(plan)
    return plans


def _hand_on(world: World, plans: list[Plan]) -> None:
    """Mergers told so far hand on what they have to, before an entry stands on it."""
    by_key = {plan.located.key: plan for plan in plans}
    for key, ask in world.handovers:
        by_key[key].asks.append(ask)
    world.handovers = []


def _plan(located: Located, world: World) -> Plan:
    entry = located.entry
    if located.twin_of is not None:
        because = f"cùng ngày, cùng loại, cùng tên với mục ở dòng {located.twin_of}: giữ như một nguồn nữa"
        return as_context(located, world, because)
    if other := bodies.other_body(entry):
        return as_context(located, world, other)
    return ROOMS[entry.kind](located, world)


def _uncited(located: Located) -> list[str]:
    """Documents that cannot be cited, because no number is known."""
    unknown = [document for document in located.entry.documents if document.number is None]
    return [f"văn bản không rõ số, giữ trong ghi chú: {document.issuer or '?'}" for document in unknown]


def _programme(located: Located, world: World) -> Plan:
    if constitution.is_regulation(located.entry):
        return constitution.regulation(located, world)
    if re.search(r"quy chế", located.entry.title, re.IGNORECASE):
        return as_context(located, world, "không phải việc ban hành Quy chế của Ban Chỉ đạo")
    return work.programme(located, world)


def _task(located: Located, world: World) -> Plan:
    entry = located.entry
    if entry.positions and not entry.agencies and not entry.details.get("lead"):
        return constitution.responsibilities(located, world)
    return work.task(located, world)


def _support_team(located: Located, world: World) -> Plan:
    if re.search(r"cơ quan thường trực", located.entry.title, re.IGNORECASE):
        return constitution.focal_point(located, world, Duty.STANDING_OFFICE)
    return team.support_team(located, world)


def _feedback(located: Located, world: World) -> Plan:
    if re.search(r"đầu mối (?:tiếp )?nhận", located.entry.title, re.IGNORECASE):
        return constitution.focal_point(located, world, Duty.FEEDBACK)
    return hearings.feedback(located, world)


def _outside(located: Located, world: World) -> Plan:
    reason = {
        "inspection": "kiểm tra, khảo sát chưa có lệnh riêng",
        "reward": "khen thưởng đến từ bên ngoài",
    }
    return as_context(located, world, reason[located.entry.kind])


ROOMS: dict[str, Callable[[Located, World], Plan]] = {
    "membership": lists.membership,
    "reorganisation": merging.reorganisation,
    "support_team": _support_team,
    "meeting": gatherings.meeting,
    "conclusion": conclusions.conclusion,
    "opinion": hearings.opinion,
    "feedback": _feedback,
    "work_programme": _programme,
    "task": _task,
    "report": work.report,
    "inspection": _outside,
    "reward": _outside,
}
