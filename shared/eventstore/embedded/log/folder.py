"""The data folder, which one server process at a time may hold."""

import fcntl
import os
from pathlib import Path


class InUseError(Exception):
    """Another process holds the folder; the text says which folder."""


class DataFolder:
    """Locked from construction until `close` or the end of the process, however that comes."""

    def __init__(self, path: Path) -> None:
        """Make the folder where it is missing, and lock it. Raises InUseError."""
        path.mkdir(parents=True, exist_ok=True)
        self.log_path = path / "events.sqlite"
        self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise InUseError(f"the data folder {path} is in use by another server process") from None

    def close(self) -> None:
        os.close(self._lock)
