"""What was acknowledged, written down beside the log, so that the log's own loss is noticed."""

import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FORM: Final = struct.Struct("<8sQII")
_NAME: Final = b"bcd-ack1"


class UnreadableError(Exception):
    """The mark is not one that was written by us; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The last event that was committed: its position and its checksum."""

    position: int
    checksum: int


class Acknowledged:
    """The file of the mark: 24 bytes, written over after every commit and before its answers go out.

    It is not synchronised with the disk. After `kill -9` it is exact; after a power loss it is a lower bound.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make one that is on disk."""
        made = not path.exists()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if made:
            self.write(Mark(0, 0))
            os.fsync(self._file)
            synchronise(path.parent)

    def write(self, mark: Mark) -> None:
        content = _FORM.pack(_NAME, mark.position, mark.checksum, 0)[:-4]
        os.pwrite(self._file, content + zlib.crc32(content).to_bytes(4, "little"), 0)

    def close(self) -> None:
        os.close(self._file)


def read_mark(path: Path) -> Mark | None:
    """The mark; None where there is no file. Raises UnreadableError."""
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    if len(found) != _FORM.size:
        raise UnreadableError(f"it has {len(found)} bytes and should have {_FORM.size}")
    name, position, checksum, said = _FORM.unpack(found)
    if name != _NAME or said != zlib.crc32(found[:-4]):
        raise UnreadableError("its own checksum is wrong")
    return Mark(position, checksum)


def synchronise(folder: Path) -> None:
    """Make new names in a folder durable."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
