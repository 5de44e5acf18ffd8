"""Files of a backup: written so that they are on disk, read with their SHA-256, private to their owner."""

import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from services.cli.errors import cli_error

CHUNK: Final = 1 << 20
"""Bytes in memory at a time."""
_BESIDE: Final = ("-wal", "-shm", "-journal", "lock")
"""Ends of the names of files that belong to a running process, and are no part of what it keeps."""


def write_file(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """A new file that is on disk when this returns; its SHA-256 in hex, and its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and size of a file, which is on disk then."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def files_below(folder: Path) -> dict[str, Path]:
    """Every file below a folder, by its path in it, in order."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def copy_kept(source: Path, target: Path) -> None:
    """Copy what a process keeps in a file or folder, also while it writes: databases as of one moment."""
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in sorted(source.iterdir()):
            if not path.name.endswith(_BESIDE):
                copy_kept(path, target / path.name)
    elif source.suffix == ".sqlite":
        copy_database(source, target)
    else:
        write_file(target, chunks_of(source))


def copy_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.touch(mode=0o600)
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("pragma journal_mode = delete")  # one file, without others beside it
    with target.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[Path]:
    """A folder to fill under the name `<target>.part`, which gets its own name when all is done.

    What an earlier attempt left goes first; an error or Ctrl-C leaves nothing, a kill at most the `.part`.
    Raises CliError where the target is there and not empty, where another process fills the `.part`, or where
    the disk does not take it.
    """
    part = target.with_name(target.name + ".part")
    mask = os.umask(0o077)  # what is kept here is nobody else's to read
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise cli_error("not_empty", folder=target)
        with _alone(part):
            yield part
            for folder in (part, *(path for path in part.rglob("*") if path.is_dir())):
                _synchronise(folder)
            os.rename(part, target)
            _synchronise(target.parent)
    except OSError as error:
        key = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "folder_refused"
        raise cli_error(key, folder=target, why=error) from error
    finally:
        os.umask(mask)


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """A new empty folder, locked as long as it is filled, and removed where that fails.

    What nobody holds is left over. The lock is on the folder itself, and goes with the process.
    """
    part.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError), _locked(part):
        shutil.rmtree(part)
    try:
        part.mkdir(mode=0o700)
    except FileExistsError:
        raise cli_error("part_in_use", folder=part) from None
    with _locked(part):
        try:
            yield
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Raises CliError where another process holds it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise cli_error("part_in_use", folder=folder) from None
        yield
    finally:
        os.close(opened)


def _synchronise(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
