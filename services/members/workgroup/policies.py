"""What the clock asks of working groups: over when their time is over."""

from collections.abc import Iterator
from typing import Final

from services.members.workgroup.commands import EndWorkingGroup
from services.members.workgroup.events import (
    WorkingGroupConvened,
    WorkingGroupDisbanded,
    WorkingGroupExtended,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

END: Final = "working_groups_end"


def remember_working_groups(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case (
            WorkingGroupConvened(group_id=group, until=until)
            | WorkingGroupExtended(group_id=group, until=until)
        ):
            holdings.wake(envelope, END, group, day_after(until, envelope))
        case WorkingGroupDisbanded() as disbanded:
            holdings.let_sleep(envelope.committee, END, disbanded.group_id)


def end_working_group(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D9.4: the day after its last day a group is over."""
    command = EndWorkingGroup(group_id=alarm.item, today=alarm.day)
    yield Asked(service="members", command=command, key=alarm.item)


POLICIES = (Policy(END, remember=remember_working_groups, ring=end_working_group),)
