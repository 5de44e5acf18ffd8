"""The opinion register: rounds, and every version of every opinion (D6.1.c)."""

from typing import Any

from services.meetings.events import (
    OpinionOverdue,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
)
from services.meetings.tables import opinion_rounds, opinions
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import Rows, provenance


def opinion_register(db: Rows, envelope: Envelope[Event]) -> None:
    match envelope.event:
        case OpinionRequested() as requested:
            key = _round(envelope, requested.round_id)
            values: dict[str, Any] = {
                "subject": requested.subject,
                "form": requested.form.value,
                "meeting": requested.meeting_id,
                "asked": list(requested.asked),
                "text_digest": requested.text_digest,
                **_due(requested.due),
                "first_due": requested.due.wording if requested.due else None,
                "extended_because": None,
                "answered": _answered(db, key),
                "overdue": [],
                "tally": None,
                "state": "open",
                "closed": None,
            }
            db.put(opinion_rounds, key, {**values, **provenance(envelope)})
        case OpinionSubmitted() as submitted:
            key = _round(envelope, submitted.round_id)
            values = {
                "answer": submitted.answer.value,
                "comments": submitted.comments,
                "late": submitted.late,
                "text_digest": submitted.text_digest,
                "actor": envelope.meta.actor.person,
            }
            version = {**key, "seat": submitted.seat_id, "version": submitted.version}
            db.put(opinions, version, {**values, **provenance(envelope)})
            db.change(opinion_rounds, key, {"answered": _answered(db, key)})
        case OpinionOverdue() as overdue:
            key = _round(envelope, overdue.round_id)
            (row,) = db.find(opinion_rounds, key)
            db.change(opinion_rounds, key, {"overdue": sorted({*row["overdue"], overdue.seat_id})})
        case OpinionRoundExtended() as extended:
            values = {**_due(extended.due), "extended_because": extended.reason, "overdue": []}
            db.change(opinion_rounds, _round(envelope, extended.round_id), values)
        case OpinionRoundClosed() as closed:
            values = {
                "tally": closed.tally.model_dump(),
                "state": "closed",
                "closed": str(envelope.meta.effective_at),
            }
            db.change(opinion_rounds, _round(envelope, closed.round_id), values)


def _round(envelope: Envelope[Event], round_id: str) -> dict[str, Any]:
    return {"committee": envelope.committee, "round": round_id}


def _due(due: Deadline | None) -> dict[str, str | None]:
    latest = due.latest.isoformat() if due and due.latest else None
    return {"due": due.wording if due else None, "due_latest": latest}


def _answered(db: Rows, key: dict[str, Any]) -> int:
    return len({row["seat"] for row in db.find(opinions, key)})
