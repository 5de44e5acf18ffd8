"""What stands in the write-ahead log behind the part that SQLite takes; the rest it leaves out in silence.

The formats: https://www.sqlite.org/fileformat2.html#the_write_ahead_log (a header, then frames of one page
each, the last of a transaction marked as its commit) and https://www.sqlite.org/walformat.html (the index in
shared memory, which tells how many frames are sound up to the last commit).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEADER_BYTES: Final = 32
_FRAME: Final = struct.Struct(">2I8s2I")
"""Of a frame: its page, the pages of the file where it commits or 0, the salts, the checksum."""
_INDEX: Final = struct.Struct("=16xI12x8s")
"""Of the index: the last sound frame, the salts."""
_LITTLE, _BIG = 0x377F0682, 0x377F0683


@dataclass(frozen=True, slots=True)
class Rest:
    """What SQLite leaves out."""

    unfinished: int = 0
    """Bytes of a transaction that did not come to its end."""
    hurt: str | None = None
    """Where the file is damaged, if whole transactions stand behind the damage."""


def left_out(write_ahead: Path, index: Path) -> Rest:
    """Look behind the last sound commit of a log that was opened and read, and not written to, by now.

    One commit there may belong to the very transaction that is broken, which was never acknowledged. With
    two of them, the first transaction was whole and on disk when the second one began.
    """
    try:
        size = write_ahead.stat().st_size
    except FileNotFoundError:
        return Rest()
    with write_ahead.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if size <= _HEADER_BYTES:
        return Rest(size)
    if not _is_header(head):
        return Rest(size, "its header is damaged, so that nothing in it can be used")
    page, salts = int.from_bytes(head[8:12], "big"), head[16:24]
    sound = _sound_frames(index, salts)
    commits = list(_commits(write_ahead, sound, page, salts))
    behind = len(commits) * (_FRAME.size + page)
    if sum(commits) > 1:
        where = f"it is damaged behind frame {sound} (byte {_HEADER_BYTES + sound * (_FRAME.size + page)})"
        return Rest(behind, f"{where}, and {sum(commits)} commits stand behind the damage")
    return Rest(behind)


def _is_header(head: bytes) -> bool:
    """Whether it is one, by its checksum."""
    magic = int.from_bytes(head[:4], "big")
    words = struct.unpack_from(("<" if magic == _LITTLE else ">") + "6I", head)
    one = two = 0
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return magic in (_LITTLE, _BIG) and struct.pack(">2I", one, two) == head[24:]


def _sound_frames(index: Path, salts: bytes) -> int:
    """Frames up to the last commit that SQLite takes, which is none where the index is of another filling."""
    with index.open("rb") as file:
        found = file.read(_INDEX.size)
    frames, taken = _INDEX.unpack(found) if len(found) == _INDEX.size else (0, b"")
    return int(frames) if taken == salts else 0


def _commits(write_ahead: Path, first: int, page: int, salts: bytes) -> Iterator[bool]:
    """For each whole frame of this filling from one on, whether it commits a transaction."""
    with write_ahead.open("rb") as file:
        file.seek(_HEADER_BYTES + first * (_FRAME.size + page))
        while len(head := file.read(_FRAME.size)) == _FRAME.size:
            _, pages, own, _, _ = _FRAME.unpack(head)
            if own == salts:
                yield pages > 0
            file.seek(page, 1)
