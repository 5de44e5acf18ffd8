"""What answers are made with, and what all of them say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.records.completeness.line import Holds
from services.records.database import Database
from services.records.looks import Looks
from services.records.queries import Row
from services.records.views import View, Views


@dataclass(frozen=True)
class Desk:
    """`today` is the day for a question without one; without `looks` there is no log of looks."""

    database: Database
    views: Views
    looks: Looks | None
    holds: Holds
    today: Callable[[], date]


def known(view: View, committee: str | None) -> dict[str, Any]:
    """Up to where the answer is true, and the streams that it leaves out because they are in quarantine."""
    mine = [stream for stream in view.quarantine if committee is None or f"-{committee}." in stream]
    return {
        "generation": view.generation,
        "position": view.position,
        "epoch": view.epoch,
        "quarantine": sorted(mine),
    }


def table(names: list[str], rows: list[Row], total: int) -> dict[str, Any]:
    return {"columns": names, "rows": rows, "total": total}
