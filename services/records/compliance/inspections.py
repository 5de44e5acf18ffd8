"""What the regulation asks after an inspection: what was found is put right by its day (D11.1)."""

from collections.abc import Iterator

from services.records.compliance.course import Course, first
from services.records.compliance.standing import Occasion, Recorded, judged, references, told
from services.tasks.inspection.events import (
    FindingRecorded,
    FindingRemedied,
    FindingReopened,
    InspectionCancelled,
    InspectionScheduled,
    InspectionTransferred,
)
from shared.dates import Deadline


def findings_are_remedied(course: Course) -> Iterator[Occasion]:
    for history in course.histories("inspection"):
        scheduled = first(history, InspectionScheduled)
        if scheduled is None or first(history, InspectionCancelled):
            continue
        assert isinstance(scheduled.event, InspectionScheduled)
        whose: tuple[str, ...] = (scheduled.event.agency_id,)
        found: dict[str, Recorded] = {}
        remedied: dict[str, Recorded] = {}
        until: dict[str, Deadline | None] = {}
        for one in history:
            match one.event:
                case InspectionTransferred() as moved:
                    whose = moved.agencies
                case FindingRecorded() as finding:
                    found[finding.finding_id] = one
                    until[finding.finding_id] = finding.remedy_by
                case FindingRemedied() as remedy:
                    remedied[remedy.finding_id] = one
                case FindingReopened() as again:
                    remedied.pop(again.finding_id, None)
                    until[again.finding_id] = again.remedy_by or until.get(again.finding_id)
        for finding_id, one in found.items():
            assert isinstance(one.event, FindingRecorded)
            deadline, done = until[finding_id], remedied.get(finding_id)
            due = deadline.latest if deadline else None
            standing = judged(due, one, done, course.on)
            if standing is None:
                continue
            yield Occasion(
                clauses=("D11.1",),
                said=told("finding", standing, done),
                standing=standing,
                day=due or (done or one).meta.effective_at.latest,
                whose=", ".join(whose),
                record=("inspections", scheduled.event.inspection_id),
                values={"finding": one.event.finding[:120]},
                evidence=references(scheduled, one, done),
            )
