"""The committee itself: that it exists, its name, the regulation in force, its focal points (D1, D7.6)."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.members.capacity import Capacity, for_the_chair
from services.members.commands import (
    AdoptRegulation,
    AmendRegulation,
    CommitteeCommand,
    DesignateFocalPoint,
    EstablishCommittee,
    RegisterChildCommittee,
    RenameCommittee,
)
from services.members.events import (
    ChildCommitteeRegistered,
    CommitteeEstablished,
    CommitteeEvent,
    CommitteeRenamed,
    Duty,
    FocalPointDesignated,
    Matter,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId, CommitteeId, DocumentRef


@dataclass(frozen=True)
class Committee:
    """What a decision needs to know about a committee."""

    name: str | None = None
    adopted: RegulationAdopted | None = None
    amendments: tuple[RegulationAmended, ...] = ()
    focal_points: dict[Duty, AgencyId] = field(default_factory=dict)
    children: dict[CommitteeId, str] = field(default_factory=dict)

    @property
    def regulation(self) -> DocumentRef | None:
        """The regulation in force."""
        return self.adopted.regulation if self.adopted else None


def establish(command: EstablishCommittee, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D1: the competent authority establishes a committee once."""
    require(
        act.in_capacity(Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "only the issuing authority establishes it"
    )
    require(committee.name is None, Rule.ESTABLISHED_ONCE, "it stands already: rename it instead")
    return [CommitteeEstablished(name=command.name, parent=command.parent)]


def rename(command: RenameCommittee, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D1: the same committee goes on under a new name."""
    require(act.in_capacity(Capacity.ISSUER), Rule.RIGHT_COMPETENCE, "only the issuing authority renames it")
    require(committee.name is not None, Rule.ESTABLISHED_ONCE, "it has not been established")
    if committee.name == command.new_name:
        return []
    return [CommitteeRenamed(old_name=committee.name or "", new_name=command.new_name)]


def adopt(command: AdoptRegulation, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D1, D12: the chair adopts the regulation; a new one takes the place of the one in force."""
    require(committee.name is not None, Rule.ESTABLISHED_ONCE, "the committee has not been established")
    require(
        for_the_chair(act, Matter.REGULATION),
        Rule.REGULATION_BY_CHAIR,
        "only the chair, or who acts for the chair, adopts it",
    )
    adopted = RegulationAdopted(
        regulation=command.regulation,
        title=command.title,
        replaces=committee.regulation,
        parameters=command.parameters,
    )
    now = committee.adopted
    if now is not None and now == adopted.model_copy(update={"replaces": now.replaces}):
        return []
    require(
        committee.regulation != command.regulation,
        Rule.ONE_REGULATION,
        f"{command.regulation.number} is in force already: amend it, or adopt another",
    )
    return [adopted]


def amend(command: AmendRegulation, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D1.1, D12.1: who issues the regulation amends it, from the day on which the amendment takes effect."""
    require(
        for_the_chair(act, Matter.REGULATION),
        Rule.AMENDED_BY_CHAIR,
        "only the chair, or who acts for the chair, amends it",
    )
    require(
        committee.regulation is not None and committee.regulation.number == command.regulation.number,
        Rule.AMENDS_WHAT_IS_IN_FORCE,
        f"in force is {committee.regulation or 'no regulation'}, not {command.regulation.number}",
    )
    told = RegulationAmended.model_validate(command.model_dump())
    amended = told.model_copy(update={"regulation": committee.regulation})
    if amended in committee.amendments:
        return []
    require(
        command.amendment not in (known.amendment for known in committee.amendments),
        Rule.AMENDMENT_IS_NEW,
        f"{command.amendment} amended it with another content: issue another amendment",
    )
    return [amended]


def designate(command: DesignateFocalPoint, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D7.6: one focal point per duty; it moves when its agency is merged into another."""
    require(
        for_the_chair(act, Matter.MEMBERS) or act.in_capacity(Capacity.ISSUER, Capacity.POLICY),
        Rule.RIGHT_COMPETENCE,
        "only the chair or the issuing authority designates a focal point",
    )
    require(committee.name is not None, Rule.FOCAL_POINT_STANDS, "the committee has not been established")
    before = committee.focal_points.get(command.duty)
    moved_on = command.predecessor is not None and command.predecessor != before
    if before == command.agency_id or moved_on:
        return []
    return [FocalPointDesignated(agency_id=command.agency_id, duty=command.duty, predecessor=before)]


def register_child(command: RegisterChildCommittee, act: Act, committee: Committee) -> list[CommitteeEvent]:
    """D12.2: a committee knows those that stand under it, each by its name of the day."""
    require(
        act.in_capacity(Capacity.POLICY, Capacity.ISSUER),
        Rule.RIGHT_COMPETENCE,
        "it follows from the decision that establishes the committee below",
    )
    require(committee.name is not None, Rule.PARENT_STANDS, "the committee above has not been established")
    if committee.children.get(command.child) == command.name:
        return []
    return [ChildCommitteeRegistered(child=command.child, name=command.name)]


def decide(command: CommitteeCommand, act: Act, committee: Committee) -> list[CommitteeEvent]:
    match command:
        case EstablishCommittee():
            return establish(command, act, committee)
        case RenameCommittee():
            return rename(command, act, committee)
        case AdoptRegulation():
            return adopt(command, act, committee)
        case AmendRegulation():
            return amend(command, act, committee)
        case DesignateFocalPoint():
            return designate(command, act, committee)
        case RegisterChildCommittee():
            return register_child(command, act, committee)
        case _:
            assert_never(command)


def evolve(committee: Committee, event: CommitteeEvent) -> Committee:
    match event:
        case CommitteeEstablished():
            return replace(committee, name=event.name)
        case CommitteeRenamed():
            return replace(committee, name=event.new_name)
        case RegulationAdopted():
            return replace(committee, adopted=event, amendments=())
        case RegulationAmended():
            return replace(committee, amendments=(*committee.amendments, event))
        case FocalPointDesignated():
            return replace(committee, focal_points={**committee.focal_points, event.duty: event.agency_id})
        case ChildCommitteeRegistered():
            return replace(committee, children={**committee.children, event.child: event.name})
        case _:
            assert_never(event)


decider: Decider[CommitteeCommand, CommitteeEvent, Committee] = Decider(
    category="committee",
    stream_id=lambda command: "charter",
    initial=Committee(),
    decide=decide,
    evolve=evolve,
)
