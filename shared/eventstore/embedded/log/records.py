"""A record of the log: what is kept of an event, where it stands, and the sum that shows damage."""

import zlib
from dataclasses import dataclass
from typing import Final

RECORD_OVERHEAD: Final = 64
"""Bytes that a record takes besides its content: positions grow as in a file, never by one."""


class DamagedError(Exception):
    """A record is not what was written; the text says which one and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """An event that shall be recorded; `id` is the 16 bytes of its UUID."""

    id: bytes
    type: str
    content_type: str
    metadata: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """A recorded event; `created` counts 100 ns since 1970 in UTC, as EventStoreDB's clients expect."""

    position: int
    stream: str
    revision: int
    id: bytes
    type: str
    content_type: str
    created: int
    metadata: bytes
    data: bytes
    checksum: int


def size_of(stream: str, event: Proposed | Row) -> int:
    """How far the position of the event's record is from the one before it in `$all`."""
    return RECORD_OVERHEAD + len(stream) + len(event.type) + len(event.metadata) + len(event.data)


def checksum(
    position: int,
    stream: str,
    revision: int,
    id_: bytes,
    type_: str,
    content_type: str,
    created: int,
    metadata: bytes,
    data: bytes,
) -> int:
    """CRC-32 of everything that is kept of an event: SQLite's pages carry no sums of their own."""
    head = f"{position} {revision} {created} {len(metadata)} {stream}\0{type_}\0{content_type}\0".encode()
    return zlib.crc32(data, zlib.crc32(metadata, zlib.crc32(head + id_)))


def intact(row: Row) -> Row:
    """The row itself, or DamagedError: nothing is served that is not what was acknowledged."""
    found = checksum(
        row.position,
        row.stream,
        row.revision,
        row.id,
        row.type,
        row.content_type,
        row.created,
        row.metadata,
        row.data,
    )
    if found != row.checksum:
        raise DamagedError(
            f"the event at position {row.position} ({row.stream!r}, revision {row.revision}) is damaged: "
            f"its checksum is {found:08x} and was {row.checksum:08x} when it was written"
        )
    return row
