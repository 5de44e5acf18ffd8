"""The published log as an outsider has it: the folder of one epoch, its checkpoints and its keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.audit.checkpoints import Checkpoint
from shared.audit.log import CHECKPOINT, HISTORY, KEYS
from shared.audit.notes import Note, NoteError, Verifier

_LARGEST: Final = 1 << 20
"""Bytes; a checkpoint has some hundreds."""


class Unreadable(Exception):
    """A file of the log is missing or malformed; the text says what is wrong with it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(why)
        self.path = path


@dataclass(frozen=True)
class Signed:
    """A checkpoint with its signatures, and the file that it was read from."""

    path: Path
    note: Note
    head: Checkpoint


def read_signed(path: Path) -> Signed:
    """Raises Unreadable."""
    try:
        note = Note.parse(_text(path))
        return Signed(path, note, Checkpoint.parse(note.body))
    except (NoteError, ValueError) as error:  # base64 has an error of its own for letters beyond ASCII
        raise Unreadable(path, str(error)) from error


@dataclass(frozen=True)
class PublishedLog:
    """A folder `<data>/notary/<epoch>`, read at the checkpoint that stood there first."""

    folder: Path
    newest: Signed

    @staticmethod
    def open(folder: Path) -> "PublishedLog":
        """Raises Unreadable."""
        return PublishedLog(folder, read_signed(folder / CHECKPOINT))

    @property
    def size(self) -> int:
        return self.newest.head.size

    @property
    def origin(self) -> str:
        return self.newest.head.origin

    def keys(self) -> list[Verifier]:
        """Those that are published, the first adopted first. Raises Unreadable."""
        path = self.folder / KEYS
        try:
            return [Verifier.parse(line) for line in _text(path).splitlines() if line.strip()]
        except (NoteError, ValueError) as error:  # base64 has an error of its own for letters beyond ASCII
            raise Unreadable(path, str(error)) from error

    def kept(self) -> Iterator[tuple[int, Path]]:
        """Every checkpoint that was ever published and kept: size and file, the smallest first."""
        folder = self.folder / HISTORY
        found = folder.iterdir() if folder.is_dir() else ()
        sizes = [(int(path.name), path) for path in found if path.name.isascii() and path.name.isdigit()]
        yield from sorted(sizes)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode()
    except OSError as error:
        raise Unreadable(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise Unreadable(path, "not UTF-8") from error
