"""The reporting discipline of each agency over all requests (D5.2.b, D11.3)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from services.feedback.report.discipline import reports
from services.records.by_agency.counting import Came, Count, proofs, rows_of
from services.records.views import View

PROVING: Final = ("ReportSubmitted", "ReportReturned", "ReportAccepted", "ReportOverdue")
SILENT: Final = ("overdue", "silent")


def reporting_discipline(view: View, committee: str, on: date) -> Iterator[dict[str, Any]]:
    """What another agency took over counts for that one."""
    told = proofs(view, committee, PROVING, ("request_id", "agency_id"))
    counts: dict[str, Count] = defaultdict(Count)
    returned: dict[str, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    for row in rows_of(view, reports, committee):
        whose = row["agency"]
        if row["state"] == "transferred":
            continue
        counts[whose].add(_came(row), row["event"], *told.get((row["request"], whose), ()))
        returned[whose] += row["state"] == "returned"
        days[whose] = max(days[whose], row["days_late"])
    for whose, count in counts.items():
        yield {
            "whose": whose,
            **count.values,
            "returned_count": returned[whose],
            "days_late": days[whose],
        }


def _came(row: Mapping[str, Any]) -> Came:
    """On time is what was sent by its day, even where it was returned for what it lacks."""
    if row["late"]:
        return Came.LATE
    if row["submitted"]:
        return Came.ON_TIME
    return Came.SILENT if row["state"] in SILENT else Came.WAITING
