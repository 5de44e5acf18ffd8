"""A working group: convened by the team leader for a stated period, over with a product or without (D9.4)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.members.capacity import Capacity
from services.members.rules import Rule
from services.members.workgroup.commands import (
    ConveneWorkingGroup,
    DeliverWorkingGroup,
    DisbandWorkingGroup,
    EndWorkingGroup,
    ExtendWorkingGroup,
    WorkingGroupCommand,
)
from services.members.workgroup.events import (
    WorkingGroupConvened,
    WorkingGroupDelivered,
    WorkingGroupDisbanded,
    WorkingGroupEvent,
    WorkingGroupExtended,
)
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import DocumentRef


@dataclass(frozen=True)
class WorkingGroup:
    """Its last day, None before it was convened; what it delivered; whether it is over."""

    until: date | None = None
    products: frozenset[tuple[str, DocumentRef | None]] = frozenset()
    over: bool = False


def convene(command: ConveneWorkingGroup, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    """D9.4: for a stated time, team members are called together and experts invited."""
    _by_leader(act)
    require(group.until is None, Rule.WORKING_GROUP_IS_NEW, f"{command.group_id} was convened already")
    require(
        command.since <= command.until and act.effective_at.earliest <= command.until,
        Rule.WORKING_GROUP_HAS_PERIOD,
        f"{command.since} to {command.until} is no period that is still to come",
    )
    require(
        bool(command.members or command.experts),
        Rule.WORKING_GROUP_HAS_PEOPLE,
        "name a member of the support team or an expert",
    )
    return [
        WorkingGroupConvened(
            group_id=command.group_id,
            subject=command.subject,
            since=command.since,
            until=command.until,
            members=tuple(dict.fromkeys(command.members)),
            experts=tuple(dict.fromkeys(command.experts)),
            drafts=command.drafts,
        )
    ]


def extend(command: ExtendWorkingGroup, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    _by_leader(act)
    until = _standing(command.group_id, group)
    if command.until == until:
        return []
    require(
        command.until > until and act.effective_at.earliest <= until,
        Rule.WORKING_GROUP_RUNS_ON,
        f"the period ends on {until}: while it runs, name a later day",
    )
    extended = WorkingGroupExtended(
        group_id=command.group_id, old_until=until, until=command.until, reason=command.reason
    )
    return [extended]


def deliver(command: DeliverWorkingGroup, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    _by_leader(act)
    _standing(command.group_id, group)
    if (command.product, command.document) in group.products:
        return []
    return [WorkingGroupDelivered.model_validate(command.model_dump())]


def disband(command: DisbandWorkingGroup, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    _by_leader(act)
    if group.over:
        return []
    _standing(command.group_id, group)
    return [
        WorkingGroupDisbanded(
            group_id=command.group_id, reason=command.reason, delivered=bool(group.products)
        )
    ]


def end(command: EndWorkingGroup, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    """D9.4: the time was a certain one; when it is over, so is the group. A late clock has nothing to say."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.WORKING_GROUP_ENDS_BY_CLOCK,
        "the clock ends it; the team leader disbands it",
    )
    if group.until is None or group.over or command.today <= group.until:
        return []
    return [WorkingGroupDisbanded(group_id=command.group_id, delivered=bool(group.products), expired=True)]


def _by_leader(act: Act) -> None:
    require(
        act.in_capacity(Capacity.TEAM_LEADER),
        Rule.WORKING_GROUP_BY_LEADER,
        "only the leader of the support team convenes and leads it",
    )


def _standing(group_id: str, group: WorkingGroup) -> date:
    """The last day of a group that is at work; refuses for any other."""
    require(
        group.until is not None and not group.over,
        Rule.WORKING_GROUP_STANDS,
        f"{group_id} is over" if group.over else f"{group_id} was not convened",
    )
    assert group.until is not None
    return group.until


def decide(command: WorkingGroupCommand, act: Act, group: WorkingGroup) -> list[WorkingGroupEvent]:
    match command:
        case ConveneWorkingGroup():
            return convene(command, act, group)
        case ExtendWorkingGroup():
            return extend(command, act, group)
        case DeliverWorkingGroup():
            return deliver(command, act, group)
        case DisbandWorkingGroup():
            return disband(command, act, group)
        case EndWorkingGroup():
            return end(command, act, group)
        case _:
            assert_never(command)


def evolve(group: WorkingGroup, event: WorkingGroupEvent) -> WorkingGroup:
    match event:
        case WorkingGroupConvened():
            return WorkingGroup(until=event.until)
        case WorkingGroupExtended():
            return replace(group, until=event.until)
        case WorkingGroupDelivered():
            return replace(group, products=group.products | {(event.product, event.document)})
        case WorkingGroupDisbanded():
            return replace(group, over=True)
        case _:
            assert_never(event)


decider: Decider[WorkingGroupCommand, WorkingGroupEvent, WorkingGroup] = Decider(
    category="workgroup",
    stream_id=lambda command: command.group_id,
    initial=WorkingGroup(),
    decide=decide,
    evolve=evolve,
)
