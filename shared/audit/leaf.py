"""What the log says of one event: the entry whose hash is a leaf of the tree. Specified in `docs/audit.md`.

Eight lines of ASCII, each ended by a line feed. The bytes of data and metadata stand for themselves by their
SHA-256, so that the log may be public where the events are not, and holds when a person's key is destroyed.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from shared.eventstore.port import RecordedEvent

VERSION: Final = "bcd-event/v1"
BEGINNING_OF_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""From which recorded times are counted."""


def entry_of(event: RecordedEvent) -> bytes:
    """The entry of an event exactly as it is stored; any change of the event changes it."""
    lines = (
        VERSION,
        quote(event.stream, safe=""),
        str(event.revision),
        str(event.id),
        quote(event.type, safe=""),
        str(microseconds(event.recorded_at)),
        sha256(event.data).hexdigest(),
        sha256(event.metadata).hexdigest(),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def microseconds(at: datetime) -> int:
    """A recorded time as the log counts it: whole microseconds since 1970 in UTC."""
    return (at - BEGINNING_OF_TIME) // timedelta(microseconds=1)
