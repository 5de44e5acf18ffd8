"""The log as static files in the layout of C2SP tlog-tiles: hash tiles, entry bundles, one checkpoint.

    <folder>/checkpoint                   the signed head, replaced as a whole
    <folder>/tile/<level>/<number>[.p/W]  256 hashes of 32 bytes, or W of them where the tile is not full
    <folder>/tile/entries/<number>[.p/W]  the entries, each after its length in two bytes, big-endian

What is written stays as it is, and partial tiles go when the full one is there, so that any web server or
copy of the folder serves the log.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from shared.audit.disk import write_whole
from shared.audit.merkle import leaf_hash, node_hash

WIDTH: Final = 256
_ROWS: Final = 8
HASH: Final = 32
LARGEST_ENTRY: Final = 65535

Read = Callable[[str], bytes]
"""The content of a file of the log by its path below the folder; raises FileNotFoundError."""


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


def in_folder(folder: Path) -> Read:
    return lambda path: (folder / path).read_bytes()


class Tiles:
    """Reads the tiles of a log of a given size, from a folder or from wherever `source` fetches them."""

    def __init__(self, source: Path | Read, size: int) -> None:
        self._fetch = in_folder(source) if isinstance(source, Path) else source
        self._size = size
        self._tile = lru_cache(maxsize=512)(self._read_tile)

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree, from the tile that holds its bottom row; see `merkle.Nodes`."""
        tile_level, rows = divmod(level, _ROWS)
        first = index << rows
        number, at = divmod(first, WIDTH)
        tile = self._tile(tile_level, number)
        row = [tile[n * HASH : (n + 1) * HASH] for n in range(at, at + (1 << rows))]
        if len(row[-1]) != HASH:
            raise TilesError(f"{tile_path(tile_level, number)} has no hash at {at}")
        return _root_of(row)

    def entries(self) -> Iterator[bytes]:
        """Every entry, in order."""
        for number in range(-(-self._size // WIDTH)):
            width = self._width(0, number)
            yield from islice(_entries(self._read("entries", number, width), number), width)

    def entry(self, index: int) -> bytes:
        """One entry; raises TilesError, ValueError."""
        if not 0 <= index < self._size:
            raise ValueError(f"entry {index} is not in a log of {self._size} entries")
        number, at = divmod(index, WIDTH)
        bundle = self._read("entries", number, self._width(0, number))
        found = next(islice(_entries(bundle, number), at, None), None)
        if found is None:
            raise TilesError(f"{tile_path('entries', number)} has no entry at {at}")
        return found

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
        return _read(self._fetch, level, number, width)


def _read(fetch: Read, level: str, number: int, width: int) -> bytes:
    """The tile at this width or, where the log has grown since, the beginning of a wider one."""
    for wider in (width, WIDTH, *range(width + 1, WIDTH)):
        try:
            content = fetch(tile_path(level, number, wider))
        except FileNotFoundError:
            continue
        if wider == width:
            return content
        if level != "entries":
            return content[: width * HASH]
        return b"".join(map(_framed, islice(_entries(content, number), width)))
    raise TilesError(f"{tile_path(level, number, width)} is missing")


def _framed(entry: bytes) -> bytes:
    return len(entry).to_bytes(2, "big") + entry


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
        self._extend("entries", self.size, list(map(_framed, entries)))
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
            before = _read(in_folder(self._folder), level, number, known)
            held = (
                list(map(_framed, _entries(before, number)))
                if level == "entries"
                else [before[n : n + HASH] for n in range(0, len(before), HASH)]
            )
            if len(held) != known:
                raise TilesError(f"{tile_path(level, number, known)} holds {len(held)} items, not {known}")
        held += items
        for offset in range(0, len(held), WIDTH):
            part = held[offset : offset + WIDTH]
            self._write(tile_path(level, number + offset // WIDTH, len(part)), b"".join(part))
        return held

    def _write(self, name: str, content: bytes) -> None:
        """What a crash left behind is the same again, or the store tells another history."""
        path = self._folder / name
        if not path.exists():
            write_whole(path, content)
        elif path.read_bytes() != content:
            raise TilesError(f"{name} is there with other content than the events give now")


def _root_of(row: Sequence[bytes]) -> bytes:
    hashes = list(row)
    while len(hashes) > 1:
        hashes = [node_hash(hashes[n], hashes[n + 1]) for n in range(0, len(hashes), 2)]
    return hashes[0]
