"""What a content store promises: bytes under their own SHA-256, whole or not at all, never changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from shared.catalogue import both

CHUNK: Final = 1 << 20
"""Bytes in memory at a time."""
DIGITS: Final = 64


class ContentsError(Exception):
    """The content store does not answer, or cannot take more; the text says which and why."""


class ContentsDown(ContentsError):
    """The content store cannot be reached, or refuses who asks."""

    def __init__(self, where: object, why: object) -> None:
        super().__init__(f"{both('contents.down', where=where)}: {why}")


class NoSuchContent(ContentsError):
    """Nothing is kept under this digest."""

    def __init__(self, digest: str) -> None:
        super().__init__(both("contents.missing", digest=digest))
        self.digest = digest


class ContentDamaged(ContentsError):
    """What is kept under a digest has another one."""

    def __init__(self, digest: str, found: str) -> None:
        super().__init__(both("contents.damaged", digest=digest, found=found))
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

    def holds(self, digest: str) -> bool:
        """Whether something is kept under this digest; `read` tells whether it is right."""
        ...

    def digests(self) -> Iterator[str]:
        """Every digest that is kept, in order."""
        ...


def is_digest(text: str) -> bool:
    return len(text) == DIGITS and all(digit in "0123456789abcdef" for digit in text)


def place_of(digest: str) -> str:
    """Where a content lies below the root of a store; raises NoSuchContent for what is no digest."""
    if not is_digest(digest):
        raise NoSuchContent(digest)
    return f"{digest[:2]}/{digest}"
