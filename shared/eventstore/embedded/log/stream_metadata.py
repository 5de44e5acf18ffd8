"""What a stream's metadata means to its readers, and how a deletion writes it."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import END

TYPE: Final = "$metadata"
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


def truncation(data: bytes) -> Truncation:
    """Read it from metadata; what is not a JSON object, or no whole number, says nothing."""
    said = _object(data)

    def number(key: str, least: int) -> int | None:
        value = said.get(key)
        known = isinstance(value, int) and not isinstance(value, bool) and least <= value <= END
        return value if known else None

    return Truncation(number("$tb", 0) or 0, number("$maxCount", 1), number("$maxAge", 1))


def truncated(data: bytes, before: int) -> Proposed:
    """A metadata event that says what `data` said, and hides what stands before a revision."""
    said = {**_object(data), "$tb": before}
    return Proposed(uuid.uuid4().bytes, TYPE, "application/json", b"", json.dumps(said).encode())


def _object(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
