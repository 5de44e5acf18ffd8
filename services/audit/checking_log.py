"""Every event against the published log: its entry, the tree over all entries, the signed checkpoints."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from services.audit.findings import Done, Findings
from services.audit.heads import in_order
from services.audit.keychain import KeyChain, is_adoption
from services.audit.published import PublishedLog, Signed, Unreadable
from services.audit.tree import RunningTree
from shared.audit.leaf import entry_of
from shared.audit.log import KEYS
from shared.audit.merkle import leaf_hash
from shared.audit.notes import NoteError, Verifier
from shared.audit.tiles import Tiles, TilesError
from shared.catalogue import both
from shared.eventstore.port import RecordedEvent

PART: Final = "log"
FIELDS: Final = ("version", "stream", "revision", "id", "type", "recorded", "data", "metadata")
"""The lines of an entry, by what they tell."""
_TILE_LEVELS: Final = 8


class LogCheck:
    """Takes the events of the store from the first on, and compares each with the entry at its place.

    The tree is that of the *published* entries, so that the checkpoint tells which of the two was changed.
    `pinned` is a key that must be one of the log's; `seen` are checkpoints of it that were got elsewhere.
    """

    def __init__(
        self,
        log: PublishedLog,
        findings: Findings,
        *,
        pinned: Verifier | None = None,
        seen: Sequence[Path] = (),
    ) -> None:
        self._log, self._findings, self._pinned = log, findings, pinned
        self._tiles = Tiles(log.folder, log.size)
        self._entries: Iterator[bytes] | None = self._tiles.entries()
        self._hash_tiles = True
        self._aligned = True
        self._tree = RunningTree()
        self._events = 0
        self._keys = self._first_key()
        self._checkpoints = in_order(log, seen, self._found)
        self._due = next(self._checkpoints, None)
        self._signed = 0
        self._compare_checkpoints()

    def take(self, batch: Sequence[RecordedEvent]) -> None:
        for event in batch:
            leaf, self._events = self._events, self._events + 1
            if leaf >= self._log.size or not self._aligned:
                continue
            self._compare(leaf, event)

    def finish(self) -> Done:
        """The leaves for which the store had no event, and what the last checkpoint says of all."""
        if self._aligned and self._events < self._log.size:
            entry = self._next_entry()
            self._found("events_missing", _reference(entry), leaf=self._events, size=self._log.size)
            self._grow(self._events, entry)
        while self._tree.size < self._log.size and self._entries is not None:
            self._grow(self._tree.size, self._next_entry())
        if self._due is not None and self._entries is not None:  # not compared, and nothing has said so yet
            self._found("checkpoint", str(self._due.path), why=both("audit.too_few"))
        done = Done(
            PART,
            {"events": self._events, "leaves": self._log.size, "checkpoints": self._signed},
            [both("audit.log_origin", origin=self._log.origin)],
        )
        if self._events > self._log.size and self._aligned:
            done.remarks.append(both("audit.not_yet_published", count=self._events - self._log.size))
        self._tell_keys(done)
        return done

    def _compare(self, leaf: int, event: RecordedEvent) -> None:
        own, published = entry_of(event), self._next_entry()
        here = f"{event.stream}@{event.revision}"
        if self._keys is not None and is_adoption(event):
            self._keys.adopt(leaf, event)
        if published is not None and published != own and not self._only_published(leaf, own, published):
            if _reference(published) == here:
                changed = _changed(own, published)
                self._found("event_changed", here, leaf=leaf, fields=", ".join(changed))
            else:
                self._aligned = False
                self._found("order_changed", here, leaf=leaf, published=_reference(published))
        self._grow(leaf, published, own)

    def _only_published(self, leaf: int, own: bytes, published: bytes) -> bool:
        """Whether the hash of the leaf is the event's: then the entry is what was changed."""
        return self._kept(0, leaf) == leaf_hash(own) != leaf_hash(published)

    def _next_entry(self) -> bytes | None:
        if self._entries is None:
            return None
        try:
            return next(self._entries)
        except (TilesError, OSError, StopIteration) as error:
            self._entries = None
            where = f"tile/entries, {both('audit.leaf', leaf=self._tree.size)}"
            self._found("tile", where, why=str(error) or both("audit.too_few"))
            return None

    def _grow(self, leaf: int, published: bytes | None, own: bytes | None = None) -> None:
        """Add the leaf to the tree; where the files disagree among themselves, the hash tile names it."""
        entry = own if published is None else published
        if entry is None:
            return
        found = leaf_hash(entry)
        kept = self._kept(0, leaf)
        if kept is not None and kept != found:
            if own is not None and kept == leaf_hash(own):
                where = f"tile/entries, {both('audit.leaf', leaf=leaf)}"
                self._found("entry_tile", where, leaf=leaf, reference=_reference(entry))
                found = kept
            else:
                self._hash_tile(0, leaf, f"{kept.hex()} ≠ {found.hex()}")
        for level, index, node in self._tree.add(found):
            if level and level % _TILE_LEVELS == 0:
                kept = self._kept(level, index)
                if kept is not None and kept != node:
                    self._hash_tile(level, index, f"{kept.hex()} ≠ {node.hex()}")
        self._compare_checkpoints()

    def _compare_checkpoints(self) -> None:
        """Those of the size that the tree has now; the first may be that of no leaves at all."""
        while self._due is not None and self._due.head.size == self._tree.size:
            self._reached(self._due)
            self._due = next(self._checkpoints, None)

    def _kept(self, level: int, index: int) -> bytes | None:
        """A hash as the tiles have it; None from the first tile on that cannot be read."""
        if not self._hash_tiles:
            return None
        try:
            return self._tiles.node(level, index)
        except (TilesError, OSError, IndexError) as error:
            self._hash_tiles = False
            self._hash_tile(level, index, str(error))
            return None

    def _hash_tile(self, level: int, index: int, why: str) -> None:
        where = f"tile/{level // _TILE_LEVELS}, {both('audit.hash_at', index=index)}"
        first, last = index << level, min((index + 1) << level, self._log.size) - 1
        self._found("hash_tile", where, why=why, first=first, last=last)

    def _reached(self, signed: Signed) -> None:
        """The tree is as large as this checkpoint says."""
        where, head = str(signed.path), signed.head
        self._signed += 1
        if head.origin != self._log.origin:
            self._found("origin", where, origin=head.origin, other=self._log.origin)
        elif head.root != self._tree.root():
            self._found("root", where, size=head.size, root=head.root.hex(), tree=self._tree.root().hex())
        elif self._keys is not None:
            try:
                self._keys.verify(head.size, signed.note)
            except (NoteError, ValueError) as error:
                self._found("signature", where, why=str(error))

    def _first_key(self) -> KeyChain | None:
        """The first published key; where there is none, the pinned one. Without any nothing is proven."""
        keys, why = list[Verifier](), both("audit.too_few")
        try:
            keys = self._log.keys()
        except Unreadable as error:
            why = str(error)
        if self._pinned is not None:
            keys.append(self._pinned)
        if not keys:
            self._found("no_key", str(self._log.folder / KEYS), why=why)
            return None
        return KeyChain(keys[0])

    def _tell_keys(self, done: Done) -> None:
        if self._keys is None:
            return
        published, signed = self._published_keys(), self._keys.keys
        if published and published[: len(signed)] != signed:
            odd = next((key for key in published if key not in signed), published[-1])
            self._found("key_published", str(self._log.folder / KEYS), verifier=odd)
        elif spare := published[len(signed) :]:  # of a change of keys while the log was read, or of nobody
            done.remarks.append(both("audit.key_spare", verifier=", ".join(map(str, spare))))
        if self._pinned is None:
            done.remarks.append(both("audit.key_not_pinned", verifier=self._keys.keys[-1]))
        elif self._pinned not in self._keys.keys:
            self._found("key_unfit", str(self._log.folder), verifier=self._pinned, other=self._keys.keys[-1])

    def _published_keys(self) -> list[Verifier]:
        try:
            return self._log.keys()
        except Unreadable:  # told at the beginning
            return []

    def _found(self, kind: str, where: str, /, **values: object) -> None:
        self._findings.add(PART, kind, where, **values)


def _reference(entry: bytes | None) -> str:
    """`stream@revision` as an entry tells it."""
    lines = (entry or b"").decode(errors="replace").split("\n")
    return f"{unquote(lines[1])}@{lines[2]}" if len(lines) > 2 else "?"


def _changed(own: bytes, published: bytes) -> list[str]:
    """Which lines of an entry are not the same."""
    pairs = zip(FIELDS, own.split(b"\n"), published.split(b"\n"), strict=False)
    return [name for name, one, other in pairs if one != other]
