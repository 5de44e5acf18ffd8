"""The data folder, which one server process at a time may hold."""

import errno
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

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Lock the folder, and make it where it is missing. Raises InUseError, FolderError.

        Whoever only looks (`read_only`) makes nothing, and locks nothing where no server ever ran.
        """
        self.path = path
        self.log_path = path / LOG
        self.write_ahead_path = path / f"{LOG}-wal"
        self.index_path = path / f"{LOG}-shm"
        self.mark_path = path / "acknowledged"
        self._running_path = path / "running"
        self._lock: int | None
        lock = path / "lock"
        try:
            if read_only:
                self._lock = os.open(lock, os.O_RDONLY | os.O_CLOEXEC) if lock.exists() else None
            else:
                path.mkdir(parents=True, exist_ok=True)
                self._lock = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise FolderError(unusable(path, error)) from error
        try:
            if self._lock is not None:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise InUseError(
                f"the data folder {path} is in use by another server process: "
                "stop that one, or name another folder with --data"
            ) from None

    def left_running(self) -> bool:
        """Whether the last server here did not come to a clean end."""
        return self._running_path.exists()

    def note_start(self) -> None:
        if not os.access(self.path, os.W_OK):  # the files may let themselves be written, and then not ended
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.path))
        self._running_path.touch()
        synchronise(self.path)

    def note_end(self) -> None:
        """The server ended as it should: the next one need not ask what became of the log."""
        self._running_path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)


def unusable(folder: Path, error: OSError) -> str:
    """What keeps a folder from being used, and how to mend it."""
    name = folder if error.filename is None else error.filename
    return (
        f"the data folder {folder} cannot be used: {name}: {error.strerror}: "
        "let this user read and write it, or name another folder with --data"
    )
