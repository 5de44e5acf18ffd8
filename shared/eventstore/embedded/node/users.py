"""Who may call: a file with one user a line, the password as a scrypt hash."""

import hashlib
import hmac
import os
import tempfile
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.options import OptionsError

_COST = (2**14, 8, 1)
"""scrypt's N, r, p for new passwords: 16 MiB and some 50 ms for each guess."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password as it is kept; N, r and p are what it was hashed with."""

    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str) -> "Secret":
        salt = os.urandom(16)
        return cls(_COST, salt, _hash(password, _COST, salt))

    def matches(self, password: str) -> bool:
        """Takes some 50 ms of one core, which is the purpose; the interpreter is free meanwhile."""
        return hmac.compare_digest(self.digest, _hash(password, self.cost, self.salt))


def read_users(path: Path) -> dict[str, Secret]:
    """Every user of the file. Raises OptionsError, which names the line but never shows it."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise OptionsError(f"--users {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise OptionsError(f"--users {path} is not text in UTF-8, so it holds no users") from None
    users = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                name, secret = _parse(line)
            except ValueError:
                raise OptionsError(
                    f"--users {path}: line {number} is not a user; write them with "
                    "`python -m shared.eventstore.embedded.add_user`"
                ) from None
            users[name] = secret
    if not users:
        raise OptionsError(f"--users {path} has no user, so nobody could call")
    return users


def set_user(path: Path, name: str, password: str) -> None:
    """Add a user, or change the password; the file is replaced whole, readable by its owner alone.

    Raises OptionsError for a name or password that no client could send.
    """
    if not name or ":" in name or not name.isprintable():
        raise OptionsError(f"{name!r} cannot be a user's name: it must be printable and have no ':'")
    if not password:
        raise OptionsError("the password is empty")
    if not _is_text(name + password):
        raise OptionsError("the user's name and the password must be UTF-8, as clients send them")
    users = read_users(path) if path.exists() else {}
    users[name] = Secret.of(password)
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.writelines(_line(*user) for user in users.items())
        os.replace(file.name, path)
    except OSError as error:
        raise OptionsError(f"{path} cannot be written: {error.strerror}") from None


def _is_text(given: str) -> bool:
    """Whether what came from a terminal or an argument was UTF-8."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


def _hash(password: str, cost: tuple[int, int, int], salt: bytes) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r)


def _line(name: str, secret: Secret) -> str:
    parts = (name, "scrypt", *secret.cost, b64encode(secret.salt).decode(), b64encode(secret.digest).decode())
    return ":".join(map(str, parts)) + "\n"


def _parse(line: str) -> tuple[str, Secret]:
    name, kind, n, r, p, salt, digest = line.split(":")
    if not name or kind != "scrypt":
        raise ValueError(kind)
    return name, Secret((int(n), int(r), int(p)), b64decode(salt), b64decode(digest))
