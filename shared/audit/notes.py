"""Signed notes of C2SP: a text, and under it one line for each signature; Ed25519, and cosignatures v1.

A key is written as in C2SP: `<name>+<key id in hex>+<base64 of type and key>` where it verifies, with
`PRIVATE+KEY+` before it where it signs.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
MOST_SIGNATURES: Final = 100
_PRIVATE: Final = "PRIVATE+KEY+"
_DASH: Final = "— "


class NoteError(Exception):
    """A note, a key or a signature is malformed or does not fit; the text says what."""


def is_name(text: str) -> bool:
    """Whether a key may be called so."""
    return bool(text) and "+" not in text and not any(c.isspace() or c < " " for c in text)


def _key_id(name: str, kind: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: who signs, of which kind."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        return _key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @staticmethod
    def parse(text: str) -> "Verifier":
        """Raises NoteError where the text is no key, or its id is not the key's."""
        name, kind, public, told = _parse_key(text)
        verifier = Verifier(name, kind, public)
        if verifier.key_id != told:
            raise NoteError(f"the key of {name!r} does not have the id that it is written with")
        return verifier

    def time_of(self, body: str, signature: bytes) -> int | None:
        """Verify; the cosigner's time in seconds since 1970, None for a plain signature.

        Raises NoteError where the signature is not of this key over this text.
        """
        message, time, pure = body.encode(), None, signature
        if self.kind == COSIGNATURE:
            time, pure = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _cosigned(body, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(pure, message)
        except InvalidSignature:
            raise NoteError(f"the signature of {self.name!r} does not fit the text") from None
        return time


@dataclass(frozen=True)
class Signer:
    """A private key; `str` of it is a secret."""

    name: str
    kind: int
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.kind, self._key().public_key().public_bytes_raw())

    @staticmethod
    def new(name: str, kind: int = ED25519) -> "Signer":
        if not is_name(name):
            raise NoteError(f"{name!r} cannot name a key: no spaces, no '+'")
        return Signer(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @staticmethod
    def parse(text: str) -> "Signer":
        """Raises NoteError, which shows nothing of the key."""
        if not text.startswith(_PRIVATE):
            raise NoteError(f"a signing key begins with {_PRIVATE!r}")
        name, kind, seed, told = _parse_key(text.removeprefix(_PRIVATE))
        signer = Signer(name, kind, seed)
        if signer.verifier.key_id != told:
            raise NoteError(f"the signing key of {name!r} does not have the id that it is written with")
        return signer

    def secret(self) -> str:
        """The key as it is kept in a file."""
        key = base64.b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{key}"

    def sign(self, body: str, *, at: int | None = None) -> "Signature":
        """Over a text that ends in a line end; a cosignature says `at` which second since 1970."""
        if self.kind == COSIGNATURE:
            assert at is not None
            signed = at.to_bytes(8, "big") + self._key().sign(_cosigned(body, at))
        else:
            signed = self._key().sign(body.encode())
        return Signature(self.name, self.verifier.key_id, signed)

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    __str__ = __repr__

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Signature:
    """One line under a note."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text that ends in a line end, and its signatures."""

    body: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.body}\n{''.join(map(str, self.signatures))}"

    @staticmethod
    def parse(text: str) -> "Note":
        """Raises NoteError for what is no note; says nothing yet about who signed."""
        body, gap, lines = text.rpartition("\n\n")
        if not gap or not lines.endswith("\n") or any(c < " " and c != "\n" for c in text):
            raise NoteError("a note is a text, an empty line, and lines of signatures")
        signed = lines.removesuffix("\n").split("\n")
        if len(signed) > MOST_SIGNATURES:
            raise NoteError(f"a note with more than {MOST_SIGNATURES} signatures is not read")
        return Note(f"{body}\n", tuple(map(_parse_signature, signed)))

    def signed_by(self, verifiers: Iterable[Verifier]) -> list[Verifier]:
        """Those of the keys that signed. Raises NoteError where a signature of one does not fit."""
        found = []
        for verifier in verifiers:
            for signature in self.signatures:
                if (signature.name, signature.key_id) == (verifier.name, verifier.key_id):
                    verifier.time_of(self.body, signature.value)
                    found.append(verifier)
                    break
        return found


def _cosigned(body: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{body}".encode()


def _parse_key(text: str) -> tuple[str, int, bytes, bytes]:
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    try:
        key, key_id = base64.b64decode(encoded, validate=True), bytes.fromhex(told)
    except ValueError:
        raise NoteError("a key is written as <name>+<8 hex digits>+<base64>") from None
    if not name or len(key_id) != 4 or len(key) != 33 or key[0] not in (ED25519, COSIGNATURE):
        raise NoteError("a key is written as <name>+<8 hex digits>+<base64>, and is an Ed25519 key")
    return name, key[0], key[1:], key_id


def _parse_signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        value = base64.b64decode(encoded, validate=True)
    except ValueError:  # binascii.Error is one; letters beyond ASCII are another
        value = b""
    if not line.startswith(_DASH) or not is_name(name) or len(value) < 5:
        raise NoteError(f"{line!r} is not a signature line")
    return Signature(name, value[:4], value[4:])
