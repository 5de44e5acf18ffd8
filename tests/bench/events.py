"""The events that the store's benches write and read: as large as a decision of the product's."""

from collections.abc import Iterator
from uuid import uuid4

from esdbclient import NewEvent

DATA = b'{"text":"' + b"x" * 170 + b'"}'
METADATA = b'{"text":"' + b"x" * 650 + b'"}'
TYPE = "Bare"
CREATED = 17_000_000_000_000_000
"""In 100 ns since 1970."""
STORED, STREAM_LENGTH = 20_000, 1000
"""What is there to read, in streams of this length."""


def new(count: int) -> list[NewEvent]:
    """Events that no store has seen."""
    return [NewEvent(type=TYPE, data=DATA, metadata=METADATA, id=uuid4()) for _ in range(count)]


def stream_names() -> Iterator[str]:
    """The streams that are there to read."""
    for number in range(STORED // STREAM_LENGTH):
        yield f"bench-{number}"
