"""The erasure register: whose data, on what ground or legal basis, since when; no personal value (D7.8)."""

from typing import Any

from sqlalchemy import Column, String, Table

from services.members.privacy.events import (
    ErasureOrdered,
    ErasureRefused,
    ErasureRequested,
    PersonalDataErased,
    PrivacyEvent,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

erasures = Table(
    "erasures",
    metadata,
    Column("committee", String, primary_key=True),
    Column("subject_key", String, primary_key=True),
    Column("state", String, nullable=False),  # requested, refused, ordered, erased
    Column("state_since", String, nullable=False),
    Column("requested_on", String),
    Column("request_document", String),
    Column("decide_by", String),
    Column("legal_basis", String),
    Column("erasure_ground", String),
    Column("order_document", String),
    Column("key_id", String),
    Column("destroyed_on", String),
    *provenance_columns(),
)


def erasure_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a subject."""
    values: dict[str, Any]
    match envelope.event:
        case ErasureRequested() as requested:
            values = {
                "requested_on": str(envelope.meta.effective_at),
                "request_document": cited(requested.document),
                "decide_by": requested.decide_by.isoformat() if requested.decide_by else None,
                "legal_basis": None,  # of an earlier refusal
            }
            _put(db, envelope, requested.subject, "requested", values)
        case ErasureRefused() as refused:
            values = {"legal_basis": refused.basis, "order_document": cited(refused.document)}
            _put(db, envelope, refused.subject, "refused", values)
        case ErasureOrdered() as ordered:
            values = {"erasure_ground": ordered.ground, "order_document": cited(ordered.document)}
            _put(db, envelope, ordered.subject, "ordered", values)
        case PersonalDataErased() as erased:
            day = erased.destroyed_on.isoformat() if erased.destroyed_on else None
            values = {"key_id": erased.key_id, "destroyed_on": day}
            _put(db, envelope, erased.subject, "erased", values)


def _put(db: Rows, envelope: Envelope[Event], subject: str, state: str, values: dict[str, Any]) -> None:
    """Each event may be the first that is known of a subject; the row says which was the last."""
    key = {"committee": envelope.committee, "subject_key": subject}
    told = {"state": state, "state_since": str(envelope.meta.effective_at), **values}
    db.put(erasures, key, {**told, **provenance(envelope)})


READ_MODELS = (ReadModel("erasures", (erasures,), erasure_register, PrivacyEvent),)
