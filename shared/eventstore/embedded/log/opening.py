"""The start: what was found in the data folder is looked at before anything is served from it."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.log.acknowledged import Acknowledged, Mark, UnreadableError, read_mark
from shared.eventstore.embedded.log.connection import meant
from shared.eventstore.embedded.log.examination import LAST, examine
from shared.eventstore.embedded.log.folder import DataFolder, unusable
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import DamagedError
from shared.eventstore.embedded.log.schema import FORMAT, FormatError, Progress
from shared.eventstore.embedded.log.write_ahead import Rest, left_out

Say = Callable[[str], None]
"""Takes one sentence for the operator."""

_RESTORE = "move the folder away and restore a backup: a new folder in its place, with it as events.sqlite"
_MEND = (
    f"{_RESTORE}; or copy the folder away and serve it once with --accept-loss "
    "to go on without what is missing"
)


class OpeningError(Exception):
    """The log is not served as it is; the text says what is wrong, where, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The log as SQLite would give it back, before it may change anything."""

    head: int
    checksum_at_mark: int | None
    rest: Rest


def open_folder(
    folder: DataFolder,
    say: Say,
    *,
    accept_loss: bool = False,
    examine_all: bool = False,
    progress: Progress = lambda reached, last: None,
) -> Acknowledged:
    """Make the log ready to be served, and the mark that goes with it.

    Raises OpeningError where acknowledged events are missing or damaged (not with `accept_loss`, which
    says so and goes on), where the file is unusable, of a later format or out of reach; and what
    `progress` raises.
    """

    def judge(lost: str | None) -> None:
        if lost is not None and not accept_loss:
            raise OpeningError(f"{lost}: {_MEND}")
        if lost is not None:
            say(f"{lost}: accepted, the server goes on with what there is")

    try:
        mark = _mark(folder, say)
        found = look(folder, mark)
        judge(missing(folder, mark, found))
        if found is not None and found.rest.unfinished and found.rest.hurt is None:
            left = f"an unfinished write of {found.rest.unfinished} bytes was found and left out"
            say(f"{folder.write_ahead_path}: {left}; it was never acknowledged")
        unclean = folder.left_running()
        folder.note_start()
        latest = _make_ready(folder, say, progress)
        last = None if examine_all else LAST if unclean else 0
        judge(_damaged(folder, say, progress, last))
        acknowledged = Acknowledged(folder.mark_path)
        acknowledged.write(latest)
        return acknowledged
    except (sqlite3.DatabaseError, DamagedError, FormatError, OSError) as error:
        raise OpeningError(explained(folder.log_path, error)) from error


def explained(log: Path, error: Exception) -> str:
    """What an error that kept the log from being opened means, and how to mend it."""
    match meant(error):
        case DamagedError() as damaged:
            return f"{log}: {damaged}: {_RESTORE}"
        case FormatError():
            return f"{log}: {error}"
        case OSError() as refused:
            return unusable(log.parent, refused)
        case _:
            return (
                f"{log} cannot be opened: {error}: is there room on the disk, "
                "and may this user read and write it and its folder?"
            )


def _mark(folder: DataFolder, say: Say) -> Mark | None:
    try:
        return read_mark(folder.mark_path)
    except UnreadableError as error:
        say(f"{folder.mark_path} cannot be read ({error}): it is renewed, and what it told is not known")
        return None


def look(folder: DataFolder, mark: Mark | None) -> Found | None:
    """Look at the log, and change nothing; None where there is none."""
    if not folder.log_path.exists() or not folder.log_path.stat().st_size:
        return None
    with closing(Log(folder.log_path, read_only=True)) as log:
        made = log.format()
        head = log.head() if made else 0
        checksum = log.checksum_at(mark.position) if made == FORMAT and mark is not None else None
        return Found(head, checksum, left_out(folder.write_ahead_path, folder.index_path))


def missing(folder: DataFolder, mark: Mark | None, found: Found | None) -> str | None:
    """What is known to have been acknowledged and is not there, in a sentence without its end."""
    log, write_ahead = folder.log_path, folder.write_ahead_path
    known = Mark(0, 0) if mark is None else mark
    if found is None:
        if known.position:
            return f"{log} is missing, and events up to position {known.position} were acknowledged"
        holds = write_ahead.exists() and write_ahead.stat().st_size
        return f"{log} is missing, and {write_ahead.name} beside it holds events" if holds else None
    why = found.rest.hurt
    if found.head < known.position:
        what = f"{log} ends at position {found.head}, and events up to {known.position} were acknowledged"
        return f"{what} (its write-ahead log: {why or 'cut short, removed, or of an older copy'})"
    if why is not None:
        return f"acknowledged events after position {found.head} are missing ({write_ahead}: {why})"
    if known.position and found.checksum_at_mark != known.checksum:
        return f"{log} holds another event at position {known.position} than the one that was acknowledged"
    return None


def _make_ready(folder: DataFolder, say: Say, progress: Progress) -> Mark:
    """Make the log where there is none, bring an old one up to this format; the mark that fits it."""
    with closing(Log(folder.log_path)) as log:
        log.create(time.time_ns() // 100, progress)
        try:
            log.checkpoint()  # what was left out of the write-ahead log is not met again
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                raise
            say("the disk is full: the log is read, and written again once there is room")
        return Mark(*log.latest())


def _damaged(folder: DataFolder, say: Say, progress: Progress, last: int | None) -> str | None:
    """Examine so many of the last events, or all; what is wrong, in a sentence without its end."""
    found = examine(folder.log_path, progress, last=last)
    if found.fault is not None:
        return f"{folder.log_path}: {found.fault}"
    if last != 0:
        why = "as was asked" if last is None else "since the last server did not come to a clean end"
        say(f"{found.events} events up to position {found.head} were examined, {why}: they are whole")
    return None
