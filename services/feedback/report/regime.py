"""A reporting regime: who reports in which rhythm, until it ends (D5.2.b, D11.3)."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.feedback.report.commands import EndReportRegime, RegimeCommand, SetReportRegime
from services.feedback.report.events import RegimeEvent, ReportRegimeEnded, ReportRegimeSet
from services.feedback.report.fields import named_once
from services.feedback.report.state import asks_for_reports
from services.feedback.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Regime:
    """The terms that were set last, and whether they have ended."""

    terms: ReportRegimeSet | None = None
    ended: bool = False


def set_up(command: SetReportRegime, act: Act, regime: Regime) -> list[RegimeEvent]:
    """D5.2.b: a leader sets it, or a conclusion that the support team notes; set again, the terms change."""
    asks_for_reports(act)
    require(
        bool(command.to) or act.source is not None,
        Rule.REPORT_NAMES_AGENCIES,
        "name the agencies that report",
    )
    named_once(command.fields, act)
    now = None if regime.ended else regime.terms
    before = now.since if now else act.effective_at.earliest
    terms = {**command.model_dump(), "to": tuple(dict.fromkeys(command.to)), "since": command.since or before}
    happened = ReportRegimeSet.model_validate(terms)
    return [] if happened == now else [happened]


def end(command: EndReportRegime, act: Act, regime: Regime) -> list[RegimeEvent]:
    asks_for_reports(act)
    require(
        regime.terms is not None, Rule.REPORT_REGIME_STANDS, f"no regime {command.regime_id} was ever set"
    )
    if regime.ended:
        return []
    return [ReportRegimeEnded(regime_id=command.regime_id, reason=command.reason)]


def decide(command: RegimeCommand, act: Act, regime: Regime) -> list[RegimeEvent]:
    match command:
        case SetReportRegime():
            return set_up(command, act, regime)
        case EndReportRegime():
            return end(command, act, regime)
        case _:
            assert_never(command)


def evolve(regime: Regime, event: RegimeEvent) -> Regime:
    match event:
        case ReportRegimeSet():
            return Regime(event)
        case ReportRegimeEnded():
            return replace(regime, ended=True)
        case _:
            assert_never(event)


decider: Decider[RegimeCommand, RegimeEvent, Regime] = Decider(
    category="regime",
    stream_id=lambda command: command.regime_id,
    initial=Regime(),
    decide=decide,
    evolve=evolve,
)
