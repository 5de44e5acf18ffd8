"""A proof leads from one event to a signed head; nothing else does, and an outsider's software agrees."""

import base64
from pathlib import Path

import pytest

from shared.audit.leaf import entry_of
from shared.audit.notes import Signer
from shared.audit.proofs import NoProof, Proof, ProofError, proof_of
from shared.eventstore.epoch import current_epoch
from tests.unit.audit.logs import KEY, NEW_KEY, a_store, follow, happened, log_of, notary

REFERENCE = ("meeting-mau.a", 41)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = a_store(300)
    follow(store, notary(store, tmp_path))
    return log_of(tmp_path)


def test_the_proof_of_an_event_is_a_text_that_is_read_again(folder: Path) -> None:
    proof = proof_of(folder, *REFERENCE)
    text = str(proof)
    assert text.startswith("c2sp.org/tlog-proof@v1\nextra ")
    assert "\nindex 42\n" in text
    assert text.endswith((folder / "checkpoint").read_text())
    again = Proof.parse(text)
    assert again == proof
    event = a_store(42).read_stream(REFERENCE[0])[41]
    assert entry_of(event).split(b"\n")[:5] == proof.entry.split(b"\n")[:5]
    again.verify([KEY.verifier], proof.entry)


def test_the_only_leaf_of_a_log_needs_no_path(tmp_path: Path) -> None:
    store = a_store()
    follow(store, notary(store, tmp_path))
    proof = Proof.parse(str(proof_of(log_of(tmp_path), "store.epoch", 0)))
    assert proof.path == ()
    proof.verify([KEY.verifier])


def test_what_a_proof_does_not_prove(folder: Path) -> None:
    text = str(proof_of(folder, *REFERENCE))
    proof = Proof.parse(text)
    with pytest.raises(ProofError, match="another event"):
        proof.verify([KEY.verifier], proof.entry.replace(b"\n41\n", b"\n42\n"))
    with pytest.raises(ProofError, match="not signed by a key that is trusted"):
        proof.verify([NEW_KEY.verifier])
    with pytest.raises(ProofError, match="does not lead"):
        Proof.parse(text.replace("index 42", "index 43")).verify([KEY.verifier])
    other = base64.b64encode(proof.entry.replace(b"\n41\n", b"\n42\n")).decode()
    with pytest.raises(ProofError, match="does not lead"):
        Proof.parse(text.replace(text.split()[2], other)).verify([KEY.verifier])
    with pytest.raises(ProofError, match="does not fit"):
        Proof.parse(text.replace("\n301\n", "\n302\n")).verify([KEY.verifier])


def test_what_is_no_proof(folder: Path) -> None:
    text = str(proof_of(folder, *REFERENCE))
    step = text.split("\n")[3]
    for wrong in (
        "",
        text.replace("@v1", "@v2"),
        text.replace("index 42", "index 042"),
        text.replace("index 42", "index -1"),
        text.replace("index 42", "index"),
        text.replace("\n\n", "\n", 1),
        text.replace(step, step[:-8]),
        text.replace(step, "?" * 44),
        text.replace(step, "Đ" * 44),
        text.replace(f"{step}\n", f"{step}\n" * 70),
        text[:-10],
    ):
        with pytest.raises(ProofError):
            Proof.parse(wrong).verify([KEY.verifier])


def test_what_is_not_in_the_log_or_not_signed_yet_has_no_proof(tmp_path: Path) -> None:
    with pytest.raises(NoProof, match="holds no log"):
        proof_of(tmp_path / "nothing", *REFERENCE)
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    with pytest.raises(NoProof, match=r"meeting-mau\.a@41 is not in the log"):
        proof_of(log_of(tmp_path), *REFERENCE)
    happened(store, 39)
    one = notary(store, tmp_path)
    after = [event for event in store.read_all() if event.revision > 2]
    one.resume(current_epoch(store))
    one.handle(after)
    one.release()
    with pytest.raises(NoProof, match="leaf 42; the signed head has 4 leaves"):
        proof_of(log_of(tmp_path), *REFERENCE)


def test_damaged_tiles_give_no_proof(folder: Path) -> None:
    tile = folder / "tile" / "0" / "000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    with pytest.raises(NoProof, match="do not lead to the root"):
        proof_of(folder, *REFERENCE)
    tile.unlink()
    with pytest.raises(NoProof, match="tile/0/000 is missing"):
        proof_of(folder, *REFERENCE)


def test_a_key_of_the_same_name_is_another_key(folder: Path) -> None:
    forged = Signer(KEY.name, 1, bytes(32))
    with pytest.raises(ProofError, match="not signed"):
        proof_of(folder, *REFERENCE).verify([forged.verifier])
