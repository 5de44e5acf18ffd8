"""What a stream's metadata means to its readers, and how a deletion writes it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import END

JSON: Final = "application/json"
DELETED: Final = b'{"$tb":%d}' % END
"""Metadata of a stream that was deleted: it forgets what else the metadata said."""
_PREFIX: Final = "$$"


def described_by(stream: str) -> str | None:
    """The stream that a metadata stream describes; None where the name is not one of those."""
    return stream.removeprefix(_PREFIX) if stream.startswith(_PREFIX) and len(stream) > 2 else None


def metadata_stream(stream: str) -> str:
    return _PREFIX + stream


@dataclass(frozen=True, slots=True)
class Truncation:
    """Which events of a stream are hidden: before a revision, beyond a count, beyond an age in seconds."""

    truncate_before: int = 0
    max_count: int | None = None
    max_age: int | None = None


_NOTHING: Final = Truncation()


def truncation(stream: str, metadata: Proposed) -> Truncation:
    """What a metadata event hides of the stream that it describes.

    One wrong value makes all of it mean nothing, as in EventStoreDB, and so does any content type but
    JSON. Metadata of a metadata stream hides nothing either: such a stream shows its last event, always.
    """
    if metadata.content_type != JSON or described_by(stream) is not None:
        return _NOTHING
    said = _object(metadata.data)
    numbers = [said.get(key, 0) for key in ("$tb", "$maxCount", "$maxAge")]
    if not all(type(number) is int and -END <= number <= END for number in numbers):
        return _NOTHING
    before, count, age = numbers
    return Truncation(max(before, 0), count if count > 0 else None, age if age > 0 else None)


def shown_from(data: bytes, first: int) -> bytes:
    """Metadata that says what `data` said, and hides what stands before a revision."""
    # In ASCII: JSON may hold half of a surrogate pair, which cannot be written in UTF-8 but as an escape.
    return json.dumps({**_object(data), "$tb": first}).encode()


def _object(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
