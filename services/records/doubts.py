"""The register of doubts: what the sources leave open or contradict, never smoothed over."""

import hashlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Column, String, Table

from shared.envelope import Envelope, Source
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

doubts: Final = Table(
    "doubts",
    metadata,
    Column("committee", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("type", String, nullable=False),
    *provenance_columns(),
)
"""`kind` is not_stated, inferred, missing or conflict; `about` is the imported entry, or the event where
there is none. One doubt of an entry stands once, with the first event that carries it; the provenance
repeats all doubts of that event."""


def doubt_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a doubt of an entry, however many events the entry became."""
    source = envelope.meta.source
    if source is None:
        return
    about = source.entry or str(envelope.event_id)
    for kind, text in _doubts(source):
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        key = {"committee": envelope.committee, "about": about, "kind": kind, "digest": digest}
        db.put_first(doubts, key, {"text": text, "type": envelope.type, **provenance(envelope)})


def _doubts(source: Source) -> Iterator[tuple[str, str]]:
    if not source.stated:
        yield "not_stated", source.entry or source.reference
    for part in source.inferred:
        yield "inferred", part
    for part in source.missing:
        yield "missing", part
    if source.conflict:
        yield "conflict", source.conflict


READ_MODELS: Final = (ReadModel("doubts", (doubts,), doubt_register),)
