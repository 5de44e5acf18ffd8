"""A Merkle tree that grows leaf by leaf and keeps only the hashes that the next leaf needs."""

from collections.abc import Iterator

from shared.audit.merkle import EMPTY, node_hash


class RunningTree:
    """The tree over the leaves so far, in memory as large as the number of its levels."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []  # complete subtrees, by level, from the left

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add the hash of a leaf; every subtree that it completes, as (level, index, hash)."""
        level, index, found = 0, self.size, leaf
        made = [(level, index, found)]
        while self._peaks and self._peaks[-1][0] == level:
            found = node_hash(self._peaks.pop()[1], found)
            level, index = level + 1, index >> 1
            made.append((level, index, found))
        self._peaks.append((level, found))
        self.size += 1
        return iter(made)

    def root(self) -> bytes:
        """The root over all leaves so far (RFC 6962, section 2.1)."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            found = node_hash(left, found)
        return found
