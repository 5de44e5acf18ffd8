"""Sealed text as it is recorded: `sealed:v1:<key id>:<field>:<ciphertext>`.

The ciphertext is AES-SIV (RFC 5297) with a key of 512 bits, in base64url without padding: 16 bytes of
synthetic nonce, then as many as the text has in UTF-8. It is deterministic: the same text in the same field
under the same key is the same token, so that a repeated command is seen to be the same. What is bound to it
and not encrypted: the version, the committee, the key's id, the field.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

PREFIX: Final = "sealed:v1:"
TOKEN: Final = re.compile(r"sealed:v1:(?P<key>[0-9a-f]{32}):(?P<field>[a-z_]+):(?P<text>[A-Za-z0-9_-]+)")
SECRET_BITS: Final = 512


class NotOpened(Exception):
    """The text was changed, moved to another field or committee, or sealed with another key."""


@dataclass(frozen=True)
class Key:
    """The key of one subject in one committee; `secret` has 64 bytes."""

    id: str
    committee: str
    subject: str
    secret: bytes

    @cached_property
    def cipher(self) -> AESSIV:
        return AESSIV(self.secret)

    def __repr__(self) -> str:  # a secret belongs in no log
        return f"Key({self.id})"


def new_secret() -> bytes:
    return AESSIV.generate_key(SECRET_BITS)


def seal(text: str, key: Key, field: str) -> str:
    """The token of a text that is not empty."""
    sealed = key.cipher.encrypt(text.encode(), _bound(key, field))
    return f"{PREFIX}{key.id}:{field}:{urlsafe_b64encode(sealed).rstrip(b'=').decode()}"


def unseal(token: re.Match[str], key: Key) -> str:
    """The text of a token; raises NotOpened."""
    padded = token["text"] + "=" * (-len(token["text"]) % 4)
    try:
        return key.cipher.decrypt(urlsafe_b64decode(padded), _bound(key, token["field"])).decode()
    except (InvalidTag, NotBase64, ValueError) as error:
        raise NotOpened(f"a text sealed with {key.id}") from error


def key_ids(value: Any) -> Iterator[str]:
    """The keys that the tokens in a value are sealed with, however deep they lie."""
    match value:
        case str():
            if PREFIX in value:
                yield from (found["key"] for found in TOKEN.finditer(value))
        case dict():
            for item in value.values():
                yield from key_ids(item)
        case list() | tuple():
            for item in value:
                yield from key_ids(item)


def _bound(key: Key, field: str) -> list[bytes]:
    return [part.encode() for part in ("v1", key.committee, key.id, field)]
