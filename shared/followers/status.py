"""What a follower says of itself: a small JSON file that is always whole, for `bcd status`."""

import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "status"
EVERY: Final = 1.0
"""Seconds between two writings of an unchanged state."""


class StatusFile:
    """`<data>/status/<follower>.json`, replaced as a whole; without a folder it only remembers."""

    def __init__(self, follower: str, data: Path | None) -> None:
        self.content: dict[str, Any] = {"follower": follower, "pid": os.getpid(), "state": "starting"}
        self._path = data / FOLDER / f"{follower}.json" if data is not None else None
        self._next = 0.0

    def note(self, state: str, /, **facts: Any) -> None:
        """Remember; written at once when the state or the clock changed, else at most once a second."""
        changed = state != self.content["state"] or facts.get("clock") != self.content.get("clock")
        self.content |= {"state": state, **facts, "written_at": now()}
        if changed or time.monotonic() >= self._next:
            self.write()

    def error(self, why: str) -> None:
        """Remember an error and write it."""
        self.content |= {"last_error": why, "last_error_at": now()}
        self.write()

    def write(self) -> None:
        if self._path is None:
            return
        self._next = time.monotonic() + EVERY
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(self.content, ensure_ascii=False, default=str))
        new.replace(self._path)


def read_statuses(data: Path) -> dict[str, Mapping[str, Any]]:
    """What every follower last said, by its name; empty where none has run."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted((data / FOLDER).glob("*.json")):
        found[path.stem] = json.loads(path.read_text())
    return found


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
