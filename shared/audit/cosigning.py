"""A second office as a witness without a server: it cosigns a log that continues what it saw before.

What it remembers is one file: the key of the log that it trusts, and the last checkpoint that it cosigned.
"""

import json
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from shared.audit.chain import verify_growth, verify_head
from shared.audit.disk import write_whole
from shared.audit.log import CHECKPOINT, Head, LogError
from shared.audit.merkle import root
from shared.audit.notes import COSIGNATURE, Note, NoteError, Signer, Verifier
from shared.audit.tiles import Read, Tiles, TilesError, in_folder

LIMIT = 30.0
"""Seconds to wait for one file of a log."""
LARGEST = 256 * (2 + 65535)
"""Bytes of the largest file that a log can have."""


@dataclass(frozen=True)
class Seen:
    """The key of the log that signed last, and the head that was cosigned last; None before the first."""

    key: Verifier
    head: Head | None = None

    @staticmethod
    def read(path: Path) -> "Seen":
        """Raises FileNotFoundError; LogError where the file is no such memory."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return Seen(Verifier.parse(kept["key"]), Head.parse(kept["checkpoint"]))
        except (ValueError, KeyError, TypeError, AttributeError, NoteError) as damage:
            raise LogError(f"{path} does not say what was cosigned last: {damage}") from damage

    def write(self, path: Path) -> None:
        kept = {"key": str(self.key), "checkpoint": str(self.head.note) if self.head else ""}
        write_whole(path, (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode())


def source_of(where: str) -> Read:
    """The files of a log in a folder, or below an address that begins with http:// or https://."""
    if not where.startswith(("http://", "https://")):
        return in_folder(Path(where))

    def fetch(path: str) -> bytes:
        try:
            with urlopen(f"{where.rstrip('/')}/{path}", timeout=LIMIT) as answer:
                return bytes(answer.read(LARGEST))
        except HTTPError as refusal:
            with refusal:
                if refusal.code == 404:
                    raise FileNotFoundError(path) from None
                raise
        except HTTPException as broken:
            raise OSError(f"{where}: {broken!r}") from broken

    return fetch


def cosign(read: Read, seen: Seen, witness: Signer, now: int) -> Seen:
    """Verify the newest head of a log against what was seen, and cosign it at `now`, in seconds since 1970.

    The caller writes down what comes back before it shows the cosignature to anybody. Raises LogError where
    the log does not continue what was seen, OSError where it cannot be read.
    """
    if witness.kind != COSIGNATURE:
        raise LogError(f"the key {witness.name!r} is not of the kind 04, with which a witness signs")
    try:
        head = Head.parse(read(CHECKPOINT).decode())
        key = verify_head(read, head, seen.key)
        if seen.head is not None:
            verify_growth(read, seen.head.checkpoint, head.checkpoint)
        if root(head.size, Tiles(read, head.size).node) != head.checkpoint.root:
            raise LogError(f"the tiles do not lead to the root of the checkpoint of {head.size} leaves")
    except FileNotFoundError as missing:
        raise LogError(f"the log lacks a file: {missing}") from missing
    except (NoteError, TilesError, UnicodeDecodeError) as wrong:
        raise LogError(f"the log is damaged: {wrong}") from wrong
    body = head.note.body
    own = (witness.name, witness.verifier.key_id)
    others = [one for one in head.note.signatures if (one.name, one.key_id) != own]
    return Seen(key, Head(head.checkpoint, Note(body, (*others, witness.sign(body, at=now)))))
