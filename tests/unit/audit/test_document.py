"""The worked example of `docs/audit.md` is what the code does, so that an outsider may build on it."""

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from shared.audit.leaf import entry_of
from shared.audit.notes import Verifier
from shared.audit.proofs import Proof
from shared.eventstore.port import RecordedEvent

TEXT = (Path(__file__).parents[3] / "docs" / "audit.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```\w+ (\w+)\n(.*?)^```$", TEXT, re.M | re.S))
EVENT = json.loads(BLOCKS["event"])
ENTRY = BLOCKS["entry"].encode()


def test_the_entry_of_the_example() -> None:
    event = RecordedEvent(
        id=UUID(EVENT["id"]),
        type=EVENT["type"],
        data=EVENT["data"].encode(),
        metadata=EVENT["metadata"].encode(),
        stream=EVENT["stream"],
        revision=EVENT["revision"],
        position=1,
        recorded_at=datetime.fromisoformat(EVENT["recorded"]),
    )
    assert entry_of(event) == ENTRY


def test_the_words_of_the_table_give_the_same_bytes() -> None:
    """Written from the document alone, without the product's code."""
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

    def escaped(text: str) -> str:
        return "".join(chr(one) if one in plain else f"%{one:02X}" for one in text.encode())

    seconds, _, fraction = EVENT["recorded"].removesuffix("Z").partition(".")
    since = int(datetime.fromisoformat(f"{seconds}+00:00").timestamp())
    lines = [
        "bcd-event/v1",
        escaped(EVENT["stream"]),
        str(EVENT["revision"]),
        EVENT["id"],
        escaped(EVENT["type"]),
        f"{since}{fraction:0<6}",
        sha256(EVENT["data"].encode()).hexdigest(),
        sha256(EVENT["metadata"].encode()).hexdigest(),
    ]
    assert "".join(f"{line}\n" for line in lines).encode() == ENTRY


def test_the_leaf_and_the_proof_of_the_example() -> None:
    leaf = sha256(b"\x00" + ENTRY)
    assert leaf.hexdigest() == BLOCKS["leaf"].strip()
    proof = Proof.parse(BLOCKS["proof"])
    (key,) = map(Verifier.parse, re.findall(r"`(bcd\.example/log\+\S+)`", TEXT))
    proof.verify([key], ENTRY)
    assert proof.head.checkpoint.root == leaf.digest()
    assert str(proof) == BLOCKS["proof"]
