"""An inspection as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.members.capacity import LEADERS, SUPPORT_TEAM
from services.tasks.rules import Rule
from shared.dates import Deadline, Moment
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef


class Status(StrEnum):
    NONE = "none"
    SCHEDULED = "scheduled"
    CONDUCTED = "conducted"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Remedy(StrEnum):
    """How far the remedy of a finding is."""

    OPEN = "open"
    REMEDIED = "remedied"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Finding:
    state: Remedy = Remedy.OPEN
    remedy_by: Deadline | None = None
    overdue: Deadline | None = None
    remedied: tuple[str, DocumentRef | None] | None = None


@dataclass(frozen=True)
class Inspection:
    """What a decision needs to know about an inspection."""

    status: Status = Status.NONE
    agencies: tuple[AgencyId, ...] = ()
    findings: dict[str, Finding] = field(default_factory=dict)
    left_open: frozenset[str] = frozenset()
    conducted: tuple[Moment, str] | None = None

    @property
    def unconfirmed(self) -> frozenset[str]:
        return frozenset(
            one for one, finding in self.findings.items() if finding.state is not Remedy.CONFIRMED
        )


def stands(inspection_id: str, inspection: Inspection) -> None:
    require(
        inspection.status is not Status.NONE,
        Rule.INSPECTION_STANDS,
        f"no inspection {inspection_id} was scheduled",
    )


def goes_on(inspection_id: str, inspection: Inspection) -> None:
    stands(inspection_id, inspection)
    require(
        inspection.status in (Status.SCHEDULED, Status.CONDUCTED),
        Rule.INSPECTION_GOES_ON,
        f"{inspection_id} is {inspection.status}",
    )


def was_conducted(inspection_id: str, inspection: Inspection) -> None:
    stands(inspection_id, inspection)
    require(
        inspection.status in (Status.CONDUCTED, Status.CLOSED),
        Rule.CONDUCTED_FIRST,
        f"{inspection_id} is {inspection.status}: record that it took place",
    )


def finding_of(inspection_id: str, finding_id: str, inspection: Inspection) -> Finding:
    """A finding that may still go on: any of a running inspection, of a closed one those left open."""
    was_conducted(inspection_id, inspection)
    require(
        finding_id in inspection.findings,
        Rule.FINDING_STANDS,
        f"{inspection_id} has no finding {finding_id}",
    )
    require(
        inspection.status is not Status.CLOSED or finding_id in inspection.left_open,
        Rule.FINDING_STAYS_CLOSED,
        f"the inspection is closed and its conclusion did not leave {finding_id} open",
    )
    return inspection.findings[finding_id]


def by_inspectors(act: Act) -> None:
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.INSPECTED_BY_COMMITTEE,
        "the chair, a deputy or the support team inspects",
    )


def by_team(act: Act) -> None:
    require(
        act.in_capacity(*SUPPORT_TEAM), Rule.CHECKED_BY_TEAM, "only the support team checks what was remedied"
    )
