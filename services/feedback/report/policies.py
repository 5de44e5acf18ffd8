"""What reports ask for by themselves: regimes ask for each period, owed reports follow their agency, and
the clock marks who is silent."""

from collections.abc import Iterator
from datetime import date, timedelta

from services.feedback.report.commands import MarkReportsOverdue, RequestReport, TransferReport
from services.feedback.report.events import (
    ReportAccepted,
    ReportRegimeEnded,
    ReportRegimeSet,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportReturned,
)
from services.feedback.report.periods import Period
from services.members.succession import handovers, remember_succession, standing
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import AgencyId, CommitteeId, Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

REPORT = "report"
"""The kind under which `Holdings` keeps open requests and the agencies that still owe a report."""
REGIME = "regime"
"""Its kind for regimes in force: the terms, as JSON."""
ASKED_FOR = "regime_period"
"""Its kind for the periods that a regime has asked for."""
OVERDUE = "reports_overdue"
"""The policy of the clock, and the kind for the day after each deadline."""
BY_REGIME = "reports_by_regime"


def reports_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1.2, D11.3: what an agency that ended still owes is owed by its successors, one or many."""
    for move in handovers(envelope, holdings, REPORT, _given(envelope.event)):
        command = TransferReport(
            request_id=move.item, from_agency=move.ended, to=move.heirs, reason=move.reason
        )
        yield Asked("feedback", command, move.key)


def _given(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The request that came to lie with agencies, and with which."""
    match event:
        case ReportRequested():
            return event.request_id, event.to
        case ReportRequestTransferred():
            return event.request_id, event.to
        case ReportReturned():
            return event.request_id, (event.agency_id,)
        case _:
            return None


def remember_owed(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Who owes which report: whoever is asked, until one is accepted or the request ends."""
    remember_succession(envelope, holdings)
    committee = envelope.committee
    match envelope.event:
        case ReportAccepted() as accepted:
            _owes_no_more(holdings, committee, accepted.request_id, accepted.agency_id)
        case ReportRequestTransferred() as moved:
            _owes_no_more(holdings, committee, moved.request_id, moved.from_agency)
            holdings.hold(committee, REPORT, moved.request_id, moved.to)
        case ReportRequestClosed() as closed:
            holdings.let_go(committee, REPORT, closed.request_id)
        case event if given := _given(event):
            holdings.hold(committee, REPORT, *given)


def _owes_no_more(holdings: Holdings, committee: CommitteeId, item: str, agency: AgencyId) -> None:
    left = [one for one in holdings.holders(committee, REPORT, item) if one != agency]
    holdings.let_go(committee, REPORT, item)
    holdings.hold(committee, REPORT, item, left)


def set_the_deadline(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Ring on the day after the deadline of an open request; when successors come later, on that day."""
    committee = envelope.committee
    match envelope.event:
        case (
            ReportRequested(request_id=request_id, due=due)
            | ReportRequestExtended(request_id=request_id, due=due)
        ):
            days = day_after(due, envelope)
            holdings.wake(envelope, OVERDUE, request_id, days)
            holdings.let_go(committee, OVERDUE, request_id)
            holdings.hold(committee, OVERDUE, request_id, (day.isoformat() for day in days))
        case ReportRequestTransferred(request_id=request_id) if envelope.meta.source is None:
            came = envelope.meta.effective_at.latest
            kept = holdings.holders(committee, OVERDUE, request_id)
            holdings.wake(envelope, OVERDUE, request_id, (max(date.fromisoformat(one), came) for one in kept))
        case ReportRequestClosed() as closed:
            holdings.let_sleep(committee, OVERDUE, closed.request_id)
            holdings.let_go(committee, OVERDUE, closed.request_id)


def mark_the_silent(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D5.2.b: the deadline passed; the decision says who is silent."""
    yield Asked("feedback", MarkReportsOverdue(request_id=alarm.item, today=alarm.day), alarm.item)


def remember_regimes(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Keep the terms of each regime and the periods it asked for, and ring when the next one begins."""
    remember_succession(envelope, holdings)
    committee = envelope.committee
    match envelope.event:
        case ReportRegimeSet() as regime:
            holdings.let_go(committee, REGIME, regime.regime_id)
            holdings.hold(committee, REGIME, regime.regime_id, (regime.model_dump_json(),))
            _ring_next(envelope, holdings, regime, max(regime.since, envelope.meta.effective_at.earliest))
        case ReportRequested(regime_id=str() as regime_id, period=str() as label):
            holdings.hold(committee, ASKED_FOR, regime_id, (label,))
            for regime in _in_force(holdings, committee, regime_id):
                period = Period.of(regime.rhythm, label)
                if period is not None:  # the rhythm is still this one
                    _ring_next(envelope, holdings, regime, period.next_begins)
        case ReportRegimeEnded() as ended:
            holdings.let_go(committee, REGIME, ended.regime_id)
            holdings.let_sleep(committee, BY_REGIME, ended.regime_id)


def _in_force(holdings: Holdings, committee: CommitteeId, regime_id: str) -> list[ReportRegimeSet]:
    """The terms of a regime, or nothing."""
    kept = holdings.holders(committee, REGIME, regime_id)
    return [ReportRegimeSet.model_validate_json(terms) for terms in kept]


def _ring_next(envelope: Envelope[Event], holdings: Holdings, regime: ReportRegimeSet, day: date) -> None:
    """Ring on that day, or when the first period begins that was not asked for yet."""
    asked_for = set(holdings.holders(envelope.committee, ASKED_FOR, regime.regime_id))
    while (period := Period.containing(regime.rhythm, day)).label in asked_for:
        day = period.next_begins
    holdings.wake(envelope, BY_REGIME, regime.regime_id, [day])


def ask_for_the_period(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D5.2.b, D11.3: the period that begins is asked for, of those who stand in for the agencies then."""
    committee = alarm.because.committee
    for regime in _in_force(holdings, committee, alarm.item):
        period = Period.containing(regime.rhythm, alarm.day)
        command = RequestReport.model_validate(
            {
                "request_id": f"{regime.regime_id}.{period.label}",
                "title": f"{regime.title}, {period.wording}"[:500],
                "to": standing(holdings, committee, regime.to),
                "due": _due(period, regime.due_days),
                "template_id": regime.template_id,
                "version": regime.version,
                "fields": [one.model_dump() for one in regime.fields],
                "period": period.label,
                "from_conclusion": regime.from_conclusion,
                "regime_id": regime.regime_id,
            }
        )
        yield Asked("feedback", command, f"{regime.regime_id}:{period.label}")


def _due(period: Period, days: int) -> Deadline:
    wording = f"trong {days} ngày sau khi hết {period.wording}" if days else f"hết {period.wording}"
    return Deadline(wording=wording, latest=period.last + timedelta(days=days))


POLICIES = (
    Policy("reports_follow_their_agency", reports_follow_their_agency, remember_owed),
    Policy(OVERDUE, remember=set_the_deadline, ring=mark_the_silent),
    Policy(BY_REGIME, remember=remember_regimes, ring=ask_for_the_period),
)
