"""From a key that somebody trusts to the key that signs today: what an outsider checks of a rotation.

Each step is shown by the log itself: a checkpoint that the old key signed holds the leaf of the adoption,
and its tree is the beginning of the one that is asked about.
"""

from hashlib import sha256

from shared.audit.checkpoints import Checkpoint
from shared.audit.leaf import VERSION
from shared.audit.log import ADOPTIONS, HISTORY, Head, LogError, adopted_in
from shared.audit.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from shared.audit.notes import NoteError, Verifier
from shared.audit.rotation import STREAM, TYPE, Adoption
from shared.audit.tiles import Read, Tiles, TilesError


def verify_head(read: Read, head: Head, trusted: Verifier) -> Verifier:
    """The key in use at a head, reached from one that is trusted; the head is signed by it.

    `read` fetches the files of the log. Raises LogError where a step is not shown.
    """
    key = trusted
    try:
        for adopted, size in adopted_in(_text(read, ADOPTIONS)):
            if adopted.previous == key and size <= head.size:
                _check_step(read, adopted, Head.parse(read(f"{HISTORY}/{size}").decode()), head.checkpoint)
                key = adopted.verifier
        if key not in head.note.signed_by([key]):
            raise LogError(f"the checkpoint of {head.size} leaves is not signed by {key}")
    except FileNotFoundError as missing:
        raise LogError(f"the log lacks a file: {missing}") from missing
    except (NoteError, TilesError, UnicodeDecodeError, ValueError) as wrong:
        raise LogError(f"the log is damaged: {wrong}") from wrong
    return key


def verify_growth(read: Read, old: Checkpoint, new: Checkpoint) -> None:
    """Raises LogError where the tiles do not show the old tree as the beginning of the new; TilesError."""
    if old.origin != new.origin:
        raise LogError(f"{new.origin!r} is another log than {old.origin!r}")
    if old.size > new.size:
        raise LogError(f"the log had {old.size} leaves and now has {new.size}: it was cut back")
    proof = consistency_proof(old.size, new.size, Tiles(read, new.size).node)
    if not verify_consistency(old.size, new.size, old.root, new.root, proof):
        raise LogError(
            f"the log of {new.size} leaves does not continue the one of {old.size}: it was changed"
        )


def _check_step(read: Read, adopted: Adoption, both: Head, newest: Checkpoint) -> None:
    if both.note.signed_by([adopted.previous]) != [adopted.previous]:
        raise LogError(f"the checkpoint of {both.size} leaves is not signed by {adopted.previous}")
    verify_growth(read, both.checkpoint, newest)
    tiles = Tiles(read, both.size)
    entry = tiles.entry(adopted.leaf)
    proof = inclusion_proof(adopted.leaf, both.size, tiles.node)
    if not verify_inclusion(leaf_hash(entry), adopted.leaf, both.size, proof, both.checkpoint.root):
        raise LogError(f"leaf {adopted.leaf} is not in the checkpoint of {both.size} leaves")
    version, stream, _, _, kind, _, data, *_ = [*entry.decode("ascii", "replace").split("\n"), *[""] * 7]
    if (version, stream, kind, data) != (VERSION, STREAM, TYPE, sha256(adopted.data).hexdigest()):
        raise LogError(f"leaf {adopted.leaf} is not the adoption of {adopted.verifier}")


def _text(read: Read, name: str) -> str:
    try:
        return read(name).decode()
    except FileNotFoundError:
        return ""
