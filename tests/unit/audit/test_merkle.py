"""The tree of RFC 6962 against its definition, and proofs that prove nothing else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.audit.merkle import (
    EMPTY,
    Nodes,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

ENTRIES = [bytes([n]) * (n % 5) for n in range(41)]
SIZE = st.integers(1, len(ENTRIES))


def defined(entries: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962, section 2.1, writes it down."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    return sha256(b"\x01" + defined(entries[:half]) + defined(entries[half:])).digest()


def nodes_of(entries: list[bytes]) -> Nodes:
    def node(level: int, index: int) -> bytes:
        if level == 0:
            return leaf_hash(entries[index])
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


NODES = nodes_of(ENTRIES)


@pytest.mark.parametrize("size", range(len(ENTRIES) + 1))
def test_roots_are_those_of_the_definition(size: int) -> None:
    assert root(size, NODES) == defined(ENTRIES[:size])


def test_a_root_of_the_standards_test_vectors() -> None:
    """The eight leaves that implementations of RFC 6962 share as their example."""
    texts = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [bytes.fromhex(text) for text in texts]
    known = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root(8, nodes_of(leaves)).hex() == known


@given(SIZE, st.data())
def test_an_inclusion_proof_proves_its_leaf_and_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, head = inclusion_proof(index, size, NODES), root(size, NODES)
    leaf = leaf_hash(ENTRIES[index])

    assert verify_inclusion(leaf, index, size, proof, head)
    assert not verify_inclusion(leaf_hash(b"another"), index, size, proof, head)
    assert not verify_inclusion(leaf, index, size, [*proof, EMPTY], head)
    assert not verify_inclusion(leaf, index, size, proof, EMPTY)
    assert not proof or not verify_inclusion(leaf, index, size, proof[:-1], head)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index) if size > 1 else st.just(-1))
    assert not verify_inclusion(leaf, other, size, proof, head)


@given(SIZE, SIZE, st.data())
def test_a_consistency_proof_proves_the_beginning_and_nothing_else(
    one: int, other: int, data: st.DataObject
) -> None:
    old, new = sorted((one, other))
    proof = consistency_proof(old, new, NODES)
    old_root, new_root = root(old, NODES), root(new, NODES)

    assert verify_consistency(old, new, old_root, new_root, proof)
    assert not verify_consistency(old, new, EMPTY, new_root, proof)
    assert not verify_consistency(old, new, old_root, EMPTY, proof)
    assert not verify_consistency(old, new, old_root, new_root, [*proof, EMPTY])
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_consistency(old, new, old_root, new_root, [*proof[:at], EMPTY, *proof[at + 1 :]])


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    with pytest.raises(ValueError, match="not in a tree of 3"):
        inclusion_proof(3, 3, NODES)
    with pytest.raises(ValueError, match="not older"):
        consistency_proof(4, 3, NODES)
    assert verify_consistency(0, 3, EMPTY, root(3, NODES), [])
    assert not verify_consistency(0, 3, root(1, NODES), root(3, NODES), [])
