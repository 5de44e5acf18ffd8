"""Witnesses of the log by C2SP tlog-witness: what is sent to them and what they answer.

What a witness answers is verified with its key before anybody sees it.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from shared.audit.log import Head
from shared.audit.merkle import consistency_proof
from shared.audit.notes import COSIGNATURE, Note, NoteError, Signature, Verifier
from shared.audit.tiles import Tiles, TilesError
from shared.catalogue import both
from shared.settings import SettingsError, variable

LIMIT: Final = 10.0
"""Seconds to wait for a witness."""
LARGEST: Final = 64 * 1024
"""Bytes of an answer that are read."""

Post = Callable[[str, bytes], tuple[int, str]]
"""Sends a body to an address; the status and the text of the answer. Raises OSError, HTTPException."""


class WitnessError(Exception):
    """The witness did not cosign; the text says why."""


class Contradicted(WitnessError):
    """The witness knows of a tree that this log cannot show: it was cut back, or there are two of it."""


@dataclass(frozen=True)
class Witness:
    """Where a witness takes checkpoints, and the key of its cosignatures."""

    url: str
    verifier: Verifier


def witnesses_of(text: str) -> tuple[Witness, ...]:
    """Pairs of address and verifier key, all separated by spaces. Raises SettingsError."""
    words = text.split()
    try:
        if len(words) % 2:
            raise NoteError("each witness is an address and its key, separated by spaces")
        pairs = zip(words[::2], words[1::2], strict=True)
        found = tuple(Witness(url.rstrip("/"), Verifier.parse(key)) for url, key in pairs)
        for one in found:
            if not one.url.startswith(("https://", "http://")) or one.verifier.kind != COSIGNATURE:
                raise NoteError("a witness has an address with https:// and a key of the kind 04")
    except NoteError as wrong:
        raise SettingsError(
            both("settings.malformed", name=variable("notary_witnesses"), why=wrong)
        ) from None
    return found


def ask(witness: Witness, folder: Path, head: Head, seen: int, post: Post) -> Signature:
    """Submit the head; the witness's cosignature. `seen` is the size that it cosigned last, as far as known.

    Raises WitnessError, OSError.
    """
    for _ in range(2):
        status, answer = post(f"{witness.url}/add-checkpoint", _submission(folder, head, seen))
        if status == 200:
            return _cosignature(witness, head, answer)
        known = answer.strip()
        if status != 409 or not known.isascii() or not known.isdigit() or len(known) > 19:
            break
        if int(known) > head.size or int(known) == seen:
            break
        seen = int(known)
    told = f"{witness.verifier.name}: {status} {answer.strip()[:200]!r}"
    if status in (409, 422):
        raise Contradicted(told)
    raise WitnessError(told)


def _submission(folder: Path, head: Head, seen: int) -> bytes:
    try:
        proof = consistency_proof(seen, head.size, Tiles(folder, head.size).node) if seen else []
    except TilesError as damage:
        raise WitnessError(f"no proof from {seen} to {head.size}: {damage}") from damage
    steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
    return f"old {seen}\n{steps}\n{head.note}".encode()


def _cosignature(witness: Witness, head: Head, answer: str) -> Signature:
    try:
        note = Note.parse(f"{head.note.body}\n{answer}")
        if note.signed_by([witness.verifier]):
            wanted = (witness.verifier.name, witness.verifier.key_id)
            return next(s for s in note.signatures if (s.name, s.key_id) == wanted)
    except NoteError as wrong:
        raise WitnessError(f"{witness.verifier.name}: {wrong}") from wrong
    raise WitnessError(f"{witness.verifier.name} answered without its cosignature")


def post_http(url: str, body: bytes) -> tuple[int, str]:
    """As `Post`, over HTTP."""
    request = Request(url, data=body, headers={"Content-Type": "text/plain; charset=utf-8"})
    try:
        with urlopen(request, timeout=LIMIT) as answer:
            return int(answer.status), answer.read(LARGEST).decode("utf-8", "replace")
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(LARGEST).decode("utf-8", "replace")
