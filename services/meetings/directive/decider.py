"""A directive: whom it is for, who acknowledged it and who keeps silent (D4.2, D5.2, D11.1)."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.meetings.directive.commands import (
    AcknowledgeDirective,
    DirectiveCommand,
    IssueDirective,
    MarkAcknowledgementsOverdue,
    ReaddressDirective,
    WithdrawDirective,
)
from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    AcknowledgementOverdue,
    DirectiveAcknowledged,
    DirectiveEvent,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from services.meetings.rules import Rule, require_where_bound
from services.meetings.speaking import heads
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair, noticed
from services.members.events import Matter
from services.members.parameters import terms
from shared.dates import Deadline
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import AgencyId


@dataclass(frozen=True)
class Directive:
    """A directive so far; `addressees` are those whom it is for now, with the last word of each."""

    issued: DirectiveIssued | None = None
    addressees: tuple[AgencyId, ...] = ()
    due: Deadline | None = None
    acknowledged: dict[AgencyId, DirectiveAcknowledged] = field(default_factory=dict)
    overdue: frozenset[AgencyId] = frozenset()
    withdrawn: bool = False

    @property
    def silent(self) -> list[AgencyId]:
        return [agency for agency in self.addressees if agency not in self.acknowledged]


def issue(command: IssueDirective, act: Act, directive: Directive) -> list[DirectiveEvent]:
    """D4.2: the chair directs, and so do the deputies (D5.1, D5.2); D5.2.a: the support team too."""
    team = command.to_support_team or SUPPORT_TEAM_ID in command.to
    if team:
        require(
            act.in_capacity(*LEADERS),
            Rule.TEAM_DIRECTED_BY_LEADERS,
            "only the chair or a deputy directs the support team",
        )
    require(act.in_capacity(*LEADERS), Rule.DIRECTED_BY_LEADERS, "only the chair or a deputy directs")
    require(directive.issued is None, Rule.DIRECTIVE_IS_NEW, f"{command.directive_id} was issued already")
    require_where_bound(
        act,
        bool(command.to) or team or act.source is not None,
        Rule.SOMEBODY_IS_DIRECTED,
        "name the agencies that it is for, or the support team",
    )
    told = {
        **command.model_dump(),
        "to": tuple(agency for agency in dict.fromkeys(command.to) if agency != SUPPORT_TEAM_ID),
        "to_support_team": team,
        "acknowledge_by": _due(command, act),
        "issued_by": act.actor.person,
    }
    return [DirectiveIssued.model_validate(told)]


def _due(command: IssueDirective, act: Act) -> Deadline | None:
    """The day that the directive names, or the one of the regulation; for a source nothing is filled in."""
    parameters = terms(act)
    if command.acknowledge_by is not None or act.source is not None or not act.actor.mandate.bound:
        return parameters.settle(command.acknowledge_by)
    days = parameters.acknowledge_working_days
    return Deadline(
        wording=f"{days} ngày làm việc",
        latest=parameters.due(act.effective_at.latest, days),
        calendar=parameters.work.version,
    )


def acknowledge(command: AcknowledgeDirective, act: Act, directive: Directive) -> list[DirectiveEvent]:
    """D11.1: who heads the agency says what was made known to whom. Late is recorded, never refused."""
    _standing(directive)
    require(
        command.agency_id in directive.addressees,
        Rule.ADDRESSEE_ACKNOWLEDGES,
        f"it is not for {command.agency_id}, but for: {', '.join(directive.addressees) or 'nobody named'}",
    )
    team = command.agency_id == SUPPORT_TEAM_ID
    require(
        act.in_capacity(Capacity.TEAM_LEADER) if team else heads(act, command.agency_id),
        Rule.ACKNOWLEDGED_BY_ITS_HEAD,
        f"only who heads {command.agency_id} acknowledges for it",
    )
    before = directive.acknowledged.get(command.agency_id)
    if before is not None and before.measures == command.measures:
        return []
    passed = directive.due is not None and directive.due.passed(act.effective_at.earliest)
    return [
        DirectiveAcknowledged(
            directive_id=command.directive_id,
            agency_id=command.agency_id,
            measures=command.measures,
            late=before.late if before is not None else passed,
        )
    ]


def mark_overdue(
    command: MarkAcknowledgementsOverdue, act: Act, directive: Directive
) -> list[DirectiveEvent]:
    """D11.1: once for each addressee. A clock that comes after the withdrawal finds nothing to mark."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.SILENCE_BY_CLOCK,
        "overdue follows from the clock; the support team may look at it",
    )
    if directive.withdrawn:
        return []
    _standing(directive)
    due, today = directive.due, noticed(act, command.today)
    if due is None or not due.passed(today):
        return []
    return [
        AcknowledgementOverdue(directive_id=command.directive_id, agency_id=agency, due=due, seen=today)
        for agency in directive.silent
        if agency not in directive.overdue
    ]


def readdress(command: ReaddressDirective, act: Act, directive: Directive) -> list[DirectiveEvent]:
    """D1, D4.2: what an agency that ended left unanswered its successors acknowledge, or whom a leader
    names; what it acknowledged itself stays its own."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS),
        Rule.READDRESSED_BY_LEADERS,
        "only the chair or a deputy addresses it anew, or it follows its agency",
    )
    if directive.withdrawn and act.in_capacity(Capacity.POLICY):
        return []  # withdrawn while the policy was on its way
    _standing(directive)
    heirs = tuple(agency for agency in dict.fromkeys(command.to) if agency != command.from_agency)
    if command.from_agency not in directive.silent or not heirs:
        return []
    return [
        DirectiveReaddressed(
            directive_id=command.directive_id,
            from_agency=command.from_agency,
            to=heirs,
            reason=command.reason,
            acknowledge_by=directive.due,
        )
    ]


def withdraw(command: WithdrawDirective, act: Act, directive: Directive) -> list[DirectiveEvent]:
    """D4.2: a leader withdraws a directive; a deputy's is not withdrawn by another deputy."""
    if directive.withdrawn:
        return []
    _standing(directive)
    require(
        for_the_chair(act, Matter.DIRECTIVES) or _issued_it(act, directive),
        Rule.WITHDRAWN_BY_ISSUER,
        "only who issued it, the chair, or who acts for the chair, withdraws it",
    )
    return [DirectiveWithdrawn(directive_id=command.directive_id, reason=command.reason)]


def _issued_it(act: Act, directive: Directive) -> bool:
    issued = directive.issued
    return act.in_capacity(*LEADERS) and issued is not None and act.actor.person == issued.issued_by


def _standing(directive: Directive) -> None:
    require(directive.issued is not None, Rule.DIRECTIVE_STANDS, "no such directive was issued")
    require(not directive.withdrawn, Rule.DIRECTIVE_STANDS, "the directive was withdrawn")


def decide(command: DirectiveCommand, act: Act, directive: Directive) -> list[DirectiveEvent]:
    match command:
        case IssueDirective():
            return issue(command, act, directive)
        case AcknowledgeDirective():
            return acknowledge(command, act, directive)
        case MarkAcknowledgementsOverdue():
            return mark_overdue(command, act, directive)
        case ReaddressDirective():
            return readdress(command, act, directive)
        case WithdrawDirective():
            return withdraw(command, act, directive)
        case _:
            assert_never(command)


def evolve(directive: Directive, event: DirectiveEvent) -> Directive:
    match event:
        case DirectiveIssued():
            return Directive(issued=event, addressees=event.addressees, due=event.acknowledge_by)
        case DirectiveAcknowledged():
            acknowledged = {**directive.acknowledged, event.agency_id: event}
            return replace(directive, acknowledged=acknowledged)
        case AcknowledgementOverdue():
            return replace(directive, overdue=directive.overdue | {event.agency_id})
        case DirectiveReaddressed():
            stay = [agency for agency in directive.addressees if agency != event.from_agency]
            return replace(
                directive,
                addressees=tuple(dict.fromkeys((*stay, *event.to))),
                overdue=directive.overdue - {event.from_agency},
            )
        case DirectiveWithdrawn():
            return replace(directive, withdrawn=True)
        case _:
            assert_never(event)


decider: Decider[DirectiveCommand, DirectiveEvent, Directive] = Decider(
    category="directive",
    stream_id=lambda command: command.directive_id,
    initial=Directive(),
    decide=decide,
    evolve=evolve,
)
