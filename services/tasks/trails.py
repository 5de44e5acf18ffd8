"""Trails: lists in a row that grow by one entry an event, however often the event is delivered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, select

from shared.envelope import Envelope
from shared.messages import Event


def entry(envelope: Envelope[Event], **said: Any) -> dict[str, Any]:
    """What a trail keeps of an event: its reference and type, its day, who did it, what it says."""
    return {
        "event": envelope.reference,
        "type": envelope.type,
        "effective": str(envelope.meta.effective_at),
        "by": envelope.meta.actor.person,
        **said,
    }


def grown(
    db: Rows, table: Table, column: Column[Any], key: Mapping[str, Any], new: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The trail in this row with a new entry, unless it holds one of the same event already."""
    here = and_(*(table.c[name] == value for name, value in key.items()))
    trail: list[dict[str, Any]] = db.execute(select(column).where(here)).scalar_one_or_none() or []
    if any(old["event"] == new["event"] for old in trail):
        return trail
    return [*trail, dict(new)]
