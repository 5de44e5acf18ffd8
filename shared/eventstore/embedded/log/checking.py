"""What can be said of a data folder from outside, while its server runs or when it does not."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.log.acknowledged import UnreadableError, read_mark
from shared.eventstore.embedded.log.examination import Examined, examine
from shared.eventstore.embedded.log.folder import LOG, DataFolder, FolderError, InUseError
from shared.eventstore.embedded.log.opening import OpeningError, explained, look, missing
from shared.eventstore.embedded.log.schema import FormatError, Progress


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; `fault` is the first thing that is wrong."""

    running: bool
    """A server holds the folder: what it has not finished writing is its own affair."""
    examined: Examined
    fault: str | None


def check(data: Path, progress: Progress) -> Checked:
    """Examine every event of a folder, and without a server also what was acknowledged; nothing is changed.

    Raises OpeningError where there is no log or it cannot be read, and what `progress` raises.
    """
    log = data / LOG
    if not data.is_dir():
        raise OpeningError(f"there is no folder {data}: name the data folder of the server with --data")
    try:
        running, fault = False, _acknowledged(data)
    except InUseError:
        running, fault = True, None
    except FolderError as error:
        raise OpeningError(str(error)) from error
    if not log.exists():
        nothing = f"there is no log in {data}: name the data folder of the server with --data"
        raise OpeningError(fault or nothing)
    try:
        examined = examine(log, progress)
    except (sqlite3.DatabaseError, OSError, FormatError) as error:
        raise OpeningError(explained(log, error)) from error
    return Checked(running, examined, fault or examined.fault)


def _acknowledged(data: Path) -> str | None:
    """What was acknowledged and is missing. Raises FolderError."""
    folder = DataFolder(data, read_only=True)
    try:
        mark = read_mark(folder.mark_path)
        found = look(folder, mark)
        return missing(folder, mark, found)
    except UnreadableError as error:
        return f"{folder.mark_path} cannot be read: {error}; the next start of the server renews it"
    except (sqlite3.DatabaseError, OSError, FormatError) as error:
        raise OpeningError(explained(folder.log_path, error)) from error
    finally:
        folder.close()
