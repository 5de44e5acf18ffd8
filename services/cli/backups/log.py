"""The log of a backup, read without a server: its epoch, its head, and the Merkle tree over its events."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from services.audit.logfile import LogFile
from services.audit.tree import RunningTree
from shared.audit.leaf import entry_of
from shared.audit.merkle import leaf_hash
from shared.eventstore.epoch import CODEC, STREAM, EpochBegan

EVERY: Final = 1000
"""Events between two words of progress."""

Told = Callable[[int | None, int, int], None]
"""Takes how many events were read, where it is events, how far the work is, and how far it is to come."""


@dataclass(frozen=True)
class LogHead:
    """What a log says of itself; `roots` are the roots in hex at the sizes that were asked for."""

    epoch: UUID | None
    head: int
    events: int
    roots: dict[int, str]


def head_of(path: Path, sizes: tuple[int, ...], told: Told) -> LogHead:
    """Read a log through; the root over all its events is always among the roots. Raises StoreDamaged."""
    with closing(LogFile(path)) as log:
        last, tree, roots = log.head(), RunningTree(), {}
        epoch: UUID | None = None
        for event in log.read_all():
            tree.add(leaf_hash(entry_of(event)))
            if tree.size in sizes:
                roots[tree.size] = tree.root().hex()
            if event.stream == STREAM and isinstance(began := CODEC.decode(event).event, EpochBegan):
                epoch = began.epoch
            if tree.size % EVERY == 0:
                told(tree.size, event.position, last)
        roots[tree.size] = tree.root().hex()
        return LogHead(epoch, last, tree.size, roots)
