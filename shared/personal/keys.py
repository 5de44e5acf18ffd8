"""The port of the key store: a key a subject, made at its first use, and destroyed once and for all.

A subject is `person:<id>`, `seat:<id>` or a record as `category:<id>`: a pseudonym, never a name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from shared.personal.tokens import Key


@dataclass(frozen=True)
class Tombstone:
    """What is left of a destroyed key: whose it was, when (ISO 8601, UTC) and why it was destroyed.

    `key_id` is None where the subject had no key; the tombstone keeps one from being made.
    """

    committee: str
    subject: str
    key_id: str | None
    destroyed: str
    ground: str


class Keys(Protocol):
    """Each raises StoreDown where the key store does not answer, or its master key is not the right one."""

    def key_of(self, committee: str, subject: str) -> Key | Tombstone:
        """The subject's key, made where there is none yet."""
        ...

    def known(self, committee: str, subject: str) -> Key | Tombstone | None:
        """As `key_of`, but nothing is made."""
        ...

    def find(self, ids: Collection[str]) -> Mapping[str, Key | Tombstone]:
        """The keys with these ids, or what is left of them; an unknown id is left out."""
        ...

    def destroy(self, committee: str, subject: str, ground: str) -> Tombstone:
        """Destroy the subject's key for ever; asked again, the first tombstone comes back."""
        ...
