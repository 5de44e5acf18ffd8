"""The days that follow from the retention of a file: until when it is kept, by when it goes to the archive.

The decree is Nghị định 30/2020/NĐ-CP (Điều 30.2.b: one year after the end of the work); the law counts from
the year in which the work ended.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.meetings.casefile.events import MatterKind, Retention
from services.meetings.rules import Rule
from services.regulation.retention import SUBMITTED_FROM, table_on
from shared.decider import require

HELD_BACK_YEARS: Final = 2
"""Years after the day of submission for which a file may be held back (Điều 31.3.d)."""
OF_KIND: Final = {
    MatterKind.MEETING: "meetings",
    MatterKind.OPINION_ROUND: "opinions",
    MatterKind.PROGRAMME: "directing",
    MatterKind.INSPECTION: "inspections",
    MatterKind.FEEDBACK: "feedback",
}
"""The class of a matter's file where none is named."""


@dataclass(frozen=True)
class Terms:
    """See `events.CaseFileClosed`."""

    keep_until: date | None
    by_decree: date | None
    by_law: date | None

    @property
    def submit_by(self) -> date | None:
        days = [day for day in (self.by_decree, self.by_law) if day is not None]
        return min(days, default=None)


def terms_of(retention: Retention, ended: date) -> Terms:
    """What follows from the end of the work; a file that is kept for less than 5 years is not submitted."""
    years = retention.years
    keep_until = None if years is None else date(min(ended.year + years, date.max.year), 12, 31)
    if years is not None and years < SUBMITTED_FROM:
        return Terms(keep_until, None, None)
    return Terms(keep_until, years_later(ended, 1), date(ended.year + 1, 12, 31))


def years_later(day: date, years: int) -> date:
    """The same day of a later year; of 29 February the 28th where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def retention_by(class_id: str | None, kind: MatterKind, day: date) -> Retention:
    """The period of a class by the table in force on the day; refuses where the class is not known."""
    table = table_on(day)
    named = class_id or OF_KIND.get(kind, "")
    found = table.classes.get(named)
    require(
        found is not None,
        Rule.RETENTION_IS_KNOWN,
        f"name a retention class, one of: {', '.join(table.classes)} (table of {table.version})",
    )
    assert found is not None
    return Retention(class_id=named, version=table.version, years=found.years, basis=found.basis)
