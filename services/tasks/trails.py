"""Trails: lists in a row that grow by one entry an event, however often the event is delivered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table

from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows


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
    trail: list[dict[str, Any]] = next((row[column.name] for row in db.find(table, key)), [])
    if any(old["event"] == new["event"] for old in trail):
        return trail
    return [*trail, dict(new)]
