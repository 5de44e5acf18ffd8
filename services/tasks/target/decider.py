"""A set of targets: listed, assessed again and again, revised; each set counts by itself (D5.2.b)."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.tasks.rules import Rule
from services.tasks.target.commands import (
    AssessTarget,
    ListedTarget,
    ReviseTargets,
    SetTargets,
    TargetCommand,
)
from services.tasks.target.events import Target, TargetAssessed, TargetEvent, TargetsRevised, TargetsSet
from services.tasks.task.state import authority_of, head_of, is_authority
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class TargetSet:
    """A set so far: its list by id, and what was said last of each target."""

    title: str | None = None
    authority: str | None = None
    targets: dict[str, Target] = field(default_factory=dict)
    assessed: dict[str, TargetAssessed] = field(default_factory=dict)


def set_targets(command: SetTargets, act: Act, known: TargetSet) -> list[TargetEvent]:
    """D4.1: targets come with the programme that sets them, from the chair or from outside."""
    outside = act.in_capacity(Capacity.ISSUER) and (act.document or act.source) is not None
    _by_chair(act, outside)
    require(known.title is None, Rule.TARGETS_ARE_NEW, f"{command.set_id} is set already: revise it")
    return [
        TargetsSet(
            set_id=command.set_id,
            title=command.title,
            period=command.period,
            targets=_listed(command.targets),
            authority=None if for_the_chair(act, Matter.PROGRAMMES) else authority_of(act),
        )
    ]


def assess(command: AssessTarget, act: Act, known: TargetSet) -> list[TargetEvent]:
    """D5.2.b, D7.3: a restated outcome stands beside the earlier ones; the same again is no news."""
    _stands(command.set_id, known)
    require(
        command.target_id in known.targets,
        Rule.TARGET_IS_LISTED,
        f"{command.target_id} is none of the {len(known.targets)} targets of {command.set_id}",
    )
    by_team = act.in_capacity(*SUPPORT_TEAM)
    require(
        by_team or head_of(act, known.targets[command.target_id].lead),
        Rule.ASSESSED_BY,
        "the support team assesses a target, or the agency that leads it",
    )
    require(
        by_team or command.estimated,
        Rule.LEAD_ESTIMATES,
        "the lead agency's own figure is an estimate until the support team confirms it",
    )
    require(
        command.estimated or command.as_of.earliest <= act.effective_at.latest,
        Rule.CONFIRMED_IS_PAST,
        f"an outcome as of {command.as_of} can only be estimated on {act.effective_at}",
    )
    assessed = TargetAssessed.model_validate(command.model_dump())
    return [] if known.assessed.get(command.target_id) == assessed else [assessed]


def revise(command: ReviseTargets, act: Act, known: TargetSet) -> list[TargetEvent]:
    """D4.1: who sets targets may set others in their place; an outside authority in that of its own."""
    _by_chair(act, is_authority(act, known.authority) and (act.document or act.source) is not None)
    title, targets = _stands(command.set_id, known), _listed(command.targets)
    if (command.title or title, targets) == (title, tuple(known.targets.values())):
        return []
    return [
        TargetsRevised(
            set_id=command.set_id, title=command.title or title, targets=targets, reason=command.reason
        )
    ]


def _by_chair(act: Act, from_outside: bool) -> None:
    from_source = act.in_capacity(*SUPPORT_TEAM) and act.source is not None
    require(
        for_the_chair(act, Matter.PROGRAMMES) or from_outside or from_source,
        Rule.TARGETS_SET_BY_CHAIR,
        "the chair, or who acts for the chair, sets targets; an outside authority by its document; "
        "the support team records them from a source",
    )


def _stands(set_id: str, known: TargetSet) -> str:
    """The title of a set that there is; refuses for any other."""
    require(known.title is not None, Rule.TARGETS_STAND, f"no targets were set as {set_id}")
    assert known.title is not None
    return known.title


def _listed(targets: tuple[ListedTarget, ...]) -> tuple[Target, ...]:
    return tuple(Target.model_validate(target.model_dump()) for target in targets)


def decide(command: TargetCommand, act: Act, known: TargetSet) -> list[TargetEvent]:
    match command:
        case SetTargets():
            return set_targets(command, act, known)
        case AssessTarget():
            return assess(command, act, known)
        case ReviseTargets():
            return revise(command, act, known)
        case _:
            assert_never(command)


def evolve(known: TargetSet, event: TargetEvent) -> TargetSet:
    match event:
        case TargetsSet():
            return TargetSet(event.title, event.authority, _by_id(event.targets))
        case TargetsRevised():
            return replace(known, title=event.title, targets=_by_id(event.targets))
        case TargetAssessed():
            return replace(known, assessed={**known.assessed, event.target_id: event})
        case _:
            assert_never(event)


def _by_id(targets: tuple[Target, ...]) -> dict[str, Target]:
    return {target.target_id: target for target in targets}


decider: Decider[TargetCommand, TargetEvent, TargetSet] = Decider(
    category="target",
    stream_id=lambda command: command.set_id,
    initial=TargetSet(),
    decide=decide,
    evolve=evolve,
)
