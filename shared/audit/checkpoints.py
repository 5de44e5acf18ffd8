"""A checkpoint of C2SP: which log, how many leaves, and the root over them, as a signed note."""

import base64
from dataclasses import dataclass

from shared.audit.notes import NoteError
from shared.audit.tiles import HASH


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log at one size. `extension` lines may say more; they are signed too."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extension))

    @staticmethod
    def parse(body: str) -> "Checkpoint":
        """Raises NoteError where the text is no checkpoint."""
        origin, size, root, *extension = [*body.split("\n"), "", ""]
        try:
            known = base64.b64decode(root, validate=True)
        except ValueError:  # binascii.Error is one; letters beyond ASCII are another
            known = b""
        plain = (
            len(size) < 20 and size.isascii() and size.isdigit() and (size == "0" or not size.startswith("0"))
        )
        *extension, last = extension[:-2] or ["no line end"]
        if not origin or not plain or len(known) != HASH or last or not all(extension):
            raise NoteError("a checkpoint is three lines: its log, a number of leaves, a root in base64")
        return Checkpoint(origin, int(size), known, tuple(extension))
