"""The days on which something took effect: what a slider over the past goes through."""

from typing import Any

from sqlalchemy import func, select

from services.records.journal import journal
from services.records.views import View


def days(view: View, committee: str) -> list[dict[str, Any]]:
    """Each day with the number of its events and the last of their positions, the earliest day first."""
    query = (
        select(journal.c.latest, func.count(), func.max(journal.c.position))
        .where(journal.c.committee == committee)
        .group_by(journal.c.latest)
        .order_by(journal.c.latest)
    )
    return [{"day": row[0], "events": row[1], "position": row[2]} for row in view.events.execute(query)]
