"""A copy of the log at one moment, taken while a server writes to it or while none runs."""

import hashlib
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.eventstore.embedded.log.acknowledged import synchronise
from shared.eventstore.embedded.log.connection import Connection, meant
from shared.eventstore.embedded.log.examination import examine
from shared.eventstore.embedded.log.records import DamagedError
from shared.eventstore.embedded.log.schema import FormatError, Progress, require_current

_PAGES: Final = 1000
"""Copied between two reports of progress."""


class BackupError(Exception):
    """No backup was made; the text says why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was written, examined and given its name."""

    path: Path
    head: int
    events: int
    streams: int
    bytes: int
    sha256: str


def back_up(log: Path, target: Path, copied: Progress, examined: Progress) -> Backup:
    """Copy the log into a file that does not exist yet, under another name until it is whole.

    What `copied` (pages, of how many) or `examined` (position, of which) raises ends it, and leaves nothing
    behind; it is begun anew then. Raises BackupError, OSError.
    """
    if not log.is_file():
        raise BackupError(f"there is no log at {log}: name the data folder of the server with --data")
    if target.exists():
        raise BackupError(f"{target} exists already, and a backup is never written over: choose another name")
    if not target.parent.is_dir():
        raise BackupError(f"there is no folder {target.parent}: make it first")
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(log, unfinished, copied)
        found = examine(unfinished, examined)
        if found.fault is not None:
            raise BackupError(f"the copy of {log} is not whole, and was removed: {found.fault}")
        digest = _digest(unfinished)
        os.replace(unfinished, target)
        synchronise(target.parent)
    except (sqlite3.DatabaseError, DamagedError, FormatError) as error:
        raise BackupError(f"{log} cannot be copied to {target}: {meant(error)}") from error
    finally:
        for name in ("", "-journal", "-wal", "-shm"):
            Path(f"{unfinished}{name}").unlink(missing_ok=True)
    return Backup(target, found.head, found.events, found.streams, target.stat().st_size, digest)


def _copy(log: Path, to: Path, copied: Progress) -> None:
    with closing(_Moment(log, read_only=True)) as moment:
        require_current(moment.format())
        to.touch(mode=0o600)  # what is kept here is nobody else's to read
        moment.copy(to, copied)


class _Moment(Connection):
    """One moment of the log, which stays as it is while others write."""

    def copy(self, to: Path, copied: Progress) -> None:
        self._db.execute("BEGIN")
        self._one("SELECT count(*) FROM streams")  # the moment begins with the first look
        with closing(sqlite3.connect(to, isolation_level=None)) as copy:
            self._db.backup(copy, pages=_PAGES, progress=lambda _, left, pages: copied(pages - left, pages))
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it


def _digest(path: Path) -> str:
    """SHA-256 of a file, which is on disk then."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()
