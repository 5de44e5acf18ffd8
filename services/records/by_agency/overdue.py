"""The overdue tasks of each agency that leads them (D7.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from services.records.by_agency.counting import proofs, rows_of
from services.records.views import View
from services.tasks.task.records import tasks

OPEN: Final = "open"
NOBODY: Final = "—"
"""Stands for the lead of a task that has none, not even in the words of its source."""


def overdue_tasks(view: View, committee: str, on: date) -> Iterator[dict[str, Any]]:
    """Open tasks whose day has passed on the day `on`, whether or not the clock has noticed it yet."""
    noticed = proofs(view, committee, ("TaskOverdue",), ("task_id",))
    for row in rows_of(view, tasks, committee):
        last = date.fromisoformat(row["deadline_latest"]) if row["deadline_latest"] else None
        passed = row["state"] == OPEN and not row["standing"] and last is not None and last < on
        if not (passed or row["overdue"]):
            continue
        set_by = [step["event"] for step in row["deadlines"][-1:]]
        for whose in row["lead"] or [row["lead_wording"] or NOBODY]:
            yield {
                "whose": whose,
                "task": row["task"],
                "title": row["title"],
                "deadline_wording": row["deadline_wording"],
                "deadline_latest": row["deadline_latest"],
                "days_late": (on - last).days if last else None,
                "noticed": row["overdue"],
                "evidence": list(dict.fromkeys([row["event"], *set_by, *noticed.get((row["task"],), ())])),
            }
