"""A small made-up history for the drill, where no system runs: streams, and documents with their bytes."""

import io
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from services.meetings.document.events import DocumentIssued, TypeCode
from services.tasks.events import ContextNoted
from shared.contents.port import Contents
from shared.dates import Moment
from shared.envelope import Actor, Mandate, Metadata
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import NO_STREAM, EventStore
from shared.history import encode
from shared.messages import CommitteeId, Event, PersonId

COMMITTEE: Final = CommitteeId("giadinh")
STREAMS: Final = 8
LENGTH: Final = 40
_NAMES: Final = UUID("00000000-0000-5000-8000-0000000000f0")


def tell(store: EventStore, contents: Contents, streams: int = STREAMS, length: int = LENGTH) -> None:
    """Record it, in an empty store: in turns, so that neighbours belong to different streams."""
    current_epoch(store)
    for number in range(length):
        for stream in range(streams):
            name = f"document-{COMMITTEE}.{stream}" if number == 0 else f"context-{COMMITTEE}.{stream}"
            event = _issued(stream, contents) if number == 0 else _noted(stream, number)
            new = encode(event, uuid5(_NAMES, f"{name}:{number}"), _metadata(event))
            store.append(name, [new], expected=NO_STREAM if number < 2 else number - 2)


def _issued(number: int, contents: Contents) -> DocumentIssued:
    text = f"Văn bản giả định số {number}".encode()
    return DocumentIssued(
        series="BCĐ-GĐ",
        year=2025,
        document_id=f"vb-{number}",
        number=number + 1,
        symbol=f"{number + 1:02}/TB-BCĐ",
        type_code=TypeCode.NOTICE,
        subject="Văn bản giả định",
        date=date(2025, 1, 6),
        text_digest=contents.put(io.BytesIO(text)).digest,
        signatory_post="Trưởng ban (giả định)",
    )


def _noted(stream: int, number: int) -> ContextNoted:
    return ContextNoted(
        context_id=f"{stream}-{number}",
        kind="report",
        title="Số liệu giả định",
        figures={"dat": number},
        agencies=(),
        positions=(),
        because="diễn tập",
    )


def _metadata(event: Event) -> Metadata:
    mandate = Mandate(capacity="record_keeper", ground="D7.8")
    return Metadata.model_validate(
        {
            "correlation_id": _NAMES,
            "causation_id": _NAMES,
            "command_id": _NAMES,
            "command_digest": "-",
            "schema_number": event.schema_number,
            "committee": COMMITTEE,
            "actor": Actor(person=PersonId("nguoi-gia-dinh"), capacity="record_keeper", mandate=mandate),
            "clauses": event.clauses,
            "effective_at": Moment("2025-01-06"),
        }
    )
