"""The trail of a row: the steps that made it what it is, each with its event and its day."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

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


def step(
    db: Rows,
    table: Table,
    envelope: Envelope[Event],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    **said: Any,
) -> None:
    """Set the values and let the column `steps` grow by this event, once however often it is delivered."""
    trail: list[dict[str, Any]] = next((row["steps"] for row in db.find(table, key)), [])
    new = entry(envelope, **said)
    known = any(old["event"] == new["event"] for old in trail)
    db.change(table, key, {**values, "steps": trail if known else [*trail, new]})
