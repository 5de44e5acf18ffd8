"""The figures of an activity report, from the events of its period; each names the events it rests on (D7.7).

To count something more: a line in `COUNTS`, its place in `SECTIONS`, and its words under `activity` in the
catalogue. What is more than a count of events of one type is in `activity_sums.py` and `activity_in_time.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from services.feedback.activity.events import FigureKind, ReportFigure
from services.feedback.report.periods import Period
from services.meetings.events import MeetingKind
from services.records import activity_in_time as in_time
from services.records import activity_sums as sums
from services.records.activity_in_time import InTime
from shared.catalogue import say
from shared.envelope import Envelope
from shared.messages import Event


@dataclass(frozen=True)
class Count:
    """Events of one type that took effect in the period and whose fields have these values.

    With `once` only the first that ever happened with the same values in these fields.
    """

    key: str
    type: str
    where: Mapping[str, Any] = field(default_factory=dict)
    once: tuple[str, ...] = ()

    def of(self, envelopes: Iterable[Envelope[Event]], period: Period) -> list[str]:
        found: list[str] = []
        seen: set[tuple[Any, ...]] = set()
        for one in envelopes:
            if one.type != self.type or any(getattr(one.event, k, None) != v for k, v in self.where.items()):
                continue
            key = tuple(getattr(one.event, name, None) for name in self.once) or (one.reference,)
            if key not in seen and sums.happened_in(one, period):
                found.append(one.reference)
            seen.add(key)
        return found


COUNTS: Final = (
    Count("conclusions", "ConclusionIssued"),
    Count("conclusions_late", "ConclusionIssued", {"late": True}),
    Count("minutes", "MinutesApproved", once=("meeting_id",)),
    Count("agenda_returned", "AgendaItemReturned"),
    Count("opinion_rounds", "OpinionRequested"),
    Count("opinions_on_time", "OpinionSubmitted", {"version": 1, "late": False}),
    Count("opinions_late", "OpinionSubmitted", {"version": 1, "late": True}),
    Count("proposals_submitted", "ProposalSubmitted", once=("proposal_id",)),
    Count("proposals_decided", "ProposalDecided"),
    Count("programmes_issued", "ProgrammeIssued"),
    Count("tasks_assigned", "TaskAssigned"),
    Count("tasks_completed", "TaskCompleted"),
    Count("tasks_completed_late", "TaskCompleted", {"late": True}),
    Count("tasks_fell_overdue", "TaskOverdue"),
    Count("action_plans_accepted", "ActionPlanAccepted"),
    Count("reminders", "ReminderIssued"),
    Count("obstacles_reported", "ObstacleReported"),
    Count("obstacles_resolved", "ObstacleResolved"),
    Count("initiatives", "InitiativeProposed"),
    Count("inspections", "InspectionConducted"),
    Count("findings", "FindingRecorded"),
    Count("feedback_received", "FeedbackReceived"),
    Count("feedback_overdue", "FeedbackOverdue"),
    Count("reports_requested", "ReportRequested"),
    Count("reports_returned", "ReportReturned"),
    Count("reports_overdue", "ReportOverdue"),
    Count("information_requested", "InformationRequested"),
    Count("documents_issued", "DocumentIssued"),
    Count("documents_received", "IncomingRegistered"),
    Count("directives_issued", "DirectiveIssued"),
    Count("directives_acknowledged", "DirectiveAcknowledged", once=("directive_id", "agency_id")),
    Count("acknowledgements_overdue", "AcknowledgementOverdue"),
    Count("working_groups", "WorkingGroupConvened"),
    Count("commendations_granted", "CommendationDecided", {"granted": True}),
)
"""What is counted by the type of event alone, by the stored name of the type."""

GATHERED: Final[tuple[tuple[str, sums.Found], ...]] = (
    *((f"meetings_{kind.value}", sums.meetings_of(kind)) for kind in MeetingKind),
    ("meetings_of_unknown_kind", sums.meetings_of(None)),
    ("absent", sums.absent),
    ("opinions_silent", sums.opinions_silent),
    ("tasks_completed_on_time", in_time.tasks_completed_on_time),
    ("tasks_open", sums.tasks_open),
    ("tasks_open_overdue", sums.tasks_open_overdue),
    ("findings_remedied", sums.findings_remedied),
    ("feedback_answers", in_time.feedback_answers(None)),
    ("feedback_answers_on_time", in_time.feedback_answers(InTime.ON_TIME)),
    ("feedback_answers_late", in_time.feedback_answers(InTime.LATE)),
    ("feedback_open", sums.feedback_open),
    ("reports_accepted", in_time.reports_accepted(None)),
    ("reports_on_time", in_time.reports_accepted(InTime.ON_TIME)),
    ("reports_late", in_time.reports_accepted(InTime.LATE)),
)
"""Counts that look at more than one event: what is open at the end names what it counts. On time is only what
had a day to come by; so what is on time and what is late may be less than all."""

ADDED: Final = (
    ("present", None, sums.present),
    ("budget_allocated", "đồng", sums.allocated),
    ("expenditure", "đồng", sums.spent),
    ("expenditure_of_year", "đồng", sums.spent_in_year),
)
"""Sums: what the events say, added up."""


def figures(
    envelopes: Sequence[Envelope[Event]], period: Period, today: date | None = None
) -> tuple[ReportFigure, ...]:
    """Every figure of a committee's period, in the order in which a report tells them.

    The events are those of one committee, in the order of the store. What is known to have happened only in
    part of a time that goes beyond the period is not counted in it. Where `today` lies in the period, it is
    counted up to that day: a meeting that is to come was not held, a deadline that is to come did not pass.
    """
    if today is not None and today < period.last:
        period = replace(period, last=today)
    known = [one for one in envelopes if one.meta.effective_at.latest <= period.last]
    counted = {key: found(known, period) for key, found in GATHERED}
    counted |= {one.key: one.of(known, period) for one in COUNTS}
    made = {
        key: ReportFigure(key=key, label=_label(key), value=len(found), evidence=tuple(found))
        for key, found in counted.items()
    }
    for key, unit, add in ADDED:
        value, evidence = add(known, period)
        made[key] = ReportFigure(
            key=key,
            label=_label(key),
            kind=FigureKind.SUM,
            value=value,
            unit=unit,
            evidence=tuple(dict.fromkeys(evidence)),
        )
    return tuple(made[key] for key in ORDER)


def _label(key: str) -> str:
    return say(f"activity.{key}")


SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "meetings": (
        *(key for key, _ in GATHERED if key.startswith("meetings_")),
        *("present", "absent", "agenda_returned", "conclusions", "conclusions_late", "minutes"),
    ),
    "opinions": (
        *("opinion_rounds", "opinions_on_time", "opinions_late", "opinions_silent"),
        *("proposals_submitted", "proposals_decided", "initiatives"),
    ),
    "work": (
        *("programmes_issued", "tasks_assigned", "tasks_completed", "tasks_completed_on_time"),
        *("tasks_completed_late", "tasks_fell_overdue", "tasks_open", "tasks_open_overdue"),
        *("action_plans_accepted", "reminders", "obstacles_reported", "obstacles_resolved"),
        *("inspections", "findings", "findings_remedied"),
    ),
    "feedback": (
        *("feedback_received", "feedback_answers", "feedback_answers_on_time", "feedback_answers_late"),
        *("feedback_overdue", "feedback_open"),
    ),
    "reports": (
        *("reports_requested", "reports_accepted", "reports_on_time", "reports_late"),
        *("reports_returned", "reports_overdue", "information_requested"),
    ),
    "documents": (
        *("documents_issued", "documents_received"),
        *("directives_issued", "directives_acknowledged", "acknowledgements_overdue"),
    ),
    "people": ("working_groups", "commendations_granted"),
    "funds": ("budget_allocated", "expenditure", "expenditure_of_year"),
}
"""The keys as a report tells them, part by part."""

ORDER: Final = tuple(key for keys in SECTIONS.values() for key in keys)
"""All of them, in that order."""
