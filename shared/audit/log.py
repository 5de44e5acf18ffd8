"""One log as it is published: checkpoints that are only ever larger, each proven to continue the one before.

<folder>/checkpoint          the newest head, replaced last of all
<folder>/checkpoints/<size>  every head that was signed
<folder>/keys                the verifier keys, one a line, in the order in which they were adopted
<folder>/adoptions           one JSON object a line for each key after the first: the leaf that adopts it,
                             the size of the checkpoint that both keys signed, the event's data
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.audit.checkpoints import Checkpoint
from shared.audit.disk import write_whole
from shared.audit.merkle import consistency_proof, root, verify_consistency
from shared.audit.notes import Note, NoteError, Signature, Signer, Verifier
from shared.audit.pruning import drop_partials
from shared.audit.rotation import Adoption, adoption, adoptions
from shared.audit.tiles import Tiles, TilesError

CHECKPOINT: Final = "checkpoint"
HISTORY: Final = "checkpoints"
KEYS: Final = "keys"
ADOPTIONS: Final = "adoptions"


class LogError(Exception):
    """The log on disk is not what it was published as, or a key is missing: nothing more is signed."""


@dataclass(frozen=True)
class Head:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    note: Note

    @staticmethod
    def parse(text: str) -> "Head":
        """Raises NoteError."""
        note = Note.parse(text)
        return Head(Checkpoint.parse(note.body), note)

    @property
    def size(self) -> int:
        return self.checkpoint.size


def adopted_in(text: str) -> list[tuple[Adoption, int]]:
    """What the file of adoptions says, each with the size of the checkpoint that both keys signed.

    Raises LogError.
    """
    try:
        lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
        found = [
            (adoption(int(line["leaf"]), line["data"].encode(), None), int(line["size"])) for line in lines
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found = [(None, 0)]
    said = [(one, size) for one, size in found if one is not None]
    if len(said) != len(found):
        raise LogError(f"the file {ADOPTIONS} is damaged")
    return said


class Log:
    """A folder of a log; one process at a time writes to it. Raises LogError where it is damaged."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin
        self.head = self._newest()
        before = self.head.size if self.head else 0
        try:
            self._keys = [Verifier.parse(line) for line in self._text(KEYS).split()] if before else []
            self._adopted = [one for one in adopted_in(self._text(ADOPTIONS)) if one[1] <= before]
        except (NoteError, UnicodeDecodeError) as damage:
            raise LogError(f"{KEYS} or {ADOPTIONS} in {folder} is damaged: {damage}") from damage
        if self.head is not None:
            self._check_head(self.head)

    @property
    def keys(self) -> list[Verifier]:
        """The keys that have signed so far, the one in use last; none before the first checkpoint."""
        return [*self._keys[:1], *(one.verifier for one, _ in self._adopted)]

    def publish(
        self, size: int, recorded: Sequence[tuple[int, bytes]], signers: Callable[[], Sequence[Signer]]
    ) -> Head:
        """Sign a larger tree, whose tiles are on disk.

        `recorded` are leaf and data of the adoptions in the tree, `signers` gives the keys at hand. Raises
        LogError where the tree does not continue the last one that was signed, or where a key that must sign
        is not at hand.

        A head that adopts a key ends with that leaf: what comes after it the old key never signs, or a second
        adoption there, which counts for nothing, could be shown to who knows the old key alone.
        """
        before = self.head.size if self.head else 0
        fresh = [(leaf, data) for leaf, data in recorded if leaf >= before]
        adopting = adoptions(fresh, self.keys[-1]) if self.keys else []
        for end in (*(one.leaf + 1 for one in adopting if one.leaf + 1 < size), size):
            head = self._sign(end, [(leaf, data) for leaf, data in recorded if leaf < end], signers)
        return head

    def _sign(
        self, size: int, recorded: Sequence[tuple[int, bytes]], signers: Callable[[], Sequence[Signer]]
    ) -> Head:
        tiles = Tiles(self.folder, size)
        before = self.head.size if self.head else 0
        try:
            checkpoint = Checkpoint(self.origin, size, root(size, tiles.node))
            self._check_growth(checkpoint, tiles)
        except TilesError as damage:
            raise LogError(f"the tiles of {self.origin} are damaged: {damage}") from damage
        at_hand = signers()
        keys = self.keys
        if keys:
            fresh = adoptions([(leaf, data) for leaf, data in recorded if leaf >= before], keys[-1])
        else:  # what was adopted before this log began, in an earlier epoch for instance
            fresh, earlier = [], adoptions(recorded)
            keys = [earlier[-1].verifier if earlier else at_hand[0].verifier]
        signing = [keys[-1], *(one.verifier for one in fresh)]
        note = Note(checkpoint.body, tuple(_the(key, at_hand).sign(checkpoint.body) for key in signing))
        head = Head(checkpoint, note)
        self._adopted += [(one, size) for one in fresh]
        self._keys = keys[:1]
        self._write(ADOPTIONS, "".join(map(_line, self._adopted)))
        self._write(KEYS, "".join(f"{key}\n" for key in self.keys))
        self._write(f"{HISTORY}/{size}", str(note))
        self._write(CHECKPOINT, str(note))
        self.head = head
        drop_partials(self.folder, before, size)
        return head

    def cosigned(self, size: int, signature: Signature) -> None:
        """Add a cosignature, which the caller has verified, to the checkpoint of that size."""
        with suppress(FileNotFoundError):
            head = Head.parse(self._read(f"{HISTORY}/{size}"))
            others = [
                s for s in head.note.signatures if (s.name, s.key_id) != (signature.name, signature.key_id)
            ]
            note = Note(head.note.body, (*others, signature))
            self._write(f"{HISTORY}/{size}", str(note))
            if self.head is not None and size == self.head.size:
                self._write(CHECKPOINT, str(note))
                self.head = Head(head.checkpoint, note)

    def _newest(self) -> Head | None:
        """The largest head that was signed; published now where a crash came between."""
        names = [path.name for path in (self.folder / HISTORY).glob("*")]
        sizes = [int(name) for name in names if name.isascii() and name.isdigit()]
        try:
            head = Head.parse(self._read(CHECKPOINT)) if (self.folder / CHECKPOINT).exists() else None
            if sizes and (head is None or max(sizes) > head.size):
                head = Head.parse(self._read(f"{HISTORY}/{max(sizes)}"))
                self._write(CHECKPOINT, str(head.note))
        except (NoteError, UnicodeDecodeError) as damage:
            raise LogError(f"the checkpoint in {self.folder} is damaged: {damage}") from damage
        return head

    def _check_head(self, head: Head) -> None:
        if head.checkpoint.origin != self.origin:
            raise LogError(f"the log in {self.folder} is {head.checkpoint.origin!r}, not {self.origin!r}")
        try:
            signed = bool(self.keys) and self.keys[-1] in head.note.signed_by(self.keys)
        except NoteError as wrong:
            raise LogError(f"the checkpoint in {self.folder}: {wrong}") from wrong
        if not signed:
            raise LogError(f"the checkpoint in {self.folder} is not signed by the key in use")

    def _check_growth(self, new: Checkpoint, tiles: Tiles) -> None:
        if self.head is None:
            return
        old = self.head.checkpoint
        if new.size <= old.size:
            raise LogError(f"a tree of {old.size} leaves was signed already; one of {new.size} is not")
        proof = consistency_proof(old.size, new.size, tiles.node)
        if not verify_consistency(old.size, new.size, old.root, new.root, proof):
            raise LogError(
                f"the tiles of {self.origin} do not continue the tree of {old.size} leaves that was signed"
            )

    def _text(self, name: str) -> str:
        return self._read(name) if (self.folder / name).exists() else ""

    def _read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def _write(self, name: str, text: str) -> None:
        write_whole(self.folder / name, text.encode())


def _the(key: Verifier, at_hand: Iterable[Signer]) -> Signer:
    for signer in at_hand:
        if signer.verifier == key:
            return signer
    raise LogError(f"the checkpoint must be signed with the key {key}, which was not given to the notary")


def _line(adopted: tuple[Adoption, int]) -> str:
    one, size = adopted
    return json.dumps({"leaf": one.leaf, "size": size, "data": one.data.decode()}, ensure_ascii=False) + "\n"
