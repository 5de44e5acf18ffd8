"""What a content store promises: bytes under their own SHA-256, whole or not at all, never changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

CHUNK: Final = 1 << 20
"""Bytes in memory at a time."""


class ContentsError(Exception):
    """The content store does not answer, or cannot take more; the text says which and why."""


class NoSuchContent(ContentsError):
    """Nothing is kept under this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"no content is kept under sha256 {digest}")
        self.digest = digest


class ContentDamaged(ContentsError):
    """What is kept under a digest has another one."""

    def __init__(self, digest: str, found: str) -> None:
        super().__init__(f"what is kept under sha256 {digest} has sha256 {found}")
        self.digest, self.found = digest, found


@dataclass(frozen=True)
class Content:
    """What an event says of a content: `digest` is the SHA-256 in 64 hex digits, `size` in bytes."""

    digest: str
    size: int


class Contents(Protocol):
    """Safe to share between threads."""

    def put(self, source: BinaryIO) -> Content:
        """Keep what the source holds; where it is kept already, nothing changes. Raises ContentsError."""
        ...

    def read(self, digest: str) -> Iterator[bytes]:
        """The bytes in chunks. Raises NoSuchContent; ContentDamaged at the end where they do not fit."""
        ...

    def holds(self, digest: str) -> bool: ...

    def digests(self) -> Iterator[str]:
        """Every digest that is kept, in order."""
        ...
