"""What became of a chronicle, entry by entry: for people's reports and for programs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from services.cli.importer.chronicle import Chronicle
from services.cli.importer.plan import Plan
from shared.messages import CommitteeId


@dataclass
class Told:
    """What became of one entry: the events, whether they stood already, and what was refused."""

    plan: Plan
    events: list[str] = field(default_factory=list)
    fresh: int = 0
    repeated: bool = False
    """Whether an earlier import brought something of it."""
    refused: list[str] = field(default_factory=list)
    context: str | None = None
    """Why it became context only when it was sent; what the plan says goes first."""

    @property
    def because(self) -> str | None:
        return self.plan.because or self.context


@dataclass
class Report:
    """What became of a whole file. Every entry is in `told` or among the file's misfits."""

    chronicle: Chronicle
    committee: CommitteeId
    told: list[Told] = field(default_factory=list)
    stopped: str | None = None

    @property
    def expressed(self) -> int:
        """How many entries became something that is on record."""
        return sum(bool(told.events) for told in self.told)

    @property
    def events(self) -> Counter[str]:
        return Counter(event for told in self.told for event in told.events)

    @property
    def fresh(self) -> int:
        """How many commands made something happen that was not there before."""
        return sum(told.fresh for told in self.told)


def as_dict(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "committee": report.committee,
        "entries": report.chronicle.total,
        "expressed": report.expressed,
        "new": report.fresh,
        "events": dict(report.events),
        "stopped": report.stopped,
        "told": [
            {
                "entry": told.plan.located.key,
                "line": told.plan.located.line,
                "events": told.events,
                "because": told.because,
                "remarks": told.plan.remarks,
                "refused": told.refused,
            }
            for told in report.told
        ],
        "not_expressed": [vars(misfit) for misfit in report.chronicle.misfits],
    }
