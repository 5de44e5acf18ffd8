"""The log as static files in the layout of C2SP tlog-tiles: hash tiles, entry bundles, one checkpoint.

    <folder>/checkpoint                   the signed head, replaced as a whole
    <folder>/tile/<level>/<number>[.p/W]  256 hashes of 32 bytes, or W of them where the tile is not full
    <folder>/tile/entries/<number>[.p/W]  the entries, each after its length in two bytes, big-endian

Files are written under another name and renamed, full tiles once and for ever, so that any web server or
copy of the folder serves them.
"""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from shared.audit.merkle import leaf_hash, node_hash

WIDTH: Final = 256
_ROWS: Final = 8
HASH: Final = 32
LARGEST_ENTRY: Final = 65535


class TilesError(Exception):
    """A tile is missing, or not what the log's size asks for; the text says which."""


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """The path below the folder, the number in groups of three digits: 1234067 is `x001/x234/067`."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{partial}"


class Tiles:
    """Reads a folder of tiles for a log of a given size."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._size = folder, size
        self._tile = lru_cache(maxsize=512)(self._read_tile)

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, from the tile that holds its bottom row; see `merkle.Nodes`."""
        tile_level, rows = divmod(level, _ROWS)
        first = index << rows
        number, at = divmod(first, WIDTH)
        tile = self._tile(tile_level, number)
        row = [tile[n * HASH : (n + 1) * HASH] for n in range(at, at + (1 << rows))]
        while len(row) > 1:
            row = [node_hash(row[n], row[n + 1]) for n in range(0, len(row), 2)]
        if len(row[0]) != HASH:
            raise TilesError(f"{tile_path(tile_level, number)} has no hash at {at}")
        return row[0]

    def entries(self) -> Iterator[bytes]:
        """Every entry, in order."""
        for number in range(-(-self._size // WIDTH)):
            width = self._width(0, number)
            yield from islice(_entries(self._read("entries", number, width), number), width)

    def _width(self, level: int, number: int) -> int:
        return min(WIDTH, (self._size >> (_ROWS * level)) - number * WIDTH)

    def _read_tile(self, level: int, number: int) -> bytes:
        width = self._width(level, number)
        content = self._read(str(level), number, width)
        if len(content) != width * HASH:
            raise TilesError(
                f"{tile_path(level, number, width)} holds {len(content)} bytes, not {width * HASH}"
            )
        return content

    def _read(self, level: str, number: int, width: int) -> bytes:
        """The tile at this width or, where the log has grown since, the beginning of a wider one."""
        for wider in range(width, WIDTH + 1):
            try:
                content = (self._folder / tile_path(level, number, wider)).read_bytes()
            except FileNotFoundError:
                continue
            return content if level == "entries" or wider == width else content[: width * HASH]
        raise TilesError(f"{tile_path(level, number, width)} is missing")


def _entries(content: bytes, number: int) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 2], "big")
        entry = content[at + 2 : at + 2 + length]
        if len(entry) != length:
            raise TilesError(f"{tile_path('entries', number)} ends within an entry")
        yield entry
        at += 2 + length


class TileWriter:
    """Appends entries to a folder of tiles; the caller publishes a checkpoint only afterwards."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self.size = folder, size

    def append(self, entries: Sequence[bytes]) -> None:
        """Write the tiles that hold the new entries; what was there is never changed, only added to."""
        if any(len(entry) > LARGEST_ENTRY for entry in entries):
            raise ValueError(f"an entry of a log may have at most {LARGEST_ENTRY} bytes")
        framed = [len(entry).to_bytes(2, "big") + entry for entry in entries]
        self._extend("entries", self.size, framed)
        level, start, hashes = 0, self.size, [leaf_hash(entry) for entry in entries]
        while hashes:
            full_before = start // WIDTH
            tail = self._extend(str(level), start, hashes)
            whole = (start + len(hashes)) // WIDTH - full_before
            hashes = [_root_of(tail[n * WIDTH : (n + 1) * WIDTH]) for n in range(whole)]
            level, start = level + 1, full_before
        self.size += len(entries)

    def _extend(self, level: str, start: int, items: Sequence[bytes]) -> list[bytes]:
        """Add items from a number on; everything in the tiles that were touched, from the first of them."""
        number, known = divmod(start, WIDTH)
        held: list[bytes] = []
        if known:
            before = (self._folder / tile_path(level, number, known)).read_bytes()
            held = (
                [len(e).to_bytes(2, "big") + e for e in _entries(before, number)]
                if level == "entries"
                else [before[n : n + HASH] for n in range(0, len(before), HASH)]
            )
            if len(held) != known:
                raise TilesError(f"{tile_path(level, number, known)} holds {len(held)} items, not {known}")
        held += items
        for offset in range(0, len(held), WIDTH):
            part = held[offset : offset + WIDTH]
            _write(self._folder / tile_path(level, number + offset // WIDTH, len(part)), b"".join(part))
        return held


def _root_of(row: Sequence[bytes]) -> bytes:
    hashes = list(row)
    while len(hashes) > 1:
        hashes = [node_hash(hashes[n], hashes[n + 1]) for n in range(0, len(hashes), 2)]
    return hashes[0]


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on disk before anybody is told."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with open(draft, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
