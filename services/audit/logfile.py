"""The file of an embedded store's log, read without its server, and written anew as its holder could."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from shared.audit.leaf import microseconds
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import DamagedError, Proposed, Row
from shared.eventstore.port import BEGINNING, RecordedEvent, StoreDamaged

_TICKS: Final = 10
"""In a microsecond, as the log counts time."""
_A_SECOND: Final = 10_000_000.0
"""Ticks of a second; divided and rounded as esdbclient does it, or leaves would differ by a microsecond."""


class LogFile:
    """The events of a log, each compared with its checksum on the way; `services.audit.verifying.Facts`."""

    def __init__(self, path: Path) -> None:
        self._log = Log(path, read_only=True)

    def read_all(self, *, after: int = BEGINNING) -> Iterator[RecordedEvent]:
        """Raises StoreDamaged."""
        try:
            for row in self._log.all_forwards(after + 1, self._log.head()):
                if not row.type.startswith("$"):
                    yield _recorded(row)
        except DamagedError as error:
            raise StoreDamaged(str(error)) from error

    def read_stream_backwards(self, stream: str, *, limit: int) -> list[RecordedEvent]:
        last = self._log.last_revision(stream)
        return [_recorded(row) for row in self._log.stream_backwards(stream, max(0, last - limit + 1), last)]

    def head(self) -> int:
        rows = self._log.all_backwards(0, self._log.head())
        return next((row.position for row in rows if not row.type.startswith("$")), BEGINNING)

    def close(self) -> None:
        self._log.close()


def write_log(path: Path, events: Iterable[RecordedEvent]) -> None:
    """A log of these events in this order; positions and revisions follow from it, and checksums fit."""
    revisions: defaultdict[str, int] = defaultdict(int)
    for name in ("", "-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    with closing(Log(path)) as log:
        log.create(0)
        log.begin()
        for event in events:
            new = Proposed(event.id.bytes, event.type, "application/json", event.metadata, event.data)
            created = microseconds(event.recorded_at) * _TICKS
            log.add(event.stream, revisions[event.stream], [new], created)
            revisions[event.stream] += 1
        log.commit()


def _recorded(row: Row) -> RecordedEvent:
    return RecordedEvent(
        id=UUID(bytes=row.id),
        type=row.type,
        data=row.data,
        metadata=row.metadata,
        stream=row.stream,
        revision=row.revision,
        position=row.position,
        recorded_at=datetime.fromtimestamp(row.created / _A_SECOND, tz=UTC),  # to the same microsecond
    )
