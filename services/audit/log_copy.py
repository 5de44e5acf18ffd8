"""A published log copied as it was at one size: its tiles, its checkpoints up to then, its keys."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from services.audit.published import PublishedLog
from shared.audit.log import ADOPTIONS, CHECKPOINT, HISTORY, KEYS, LogError, adopted_in
from shared.audit.tiles import HASH, WIDTH, TilesError, tile_path


def copy_log(log: PublishedLog, to: Path) -> None:
    """Copy, and mend nothing. Raises TilesError, OSError."""
    (to / HISTORY).mkdir(parents=True)
    (to / CHECKPOINT).write_text(str(log.newest.note))
    for size, path in log.kept():
        if size <= log.size:
            shutil.copyfile(path, to / HISTORY / path.name)
    later = _later_adoptions(log)
    for name in (KEYS, ADOPTIONS):
        if (log.folder / name).exists():
            lines = (log.folder / name).read_bytes().splitlines(keepends=True)
            (to / name).write_bytes(b"".join(lines[: len(lines) - later]))
    for level, number, width in _tiles(log.size):
        target = to / tile_path(level, number, width)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_content(log.folder, level, number, width))


def _later_adoptions(log: PublishedLog) -> int:
    """How many keys were adopted after this checkpoint, while it was copied."""
    try:
        return sum(size > log.size for _, size in adopted_in((log.folder / ADOPTIONS).read_text("utf-8")))
    except (OSError, ValueError, LogError):
        return 0


def _tiles(size: int) -> Iterator[tuple[str, int, int]]:
    """Every tile that a log of this size has: level, number, width."""
    rows, level = size, 0
    while rows:
        for number in range(-(-rows // WIDTH)):
            width = min(WIDTH, rows - number * WIDTH)
            yield str(level), number, width
            if level == 0:
                yield "entries", number, width
        rows, level = rows // WIDTH, level + 1


def _content(folder: Path, level: str, number: int, width: int) -> bytes:
    """The tile at this width or, where the log has grown since, the beginning of a wider one."""
    for wider in range(width, WIDTH + 1):
        try:
            content = (folder / tile_path(level, number, wider)).read_bytes()
        except FileNotFoundError:
            continue
        if wider == width:
            return content
        return content[: width * HASH] if level != "entries" else _first(content, width)
    raise TilesError(f"{tile_path(level, number, width)} is missing")


def _first(content: bytes, count: int) -> bytes:
    end = 0
    for _ in range(count):
        end += 2 + int.from_bytes(content[end : end + 2], "big")
    return content[:end]
