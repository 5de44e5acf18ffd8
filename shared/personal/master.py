"""The master key, which wraps every other: 32 bytes in a file that only its owner may read, as hex."""

import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.catalogue import both
from shared.errors import StoreDown

BYTES: Final = 32
NONCE: Final = 12
WRAPPED: Final = NONCE + 64 + 16
"""Bytes of a wrapped key: nonce, key, tag."""


class Master:
    """Wraps keys with AES-256-GCM; the wrapped key is bound to its id."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    def wrap(self, key_id: str, secret: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, secret, key_id.encode())

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Raises StoreDown where another master key wrapped it."""
        try:
            return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
        except InvalidTag as error:
            raise StoreDown(both("privacy.wrong_master")) from error


def read_master(path: Path) -> Master:
    """The master key of a file; raises StoreDown where it cannot be read or is no key."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise StoreDown(both("privacy.no_master", file=path, why=error.strerror)) from error
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise StoreDown(both("privacy.bad_master", file=path, characters=2 * BYTES))
    return Master(secret)


def read_or_make_master(path: Path) -> Master:
    """As `read_master`, but a file that is not there is made. Several processes may race for it."""
    if not path.exists():
        try:
            _make(path)
        except OSError as error:
            raise StoreDown(both("privacy.no_master", file=path, why=error.strerror)) from error
    return read_master(path)


def _make(path: Path) -> None:
    """Written beside its place and linked there whole: nobody reads half a key, and the first one stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
