"""An implementation that is not ours, pymerkle, makes the same roots and accepts our proofs, and no others.

It orders the hashes of a consistency proof in its own way: what it verifies here are our hashes in its order,
and its own proofs against our roots. Proofs in the order of RFC 6962 are verified by the witness of
`test_witnesses.py`, which does its own sums.
"""

from pathlib import Path

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle.core import _consistency_path_layout, _inclusion_path_layout

from shared.audit.log import Head
from shared.audit.merkle import Nodes, inclusion_proof, leaf_hash, root
from shared.audit.tiles import Tiles
from tests.unit.audit.logs import a_store, follow, happened, head_of, log_of, notary
from tests.unit.audit.test_merkle import nodes_of


def theirs(entries: list[bytes]) -> pymerkle.InmemoryTree:
    return pymerkle.InmemoryTree.init_from_entries(entries, algorithm="sha256")


def their_inclusion(index: int, size: int, leaf: bytes, path: list[bytes]) -> pymerkle.InclusionProof:
    """Our path in their hands; they count leaves from one."""
    rule, _ = _inclusion_path_layout(index + 1, size)
    return pymerkle.InclusionProof("sha256", True, size, index + 1, rule, [leaf, *path])


def their_consistency(old: int, size: int, nodes: Nodes) -> pymerkle.ConsistencyProof:
    """A proof of the hashes that our tree gives for the ranges that they ask for."""
    rule, subset, ranges = _consistency_path_layout(old, size)

    def over(start: int, end: int) -> bytes:
        return root(end - start, lambda level, index: nodes(level, index + (start >> level)))

    return pymerkle.ConsistencyProof("sha256", True, size, old, rule, subset, [over(*r) for r in ranges])


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 300), st.data())
def test_roots_and_proofs_of_any_size(size: int, data: st.DataObject) -> None:
    entries = [b"%d" % n for n in range(size)]
    nodes, tree = nodes_of(entries), theirs(entries)
    assert tree.get_root() == root(size, nodes)

    index = data.draw(st.integers(0, size - 1))
    path, leaf = inclusion_proof(index, size, nodes), leaf_hash(entries[index])
    assert tree.prove_inclusion(index + 1).path == [leaf, *path]
    ours = their_inclusion(index, size, leaf, path)
    pymerkle.verify_inclusion(leaf, root(size, nodes), ours, index=index + 1, size=size)

    old = data.draw(st.integers(1, size))
    for proof in (tree.prove_consistency(old, size), their_consistency(old, size, nodes)):
        pymerkle.verify_consistency(root(old, nodes), root(size, nodes), proof, old, size)
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_consistency(bytes(32), root(size, nodes), proof, old, size)


def test_the_folder_of_a_notary(tmp_path: Path) -> None:
    store = a_store(100)
    for _ in range(4):
        follow(store, notary(store, tmp_path))
        happened(store, 170)
    folder, newest = log_of(tmp_path), head_of(tmp_path).checkpoint
    tiles = Tiles(folder, newest.size)
    entries = list(tiles.entries())
    assert theirs(entries).get_root() == newest.root
    for index in (0, 41, 255, 256, newest.size - 1):
        leaf, path = leaf_hash(entries[index]), inclusion_proof(index, newest.size, tiles.node)
        proof = their_inclusion(index, newest.size, leaf, path)
        pymerkle.verify_inclusion(leaf, newest.root, proof, index=index + 1, size=newest.size)
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_inclusion(leaf, bytes(32), proof)
    history = [Head.parse(path.read_text()).checkpoint for path in (folder / "checkpoints").iterdir()]
    assert len(history) == 4
    for old in history:
        proof = their_consistency(old.size, newest.size, tiles.node)
        pymerkle.verify_consistency(old.root, newest.root, proof, old.size, newest.size)
