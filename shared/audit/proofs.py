"""Proof that one event is in the log, as a text of C2SP tlog-proof that anybody checks offline.

The `extra` line carries the entry; like all of that line it is not to be trusted before the proof has led
from it to the signed root.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.audit.index import FILE, Index
from shared.audit.log import CHECKPOINT, Head
from shared.audit.merkle import inclusion_proof, leaf_hash, verify_inclusion
from shared.audit.notes import NoteError, Verifier
from shared.audit.tiles import HASH, Tiles, TilesError
from shared.errors import BcdError

FORMAT: Final = "c2sp.org/tlog-proof@v1"
_TOP: Final = re.compile(
    rf"{re.escape(FORMAT)}\nextra (\S+)\nindex (0|[1-9][0-9]{{0,18}})((?:\n\S+){{0,64}})"
)


class NoProof(BcdError):
    """An event is not in the log, or not yet under a signed head; the text says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class ProofError(Exception):
    """A proof is malformed, or proves nothing; the text says why."""


@dataclass(frozen=True)
class Proof:
    """An entry, its place in the log, the path to the root, the signed head; `str` is the text of C2SP."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    head: Head

    def __str__(self) -> str:
        steps = "".join(f"{_text(step)}\n" for step in self.path)
        return f"{FORMAT}\nextra {_text(self.entry)}\nindex {self.index}\n{steps}\n{self.head.note}"

    @staticmethod
    def parse(text: str) -> "Proof":
        """Raises ProofError where the text is no proof; what it proves is for `verify` to say."""
        top, _, note = text.partition("\n\n")
        found = _TOP.fullmatch(top)
        if found is None:
            raise ProofError(f"a proof is {FORMAT!r}, the entry as extra data, its index, a path of hashes")
        extra, index, steps = found.groups()
        try:
            path = tuple(base64.b64decode(step, validate=True) for step in steps.split())
            entry = base64.b64decode(extra, validate=True)
            head = Head.parse(note)
        except (ValueError, NoteError) as wrong:  # binascii.Error is one; letters beyond ASCII are another
            raise ProofError(f"the proof is damaged: {wrong}") from wrong
        if any(len(step) != HASH for step in path):
            raise ProofError("a step of the path is not a hash of SHA-256")
        return Proof(entry, int(index), path, head)

    def verify(self, keys: Iterable[Verifier], entry: bytes | None = None) -> None:
        """Whether one of the keys signed a log that has the entry at that index.

        `entry` is what the event at hand gives, by `entry_of`; without it, only the proof's own is shown to
        be in the log. Raises ProofError.
        """
        if entry is not None and entry != self.entry:
            raise ProofError("the proof is of another event, or the event was changed")
        try:
            if not self.head.note.signed_by(keys):
                raise ProofError("the checkpoint is not signed by a key that is trusted")
        except NoteError as wrong:
            raise ProofError(str(wrong)) from wrong
        head = self.head.checkpoint
        if not verify_inclusion(leaf_hash(self.entry), self.index, head.size, self.path, head.root):
            raise ProofError("the path does not lead from the entry to the root of the checkpoint")


def proof_of(folder: Path, stream: str, revision: int) -> Proof:
    """The proof of an event under the newest head of the log in `folder`. Raises NoProof."""
    if not (folder / FILE).exists():
        raise NoProof(f"{folder} holds no log")
    leaf = Index(folder).find(stream, revision)
    if leaf is None:
        raise NoProof(f"{stream}@{revision} is not in the log in {folder}")
    try:
        head = Head.parse((folder / CHECKPOINT).read_text(encoding="utf-8"))
        if leaf.number >= head.size:
            raise NoProof(
                f"{stream}@{revision} is leaf {leaf.number}; the signed head has {head.size} leaves"
            )
        tiles = Tiles(folder, head.size)
        path = inclusion_proof(leaf.number, head.size, tiles.node)
        proof = Proof(tiles.entry(leaf.number), leaf.number, tuple(path), head)
        if not verify_inclusion(
            leaf_hash(proof.entry), leaf.number, head.size, proof.path, head.checkpoint.root
        ):
            raise NoProof(f"the tiles in {folder} do not lead to the root that was signed")
    except (OSError, TilesError, NoteError) as damage:
        raise NoProof(f"the log in {folder} is damaged: {damage}") from damage
    return proof


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
