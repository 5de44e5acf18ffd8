"""A request for reports as decisions see it, and the questions that several of them ask."""

from dataclasses import dataclass, field

from services.feedback.report.events import ReportRequested, ReportSubmitted
from services.feedback.rules import Rule
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity
from shared.dates import Deadline
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId


@dataclass(frozen=True)
class Answer:
    """What one agency sent: its latest version, the version that is accepted, and whether it came late.

    `late` stays once something came late while nothing was accepted; what is sent in addition to an accepted
    report makes it neither later nor earlier.
    """

    latest: ReportSubmitted
    accepted: int | None = None
    late: bool = False
    returned: int | None = None


@dataclass(frozen=True)
class Request:
    """Who is asked, until when, what came from whom, and who was marked under the present deadline."""

    requested: ReportRequested | None = None
    due: Deadline | None = None
    asked: tuple[AgencyId, ...] = ()
    answers: dict[AgencyId, Answer] = field(default_factory=dict)
    overdue: frozenset[AgencyId] = frozenset()
    closed: bool = False

    @property
    def silent(self) -> tuple[AgencyId, ...]:
        """Those who are asked and sent nothing at all."""
        return tuple(agency for agency in self.asked if agency not in self.answers)

    def accepted(self, agency: AgencyId) -> bool:
        answer = self.answers.get(agency)
        return answer is not None and answer.accepted is not None


def stands(request: Request) -> ReportRequested:
    require(request.requested is not None, Rule.REPORT_REQUEST_IS_OPEN, "no such report was requested")
    assert request.requested is not None
    return request.requested


def still_open(request: Request) -> ReportRequested:
    """The question of a request that still takes reports; refuses for any other."""
    requested = stands(request)
    require(not request.closed, Rule.REPORT_REQUEST_IS_OPEN, f"{requested.request_id} is closed")
    return requested


def may_ask(act: Act) -> bool:
    """Whether a leader asks (D5.2.b), or the support team does so by a document or from a source."""
    noted = act.document is not None or act.source is not None
    return act.in_capacity(*LEADERS) or (act.in_capacity(*SUPPORT_TEAM) and noted)


def asks_for_reports(act: Act, *others: Capacity) -> None:
    require(
        may_ask(act) or act.in_capacity(*others),
        Rule.REPORT_ASKED_BY_DEPUTIES,
        "the chair or a deputy requires reports; the support team notes it with their document",
    )
