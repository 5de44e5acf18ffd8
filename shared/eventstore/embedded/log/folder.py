"""The data folder, which one server process at a time may hold."""

import fcntl
import os
from pathlib import Path
from typing import Final

from shared.eventstore.embedded.log.acknowledged import synchronise

LOG: Final = "events.sqlite"
"""Name of the log's file in its folder."""


class FolderError(Exception):
    """The folder cannot be used; the text says which one and why."""


class InUseError(FolderError):
    """Another process holds the folder."""


class DataFolder:
    """Locked from construction until `close` or the end of the process, however that comes."""

    def __init__(self, path: Path) -> None:
        """Make the folder where it is missing, and lock it. Raises InUseError, FolderError."""
        self.path = path
        self.log_path = path / LOG
        self.write_ahead_path = path / f"{LOG}-wal"
        self.index_path = path / f"{LOG}-shm"
        self.mark_path = path / "acknowledged"
        self._running_path = path / "running"
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise FolderError(f"the data folder {path} cannot be used: {error}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise InUseError(f"the data folder {path} is in use by another server process") from None

    def left_running(self) -> bool:
        """Whether the last server here did not come to a clean end."""
        return self._running_path.exists()

    def note_start(self) -> None:
        self._running_path.touch()
        synchronise(self.path)

    def note_end(self) -> None:
        """The server ended as it should: the next one need not ask what became of the log."""
        self._running_path.unlink(missing_ok=True)

    def close(self) -> None:
        os.close(self._lock)
