"""Witnesses are asked as C2SP tlog-witness says, by one that verifies as the specification demands."""

import base64
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from shared.audit.checkpoints import Checkpoint
from shared.audit.log import Head
from shared.audit.notes import COSIGNATURE, Note, Signer
from shared.audit.witnesses import Contradicted, Witness, WitnessError, ask, witnesses_of
from shared.audit.witnessing import Witnesses
from shared.settings import SettingsError
from tests.unit.audit.logs import KEY, NoWitnesses, a_store, follow, happened, head_of, log_of, notary

SIGNER = Signer("witness.example/w1", COSIGNATURE, bytes(range(7, 39)))
WITNESS = Witness("https://witness.example", SIGNER.verifier)


def reached(old: int, size: int, proof: list[bytes], old_root: bytes) -> tuple[bytes, bytes] | None:
    """The two roots to which a proof leads, by the definition of SUBPROOF in RFC 6962, section 2.1.2."""

    def node(left: bytes, right: bytes) -> bytes:
        return sha256(b"\x01" + left + right).digest()

    def walk(m: int, n: int, whole: bool) -> tuple[bytes, bytes]:
        if m == n:
            known = old_root if whole else proof.pop()
            return known, known
        k = 1
        while k * 2 < n:
            k *= 2
        right = proof.pop()
        if m <= k:
            older, newer = walk(m, k, whole)
            return older, node(newer, right)
        older, newer = walk(m - k, n - k, False)
        return node(right, older), node(right, newer)

    try:
        roots = walk(old, size, True)
    except IndexError:
        return None
    return None if proof else roots


class SpecWitness:
    """Keeps the last checkpoint that it cosigned and answers as the specification says, by its own sums."""

    def __init__(self) -> None:
        self.seen: Checkpoint | None = None
        self.asked: list[str] = []

    def post(self, url: str, body: bytes) -> tuple[int, str]:
        assert url == "https://witness.example/add-checkpoint"
        self.asked.append(body.decode())
        top, _, rest = body.decode().partition("\n\n")
        first, *lines = top.split("\n")
        word, _, told = first.partition(" ")
        proof = [base64.b64decode(line, validate=True) for line in lines]
        head = Head.parse(rest)
        if not head.note.signed_by([KEY.verifier]):
            return 403, "no signature of the log\n"
        if word != "old" or int(told) > head.size:
            return 400, "old size\n"
        if int(told) != (self.seen.size if self.seen else 0):
            return 409, f"{self.seen.size if self.seen else 0}\n"
        if self.seen is None or self.seen.size == head.size:
            if proof:
                return 422, "a proof where none is needed\n"
            if self.seen is not None and self.seen.root != head.checkpoint.root:
                return 409, f"{self.seen.size}\n"
        elif reached(self.seen.size, head.size, proof, self.seen.root) != (
            self.seen.root,
            head.checkpoint.root,
        ):
            return 422, "the proof does not hold\n"
        self.seen = head.checkpoint
        return 200, str(SIGNER.sign(head.note.body, at=1_790_000_000))


def grown(folder: Path, *sizes: int) -> list[Head]:
    """A log that was signed at these sizes, and its heads."""
    store, told = a_store(), NoWitnesses()
    for size in sizes:
        happened(store, size - len(list(store.read_all())))
        follow(store, notary(store, folder, witnesses=told))
    return list({head.size: head for head in told.told}.values())


def test_the_witness_gets_a_proof_from_what_it_saw(tmp_path: Path) -> None:
    witness = SpecWitness()
    seen = 0
    for head in grown(tmp_path, 3, 4, 6, 7, 255, 256, 300, 513):
        signature = ask(WITNESS, log_of(tmp_path), head, seen, witness.post)
        assert Note(head.note.body, (signature,)).signed_by([SIGNER.verifier]) == [SIGNER.verifier]
        seen = head.size
    assert witness.seen == head_of(tmp_path).checkpoint
    assert all(one.startswith("old ") for one in witness.asked)


def test_a_witness_that_is_elsewhere_says_where(tmp_path: Path) -> None:
    witness = SpecWitness()
    one, other = grown(tmp_path, 7, 300)
    ask(WITNESS, log_of(tmp_path), one, 0, witness.post)
    ask(WITNESS, log_of(tmp_path), other, 0, witness.post)
    assert [asked.split("\n")[0] for asked in witness.asked] == ["old 0", "old 0", "old 7"]
    ask(WITNESS, log_of(tmp_path), other, 0, witness.post)  # the same again, after a restart
    assert witness.seen == other.checkpoint


def test_a_witness_that_saw_a_larger_or_another_log_is_a_contradiction(tmp_path: Path) -> None:
    witness = SpecWitness()
    one, other = grown(tmp_path / "log", 7, 300)
    ask(WITNESS, log_of(tmp_path / "log"), other, 0, witness.post)
    with pytest.raises(Contradicted, match="409 '300'"):
        ask(WITNESS, log_of(tmp_path / "log"), one, 0, witness.post)
    forked = grown(tmp_path / "fork", 7, 310)[-1]
    with pytest.raises(Contradicted, match="422"):
        ask(WITNESS, log_of(tmp_path / "fork"), forked, 300, witness.post)
    same_size = grown(tmp_path / "third", 300)[-1]
    with pytest.raises(Contradicted, match="409 '300'"):
        ask(WITNESS, log_of(tmp_path / "third"), same_size, 300, witness.post)


@pytest.mark.parametrize(
    ("status", "text", "why"),
    [
        (200, "", "a note is a text"),
        (200, "— witness.example/w2 AAAAAAAAAAAA\n", "without its cosignature"),
        (200, str(SIGNER.sign("another text\n", at=1)), "does not fit"),
        (404, "unknown log\n", "404 'unknown log'"),
        (500, "", "500"),
    ],
)
def test_an_answer_that_is_no_cosignature(status: int, text: str, why: str, tmp_path: Path) -> None:
    (head,) = grown(tmp_path, 4)
    with pytest.raises(WitnessError, match=why):
        ask(WITNESS, log_of(tmp_path), head, 0, lambda _url, _body: (status, text))


@pytest.mark.parametrize(
    "text", ["https://w.example", f"w.example {SIGNER.verifier}", "https://w.example key"]
)
def test_a_setting_that_names_no_witness(text: str) -> None:
    with pytest.raises(SettingsError, match="BCD_NOTARY_WITNESSES"):
        witnesses_of(text)
    assert witnesses_of("") == ()
    assert witnesses_of(f"https://witness.example/ {SIGNER.verifier}") == (WITNESS,)


def gathered(witnesses: Witnesses, ready: Callable[[], bool]) -> None:
    """Wait, ten seconds at most, until the background has done it."""
    ends = threading.Event()
    for _ in range(1000):
        if ready():
            return
        ends.wait(0.01)
    raise AssertionError(f"nothing came of {witnesses.state()}")


def test_one_witness_that_is_down_delays_neither_the_log_nor_the_others(tmp_path: Path) -> None:
    witness, down = SpecWitness(), threading.Event()
    other = Witness("https://down.example", Signer.new("down.example", COSIGNATURE).verifier)

    def post(url: str, body: bytes) -> tuple[int, str]:
        if "down.example" in url:
            down.set()
            raise OSError("connection refused")
        return witness.post(url, body)

    asked = Witnesses((WITNESS, other), post, pause=3600)
    store = a_store(3)
    follow(store, notary(store, tmp_path, witnesses=asked))  # type: ignore[arg-type]
    assert head_of(tmp_path).size == 4
    gathered(asked, lambda: asked.state()[0]["cosigned"] == 4 and asked.state()[1]["error"] is not None)
    assert down.is_set()
    follow(store, notary(store, tmp_path, witnesses=asked))  # type: ignore[arg-type]
    note = head_of(tmp_path).note
    assert note.signed_by([KEY.verifier, SIGNER.verifier]) == [KEY.verifier, SIGNER.verifier]
    assert (log_of(tmp_path) / "checkpoints" / "4").read_text() == str(note)
    assert asked.state()[1] == {"witness": "down.example", "cosigned": 0, "error": "connection refused"}


def test_a_cosignature_that_comes_late_stands_under_its_own_checkpoint(tmp_path: Path) -> None:
    store, told = a_store(3), NoWitnesses()
    follow(store, notary(store, tmp_path, witnesses=told))
    old = told.told[-1]
    happened(store)
    told.answers = [
        (old.checkpoint.origin, old.size, SIGNER.sign(old.note.body, at=1)),
        ("else", 5, old.note.signatures[0]),
    ]
    follow(store, notary(store, tmp_path, witnesses=told))
    assert head_of(tmp_path).note.signed_by([SIGNER.verifier]) == []
    kept = Note.parse((log_of(tmp_path) / "checkpoints" / "4").read_text())
    assert kept.signed_by([SIGNER.verifier]) == [SIGNER.verifier]
