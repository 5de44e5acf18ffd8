"""Partial tiles that no signed head needs are removed, as C2SP tlog-tiles allows."""

import shutil
from pathlib import Path

from shared.audit.tiles import WIDTH, tile_path


def drop_partials(folder: Path, before: int, size: int) -> None:
    """Remove the partial tiles that no head needs, where the log was signed at `before` and now at `size`.

    Those of a tile that is full by now, and those between the two heads.
    """
    level = 0
    while size:
        for kind in [str(level)] if level else ["0", "entries"]:
            for number in range(before // WIDTH, size // WIDTH + 1):
                partials = _partials(folder, kind, number)
                if number < size // WIDTH:
                    shutil.rmtree(partials, ignore_errors=True)
                elif partials.is_dir():
                    signed = before % WIDTH if number == before // WIDTH else 0
                    for one in partials.iterdir():
                        if one.name.isdigit() and signed < int(one.name) < size % WIDTH:
                            one.unlink()
        level, before, size = level + 1, before // WIDTH, size // WIDTH


def _partials(folder: Path, kind: str, number: int) -> Path:
    full = folder / tile_path(kind, number)
    return full.with_name(f"{full.name}.p")
