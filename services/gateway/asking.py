"""The gateway's questions to `records`: by RPC, each with a time limit; it has no data of its own."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from flask import has_request_context, request

from services.gateway.questions import PAGE, NoRecord
from shared.catalogue.called import Rows, names_for
from shared.catalogue.presentation import Names
from shared.errors import InvalidRequest

REGISTERS: Final = (
    "members",
    "agencies",
    "meetings",
    "conclusions",
    "opinions",
    "programmes",
    "tasks",
    "feedback",
    "documents",
    "figures",
    "doubts",
)
"""The registers of the menu, in its order."""
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": (
        *("seats", "support_team", "support_staff", "working_groups", "responsibilities", "commitments"),
        *("delegations", "regulations", "child_committees", "committee_names", "head_counts"),
        "journal",
    ),
    "meetings": (
        *("agenda", "attendance", "meeting_points", "meeting_papers", "follow_ups", "quarters"),
        *("periodic_meetings", "opinion_rounds", "opinion_discipline", "proposals"),
    ),
    "documents": ("outgoing", "incoming", "directives", "acknowledgements", "erasures"),
    "files": ("file_plan", "case_files", "case_documents", "case_papers"),
    "work": (
        "overdue_tasks",
        *("progress", "task_obstacles", "target_sets", "targets", "target_assessments", "inspections"),
        *("findings", "reminders", "context"),
    ),
    "exchange": (
        *("report_requests", "reports", "reporting_discipline", "report_templates", "report_regimes"),
        *("activity_reports", "activity_figures", "child_reports"),
        *("initiatives", "obstacles", "correspondence"),
    ),
    "means": ("budgets", "budget_lines", "expenditures", "commendations"),
}
"""Registers that have a page too, as the overview groups them."""
MORE: Final = tuple(name for names in GROUPS.values() for name in names)
NAMES_FOR: Final = 30.0
"""Seconds for which the rows that give names are kept."""
DAYS_KEPT: Final = 64
"""Registers and days for which they are kept, at most."""
MANY: Final = 1000
"""Rows of a register that give names, at most; what has none is shown by its id."""


class Services(Protocol):
    """What the gateway needs of `shared.bus.rpc.Services`."""

    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...

    def running(self, service: str) -> int: ...


Kept = dict[tuple[str, str | None], tuple[float, Rows]]
"""Rows that give names, and until when they do; a race between threads costs one question, no more."""


@dataclass(frozen=True)
class Records:
    """The `records` service, for one committee. All methods raise what `Services.call` raises."""

    services: Services
    committee: str
    limit: float
    kept: Kept = field(default_factory=dict)

    def register(
        self, name: str, as_of: str | None = None, offset: int = 0, limit: int = PAGE, **question: Any
    ) -> Mapping[str, Any]:
        return self._ask("register", name=name, as_of=as_of, limit=limit, offset=offset, **question)

    def show(self, name: str, record: str, as_of: str | None = None, **moment: Any) -> Mapping[str, Any]:
        """Raises NoRecord where there is none."""
        try:
            return self._ask("show", name=name, id=record, as_of=as_of, **moment)
        except InvalidRequest as refused:
            if refused.where == "id":
                raise NoRecord(name, record) from refused
            raise

    def compliance(self, as_of: str | None = None, clause: str | None = None) -> Mapping[str, Any]:
        """How the clauses of the regulation stand; one of them in detail."""
        return self._ask("compliance", as_of=as_of, clause=clause)

    def completeness(self, year: int | None = None) -> Mapping[str, Any]:
        """What should be kept of a year against what is."""
        return self._ask("completeness", year=year)

    def difference(self, before: str, after: str, registers: Sequence[str], limit: int) -> Mapping[str, Any]:
        """What differs between two moments, with the events that made each difference."""
        return self._ask("difference", before=before, after=after, registers=list(registers), limit=limit)

    def days(self) -> Mapping[str, Any]:
        """The days on which something took effect."""
        return self._ask("days")

    def page(self, name: str, **question: Any) -> Mapping[str, Any]:
        """A page of a register with all that may be asked of it, for files."""
        return self._ask("register", name=name, **question)

    def journal(self, **question: Any) -> Mapping[str, Any]:
        """A page of events."""
        return self._ask("journal", **question)

    def activity(self, period: str, **question: Any) -> Mapping[str, Any]:
        """The draft of the activity report of a period."""
        return self._ask("activity", period=period, **question)

    def names(self, columns: Iterable[str] = (), on: str | None = None) -> Names:
        """What the ids in these columns are called; asked again after a while, because names change."""
        return names_for(self._rows, columns, on)

    def _rows(self, name: str, on: str | None) -> Rows:
        until, rows = self.kept.get((name, on), (0.0, ()))
        if time.monotonic() > until:
            rows = self.register(name, on, limit=MANY)["rows"]
            if len(self.kept) >= DAYS_KEPT:
                self.kept.clear()
            self.kept[name, on] = (time.monotonic() + NAMES_FOR, rows)
        return rows

    def ask(self, method: str, **question: Any) -> Mapping[str, Any]:
        """Any question of the service, by the names of its parts."""
        return self._ask(method, **question)

    def status(self) -> Mapping[str, Any]:
        return self.services.call("records", "status", {}, timeout=self.limit)

    def _ask(self, method: str, **question: Any) -> Mapping[str, Any]:
        given = {name: value for name, value in question.items() if value is not None}
        who = {"asked_by": request.remote_addr} if has_request_context() and request.remote_addr else {}
        payload = {"committee": self.committee, **given, **who}
        return self.services.call("records", method, payload, timeout=self.limit)
