"""Which kind of entry becomes which commands: the one place where an entry is sent to its room."""

import re
from collections.abc import Callable
from copy import deepcopy

from pydantic import ValidationError

from services.cli.importer import constitution, gatherings, work
from services.cli.importer.chronicle import Chronicle, Located
from services.cli.importer.context import as_context
from services.cli.importer.plan import Plan
from services.cli.importer.world import World, is_own
from services.members.events import Duty
from shared.handling import describe


def translate(chronicle: Chronicle) -> list[Plan]:
    """One plan an entry, in order of time. Pure: the same file gives the same plans."""
    world = World(name=constitution.first_name(chronicle.entries))
    plans: list[Plan] = []
    for located in chronicle.entries:
        attempt = deepcopy(world)
        try:
            plans.append(_plan(located, attempt))
            world = attempt
        except ValidationError as error:  # its words do not fit a command; what it half did is forgotten
            plans.append(as_context(located, world, f"không thành lệnh được: {describe(error)}"))
    return plans


def _plan(located: Located, world: World) -> Plan:
    entry = located.entry
    if not is_own(located):
        return as_context(located, world, f"thuộc phạm vi khác: {entry.text('scope')}")
    return ROOMS[entry.kind](located, world)


def _programme(located: Located, world: World) -> Plan:
    title = located.entry.title
    if re.search(r"quy chế (hoạt động|làm việc)", title, re.IGNORECASE) and located.entry.documents:
        return constitution.regulation(located, world)
    return work.programme(located, world)


def _task(located: Located, world: World) -> Plan:
    entry = located.entry
    if entry.positions and not entry.agencies and not entry.details.get("lead"):
        return constitution.responsibilities(located, world)
    return work.task(located, world)


def _support_team(located: Located, world: World) -> Plan:
    if re.search(r"cơ quan thường trực", located.entry.title, re.IGNORECASE):
        return constitution.focal_point(located, world, Duty.STANDING_OFFICE)
    return as_context(located, world, "thành phần Tổ giúp việc không có trong nguồn")


def _feedback(located: Located, world: World) -> Plan:
    if re.search(r"đầu mối (?:tiếp )?nhận", located.entry.title, re.IGNORECASE):
        return constitution.focal_point(located, world, Duty.FEEDBACK)
    return gatherings.feedback(located, world)


def _outside(located: Located, world: World) -> Plan:
    reason = {
        "inspection": "kiểm tra, khảo sát chưa có lệnh riêng",
        "reward": "khen thưởng đến từ bên ngoài",
    }
    return as_context(located, world, reason[located.entry.kind])


ROOMS: dict[str, Callable[[Located, World], Plan]] = {
    "membership": constitution.membership,
    "reorganisation": constitution.reorganisation,
    "support_team": _support_team,
    "meeting": gatherings.meeting,
    "conclusion": gatherings.conclusion,
    "opinion": gatherings.opinion,
    "feedback": _feedback,
    "work_programme": _programme,
    "task": _task,
    "report": work.report,
    "inspection": _outside,
    "reward": _outside,
}
