"""What reports ask for by themselves: these commands, no others, the same twice."""

from datetime import date

from services.feedback.policies import POLICIES as ALL_POLICIES
from services.feedback.report import decider as report
from services.feedback.report import regime as report_regime
from services.feedback.report.commands import MarkReportsOverdue, RequestReport, TransferReport
from services.feedback.report.events import (
    RegimeEvent,
    ReportRegimeEnded,
    ReportRegimeSet,
    ReportRequestClosed,
    ReportRequested,
    ReportRequestExtended,
    ReportRequestTransferred,
    ReportTally,
    Rhythm,
)
from services.feedback.report.policies import BY_REGIME, POLICIES
from services.members import agency
from services.members.events import AgencyDissolved, AgencyMerged
from shared.envelope import Act, Envelope
from shared.messages import AgencyId, Event
from shared.policies import Asked
from tests.unit.feedback.report_examples import (
    BEFORE,
    DEPUTY,
    DUE,
    LATER,
    POLICY,
    REQUESTED,
    A,
    B,
    C,
    R,
    accepted,
    returned,
    sent,
)
from tests.unit.feedback.test_report_regime import ENDED, IN_FORCE
from tests.unit.given import act
from tests.unit.holdings import MemoryHoldings, asked_after, rung_after
from tests.unit.rows import envelopes

XA = (AgencyId("xa-mot"), AgencyId("xa-hai"))
DISSOLVED = AgencyDissolved(agency_id=C, name="Huyện", successors=XA)
CLOSED = ReportRequestClosed(request_id=R, tally=ReportTally())
EXTENDED = ReportRequestExtended(request_id=R, due=LATER, due_before=DUE)


def recorded(*events: Event, by: Act = DEPUTY) -> list[Envelope[Event]]:
    found: list[Envelope[Event]] = []
    for n, event in enumerate(events):
        if isinstance(event, AgencyMerged | AgencyDissolved):
            found += envelopes(agency.decider, "register", [event], by, first=n)
        elif isinstance(event, ReportRegimeSet | ReportRegimeEnded):
            found += envelopes(report_regime.decider, "quy", [event], by, first=n)
        else:
            found += envelopes(report.decider, R, [event], by, first=n)
    return found


def asked(*events: Event) -> list[Asked]:
    return asked_after(POLICIES, recorded(*events))


def moved(old: AgencyId, *heirs: AgencyId) -> TransferReport:
    return TransferReport(request_id=R, from_agency=old, to=heirs, reason=f"{old} → {', '.join(heirs)}")


def merged(old: AgencyId, new: AgencyId) -> AgencyMerged:
    return AgencyMerged(agency_id=old, name=old, successor=new, successor_name=new)


def test_they_are_among_the_policies_of_the_context() -> None:
    assert set(POLICIES) <= set(ALL_POLICIES)
    assert len({policy.name for policy in ALL_POLICIES}) == len(ALL_POLICIES)


def test_what_is_owed_goes_to_one_or_many_successors() -> None:
    [one] = asked(REQUESTED, DISSOLVED)
    assert (one.service, one.command, one.key) == ("feedback", moved(C, *XA), f"{R}:{C}")
    assert [one.command for one in asked(REQUESTED, merged(A, B))] == [moved(A, B)]


def test_what_was_accepted_stays_until_it_is_returned() -> None:
    done = (REQUESTED, sent(A), accepted(A))
    assert asked(*done, merged(A, B)) == []
    back = returned(A, reasons="xem lại")
    assert [one.command for one in asked(*done, back, merged(A, B))] == [moved(A, B)]
    assert [one.command for one in asked(*done, merged(A, B), back)] == [moved(A, B)]


def test_a_request_that_is_closed_moves_no_more() -> None:
    assert asked(REQUESTED, CLOSED, merged(A, B)) == []


def test_asked_of_an_agency_that_has_ended_it_goes_to_its_successors() -> None:
    assert [one.command for one in asked(DISSOLVED, REQUESTED)] == [moved(C, *XA)]
    arrived = ReportRequestTransferred(request_id=R, from_agency=C, to=XA, asked=(A, B, *XA))
    assert asked(REQUESTED, DISSOLVED, arrived) == []
    assert [one.command for one in asked(REQUESTED, arrived, merged(XA[0], A))] == [moved(XA[0], A)]
    assert asked(REQUESTED, arrived, merged(C, A)) == []


def test_the_day_after_the_deadline_the_silent_are_marked() -> None:
    first = (date(2026, 7, 26), MarkReportsOverdue(request_id=R, today=date(2026, 7, 26)))
    again = (date(2026, 8, 11), MarkReportsOverdue(request_id=R, today=date(2026, 8, 11)))

    def rung(day: date, *events: Event, by: Act = DEPUTY) -> list[tuple[date, object]]:
        return [(on, one.command) for on, one in rung_after(POLICIES, recorded(*events, by=by), day)]

    assert rung(date(2026, 7, 25), REQUESTED) == []
    assert rung(date(2026, 9, 1), REQUESTED) == [first]
    assert rung(date(2026, 9, 1), REQUESTED, EXTENDED) == [again]
    assert rung(date(2026, 9, 1), REQUESTED, CLOSED) == []
    assert rung(date(2026, 9, 1), REQUESTED, by=BEFORE) == []


def test_successors_that_come_after_the_deadline_are_marked_on_that_day() -> None:
    """A move that is known from a source leaves the day as it is."""
    arrived = ReportRequestTransferred(request_id=R, from_agency=C, to=XA, asked=(A, B, *XA))
    late = act("policy", at="2026-08-20")
    told = [*recorded(REQUESTED), *envelopes(report.decider, R, [arrived], late, first=1)]
    assert [on for on, _ in rung_after(POLICIES, told, date(2026, 9, 1))] == [date(2026, 8, 20)]
    early = [*recorded(REQUESTED), *envelopes(report.decider, R, [arrived], DEPUTY, first=1)]
    assert [on for on, _ in rung_after(POLICIES, early, date(2026, 9, 1))] == [date(2026, 7, 26)]
    sourced = [*recorded(REQUESTED), *envelopes(report.decider, R, [arrived], BEFORE, first=1)]
    assert [on for on, _ in rung_after(POLICIES, sourced, date(2026, 9, 1))] == [date(2026, 7, 26)]


def periods(day: date, *events: RegimeEvent | ReportRequested | AgencyDissolved) -> list[RequestReport]:
    """What regimes ask for up to a day, each request recorded as soon as it is asked for."""
    holdings = MemoryHoldings()
    found: list[RequestReport] = []

    def remember(envelope: Envelope[Event]) -> None:
        for policy in POLICIES:
            if policy.remember:
                policy.remember(envelope, holdings)

    [policy] = [policy for policy in POLICIES if policy.name == BY_REGIME]
    assert policy.ring
    for envelope in recorded(*events):
        remember(envelope)
        while due := holdings.next_due(day):
            name, alarm = due
            if name != BY_REGIME:
                continue
            for one in policy.ring(alarm, holdings):
                assert isinstance(one.command, RequestReport)
                found.append(one.command)
                happened = report.decider.decide(one.command, POLICY, report.decider.initial)
                for new in envelopes(report.decider, one.command.request_id, happened, act("policy")):
                    remember(new)
    return found


def test_each_period_is_asked_for_from_the_first_on() -> None:
    found = periods(date(2027, 1, 1), IN_FORCE)
    assert [one.request_id for one in found] == ["quy.2026-Q3", "quy.2026-Q4", "quy.2027-Q1"]
    assert [one.due.latest for one in found[:2]] == [date(2026, 10, 10), date(2027, 1, 10)]
    first = found[0]
    assert first.title == "Báo cáo chuyển đổi số, quý III/2026"
    assert first.due.wording == "trong 10 ngày sau khi hết quý III/2026"
    assert (first.period, first.regime_id, first.to) == ("2026-Q3", "quy", IN_FORCE.to)
    assert (first.from_conclusion, len(first.fields)) == (IN_FORCE.from_conclusion, len(IN_FORCE.fields))


def test_it_begins_on_its_day_and_stops_at_its_end() -> None:
    later = IN_FORCE.model_copy(update={"since": date(2026, 11, 15)})
    assert periods(date(2026, 11, 14), later) == []
    assert [one.period for one in periods(date(2026, 12, 31), later)] == ["2026-Q4"]
    assert [one.period for one in periods(date(2026, 12, 31), later, ENDED)] == ["2026-Q4"]
    assert periods(date(2027, 12, 31), ENDED) == []


def test_another_rhythm_asks_for_its_own_periods_and_never_twice_for_one() -> None:
    monthly = IN_FORCE.model_copy(update={"rhythm": Rhythm.MONTHLY})
    found = periods(date(2026, 9, 1), monthly, monthly.model_copy(update={"due_days": 5}))
    assert [one.period for one in found] == ["2026-07", "2026-08", "2026-09"]
    changed = periods(date(2026, 7, 1), IN_FORCE, monthly)
    assert [one.period for one in changed] == ["2026-Q3", "2026-07"]
    there_and_back = periods(date(2026, 10, 1), IN_FORCE, monthly, IN_FORCE)
    assert [one.period for one in there_and_back][:2] == ["2026-Q3", "2026-Q4"]
    assert len({one.period for one in there_and_back}) == len(there_and_back)
    weekly = IN_FORCE.model_copy(update={"rhythm": Rhythm.WEEKLY})
    assert [one.period for one in periods(date(2026, 7, 13), weekly)] == ["2026-W27", "2026-W28", "2026-W29"]


def test_it_asks_those_who_came_after_an_agency() -> None:
    [first] = periods(date(2026, 7, 1), DISSOLVED, IN_FORCE)
    assert first.to == (A, B, *XA)


def test_a_regime_known_from_a_source_asks_for_nothing() -> None:
    assert rung_after(POLICIES, recorded(IN_FORCE, by=BEFORE), date(2026, 12, 31)) == []


def test_a_period_that_a_source_tells_in_its_own_words_is_passed_over() -> None:
    """It neither stops the policy nor moves the regime."""
    odd = REQUESTED.model_copy(update={"regime_id": "quy", "period": "quý ba"})
    assert [one.period for one in periods(date(2026, 7, 1), IN_FORCE, odd)] == ["2026-Q3"]


def test_what_people_ask_for_moves_no_regime() -> None:
    assert isinstance(REQUESTED, ReportRequested)
    holdings = MemoryHoldings()
    for envelope in recorded(REQUESTED):
        for policy in POLICIES:
            if policy.remember:
                policy.remember(envelope, holdings)
    assert not [key for key in holdings.alarms if key[1] == BY_REGIME]
