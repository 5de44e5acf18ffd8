"""The register of agencies: who exists under which name, and who follows whom (D1).

One stream for all agencies of a committee, so that several predecessors and their successor change in
one step.
"""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity
from services.members.commands import (
    AgencyCommand,
    DissolveAgency,
    MergeAgencies,
    RegisterAgency,
    RenameAgency,
)
from services.members.events import (
    AgencyDissolved,
    AgencyEvent,
    AgencyMerged,
    AgencyRegistered,
    AgencyRenamed,
)
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId


@dataclass(frozen=True)
class Agencies:
    """The names of the agencies that stand, who came after those that ended, and which are groups."""

    standing: dict[AgencyId, str] = field(default_factory=dict)
    ended: dict[AgencyId, tuple[AgencyId, ...]] = field(default_factory=dict)
    groups: frozenset[AgencyId] = frozenset()

    def known(self, agency_id: AgencyId) -> bool:
        return agency_id in self.standing or agency_id in self.ended


def register(command: RegisterAgency, act: Act, agencies: Agencies) -> list[AgencyEvent]:
    """D1.2: an agency enters the register once."""
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.RIGHT_COMPETENCE,
        "only the issuing authority or the support team registers an agency",
    )
    require(
        not agencies.known(command.agency_id),
        Rule.AGENCY_IS_NEW,
        f"{command.agency_id} is registered already",
    )
    return [
        AgencyRegistered(
            agency_id=command.agency_id,
            name=command.name,
            collective=command.collective,
            count=command.count,
        )
    ]


def rename(command: RenameAgency, act: Act, agencies: Agencies) -> list[AgencyEvent]:
    _by_issuer(act)
    old_name = _standing(command.agency_id, agencies)
    if old_name == command.new_name:
        return []
    return [AgencyRenamed(agency_id=command.agency_id, old_name=old_name, new_name=command.new_name)]


def merge(command: MergeAgencies, act: Act, agencies: Agencies) -> list[AgencyEvent]:
    """D1: all predecessors end in one step and name the same successor; those that did so before are left.

    A group of agencies takes in none: what goes to many is dissolved. Who stands already keeps its name.
    """
    _by_issuer(act)
    successor = command.successor
    if agencies.known(successor):
        _standing(successor, agencies)
    require(successor not in agencies.groups, Rule.AGENCY_STANDS, f"{successor} is a group: dissolve into it")
    require(
        set(command.predecessors) != {successor}, Rule.AGENCY_STANDS, "an agency cannot come after itself"
    )
    ending = [
        AgencyMerged(
            agency_id=agency_id,
            name=_standing(agency_id, agencies),
            successor=successor,
            successor_name=agencies.standing.get(successor, command.successor_name),
        )
        for agency_id in dict.fromkeys(command.predecessors)
        if agency_id != successor and agencies.ended.get(agency_id) != (successor,)
    ]
    if agencies.known(successor):
        return [*ending]
    return [AgencyRegistered(agency_id=successor, name=command.successor_name), *ending]


def dissolve(command: DissolveAgency, act: Act, agencies: Agencies) -> list[AgencyEvent]:
    """D1: an agency ends; every successor that is named is another agency that stands.

    Where it is one single agency, that one takes the seats too; a group of agencies takes none.
    """
    _by_issuer(act)
    if agencies.ended.get(command.agency_id) == command.successors:
        return []
    name = _standing(command.agency_id, agencies)
    require(
        command.agency_id not in command.successors, Rule.AGENCY_STANDS, "an agency cannot come after itself"
    )
    names = [_standing(successor, agencies) for successor in command.successors]
    alone = len(set(command.successors)) == 1 and command.successors[0] not in agencies.groups
    return [
        AgencyDissolved(
            agency_id=command.agency_id,
            name=name,
            successors=command.successors,
            successor_name=names[0] if alone else None,
        )
    ]


def _by_issuer(act: Act) -> None:
    require(
        act.in_capacity(Capacity.ISSUER),
        Rule.RIGHT_COMPETENCE,
        "only the issuing authority changes an agency",
    )


def _standing(agency_id: AgencyId, agencies: Agencies) -> str:
    """The name of an agency that stands; refuses for any other."""
    require(agency_id in agencies.standing, Rule.AGENCY_STANDS, f"{agency_id} is not a standing agency")
    return agencies.standing[agency_id]


def decide(command: AgencyCommand, act: Act, agencies: Agencies) -> list[AgencyEvent]:
    match command:
        case RegisterAgency():
            return register(command, act, agencies)
        case RenameAgency():
            return rename(command, act, agencies)
        case MergeAgencies():
            return merge(command, act, agencies)
        case DissolveAgency():
            return dissolve(command, act, agencies)
        case _:
            assert_never(command)


def evolve(agencies: Agencies, event: AgencyEvent) -> Agencies:
    match event:
        case AgencyRegistered():
            return replace(
                agencies,
                standing={**agencies.standing, event.agency_id: event.name},
                groups=agencies.groups | ({event.agency_id} if event.collective else set()),
            )
        case AgencyRenamed():
            return replace(agencies, standing={**agencies.standing, event.agency_id: event.new_name})
        case AgencyMerged():
            return _ended(agencies, event.agency_id, (event.successor,))
        case AgencyDissolved():
            return _ended(agencies, event.agency_id, event.successors)
        case _:
            assert_never(event)


def _ended(agencies: Agencies, agency_id: AgencyId, successors: tuple[AgencyId, ...]) -> Agencies:
    standing = {key: name for key, name in agencies.standing.items() if key != agency_id}
    return replace(agencies, standing=standing, ended={**agencies.ended, agency_id: successors})


decider: Decider[AgencyCommand, AgencyEvent, Agencies] = Decider(
    category="agency",
    stream_id=lambda command: "register",
    initial=Agencies(),
    decide=decide,
    evolve=evolve,
)
