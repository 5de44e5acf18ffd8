"""The registers of outgoing and incoming documents, with the columns of Nghị định 30/2020/NĐ-CP."""

from typing import Any, Final

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.meetings.document.events import (
    DocumentCorrected,
    DocumentDispatched,
    DocumentIssued,
    DocumentKey,
    DocumentRecalled,
    DocumentReplaced,
    DuplicateNoticed,
    IncomingEvent,
    IncomingForwarded,
    IncomingRegistered,
    NumberVoided,
    SeriesEvent,
    SeriesHandedOver,
)
from services.meetings.document.number import padded
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

outgoing: Final = Table(
    "outgoing",
    metadata,
    Column("committee", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("number", String, nullable=False),  # the symbol as the document prints it
    Column("date", String),  # empty for a number without a document
    Column("kind", String),  # the abbreviation of the type
    Column("subject", String),
    Column("signed_for", String),
    Column("signatory", String),
    Column("signatory_post", String),
    Column("capacity", String),
    Column("acts_for", String),
    Column("authorisation", String),
    Column("seal", String),
    Column("seal_agency", String),
    Column("agency", String),
    Column("drafted_by", String),
    Column("recipients", JSON, nullable=False),
    Column("archived_by", String),
    Column("copies", Integer),
    Column("pages", Integer),
    Column("appendices", JSON, nullable=False),
    Column("urgency", String),
    Column("text_digest", String),
    Column("sent_on", String),  # the first day
    Column("receipts", JSON, nullable=False),  # each dispatch: day, to whom, by which receipt
    Column("sent_late", Boolean, nullable=False),
    Column("replaces", String),
    Column("corrects", String),
    Column("replaced_by", String),
    Column("corrected_by", JSON, nullable=False),
    Column("state", String, nullable=False),  # issued, corrected, replaced, recalled, voided
    Column("state_because", String),
    Column("state_since", String, nullable=False),
    *provenance_columns(),
)

incoming: Final = Table(
    "incoming",
    metadata,
    Column("committee", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("arrival_number", Integer, nullable=False),
    Column("received_on", String, nullable=False),
    Column("issuer", String),
    Column("number", String, nullable=False),
    Column("date", String),
    Column("date_wording", String),
    Column("kind", String),
    Column("subject", String, nullable=False),
    Column("forwarded_to", String),
    Column("with_units", JSON, nullable=False),
    Column("forwarded_on", String),
    Column("receipt", String),
    Column("instruction", String),
    Column("due", String),
    Column("due_latest", String),
    Column("copies", Integer),
    Column("pages", Integer),
    Column("urgency", String),
    Column("text_digest", String, nullable=False),
    Column("late", Boolean, nullable=False),  # registered or given on after the next working day
    Column("duplicates", JSON, nullable=False),  # each second copy: day, id, by what it was found
    *provenance_columns(),
)


def outgoing_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a number of a series; a number without a document has its row too."""
    match envelope.event:
        case DocumentIssued() as issued:
            db.put(outgoing, _key(envelope, issued), _issued(envelope, issued))
        case NumberVoided() as voided:
            name = f"{padded(voided.number)}/{voided.series}"
            key = {
                "committee": envelope.committee,
                "document_id": name,  # no id of a document has a stroke
                "series": voided.series,
                "year": voided.year,
            }
            values = {**BLANK, "ordinal": voided.number, "number": name}
            state = _state(envelope, "voided", voided.reason)
            db.put(outgoing, key, {**values, **state, **provenance(envelope)})
        case DocumentReplaced() as replaced:
            state = _state(envelope, "replaced", replaced.reason)
            db.change(outgoing, _key(envelope, replaced), {"replaced_by": str(replaced.by), **state})
        case DocumentCorrected() as corrected:
            key = _key(envelope, corrected)
            (row,) = db.find(outgoing, key)
            letters = _with(row["corrected_by"], str(corrected.by))
            state = _state(envelope, "corrected", corrected.reason)
            db.change(outgoing, key, {"corrected_by": letters, **state})
        case DocumentRecalled() as recalled:
            db.change(outgoing, _key(envelope, recalled), _state(envelope, "recalled", recalled.reason))
        case DocumentDispatched() as sent:
            _sent(db, _key(envelope, sent), sent)
        case SeriesHandedOver():
            return


def _key(envelope: Envelope[Event], about: DocumentKey | SeriesEvent) -> dict[str, Any]:
    names = {"document_id", "series", "year"}
    return {"committee": envelope.committee, **about.model_dump(include=names)}


BLANK: Final = {"recipients": [], "appendices": [], "receipts": [], "corrected_by": [], "sent_late": False}


def _issued(envelope: Envelope[Event], issued: DocumentIssued) -> dict[str, Any]:
    actor = envelope.meta.actor
    told = {
        "series", "year", "document_id", "number", "symbol", "type_code", "body", "reason", "authorisation",
        "replaces", "corrects",
    }  # fmt: skip
    return {
        **BLANK,
        **issued.model_dump(mode="json", exclude=told),
        "ordinal": issued.number,
        "number": issued.symbol,
        "kind": issued.type_code.value,
        "signatory": issued.signatory or actor.person,
        "capacity": actor.capacity,
        "acts_for": actor.mandate.acts_for,
        "authorisation": str(issued.authorisation) if issued.authorisation else None,
        "replaces": issued.replaces.document_id if issued.replaces else None,
        "corrects": issued.corrects.document_id if issued.corrects else None,
        **_state(envelope, "issued", issued.reason),
        **provenance(envelope),
    }


def _state(envelope: Envelope[Event], state: str, because: str | None) -> dict[str, Any]:
    return {"state": state, "state_because": because, "state_since": str(envelope.meta.effective_at)}


def _sent(db: Rows, key: dict[str, Any], sent: DocumentDispatched) -> None:
    (row,) = db.find(outgoing, key)
    told = " · ".join(filter(None, (sent.sent_on.isoformat(), "; ".join(sent.to), sent.receipt)))
    first = min(filter(None, (row["sent_on"], sent.sent_on.isoformat())))
    receipts = sorted(_with(row["receipts"], told))
    late = row["sent_late"] or sent.late
    db.change(outgoing, key, {"sent_on": first, "receipts": receipts, "sent_late": late})


def incoming_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a document that came in, however many copies of it did."""
    match envelope.event:
        case IncomingRegistered() as registered:
            values = registered.model_dump(
                mode="json", exclude={"year", "document_id", "document", "type_code"}
            )
            cited = registered.document.model_dump(mode="json")
            values |= {**cited, "kind": registered.type_code, "with_units": [], "duplicates": []}
            key = _arrival(envelope, registered.document_id, registered.year)
            db.put(incoming, key, {**values, **provenance(envelope)})
        case DuplicateNoticed() as noticed:
            key = _arrival(envelope, noticed.duplicate_of, noticed.year)
            (row,) = db.find(incoming, key)
            told = f"{noticed.received_on} · {noticed.document_id} · {noticed.document}"
            db.change(incoming, key, {"duplicates": _with(row["duplicates"], told)})
        case IncomingForwarded() as forwarded:
            key = _arrival(envelope, forwarded.document_id, forwarded.year)
            (row,) = db.find(incoming, key)
            due = forwarded.due
            values = {
                "forwarded_to": forwarded.to,
                "with_units": list(forwarded.with_units),
                "forwarded_on": forwarded.forwarded_on.isoformat(),
                "receipt": forwarded.receipt,
                "instruction": forwarded.instruction,
                "due": due.wording if due else None,
                "due_latest": due.latest.isoformat() if due and due.latest else None,
                "late": row["late"] or forwarded.late,
            }
            db.change(incoming, key, values)


def _arrival(envelope: Envelope[Event], document_id: str, year: int) -> dict[str, Any]:
    return {"committee": envelope.committee, "document_id": document_id, "year": year}


def _with(known: list[str], one: str) -> list[str]:
    """Delivered twice, it stands once."""
    return known if one in known else [*known, one]


READ_MODELS = (
    ReadModel("outgoing", (outgoing,), outgoing_register, SeriesEvent),
    ReadModel("incoming", (incoming,), incoming_register, IncomingEvent),
)
