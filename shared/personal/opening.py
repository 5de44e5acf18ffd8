"""At the very end, whatever people are shown has its sealed values opened: rows, journal, documents, exports.

Read models and events keep the sealed text, so that neither their bytes nor their hashes depend on keys.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from shared.catalogue import both
from shared.errors import StoreDown
from shared.personal.keys import Keys, Tombstone
from shared.personal.tokens import PREFIX, TOKEN, Key, NotOpened, key_ids, unseal

log: Final = logging.getLogger(__name__)

V = TypeVar("V")


@dataclass(frozen=True)
class Opening:
    """Opens what `Sealing` sealed. The keys are asked each time: what was erased is gone at once.

    Without keys, as where records are looked at apart from their system, every value stays shut.
    """

    keys: Keys | None = None

    def opened(self, value: V) -> V:
        """The value with every sealed text in it opened, or in its place a word that says why not.

        Takes what JSON knows (texts, lists, dictionaries); what holds nothing sealed costs no question.
        """
        ids = set(key_ids(value))
        if not ids:
            return value
        return cast(V, _changed(value, self._find(ids)))

    def _find(self, ids: set[str]) -> Mapping[str, Key | Tombstone] | None:
        """None where the key store does not answer: people see all the rest."""
        try:
            return self.keys.find(ids) if self.keys else {}
        except StoreDown as away:
            log.error("sealed values stay shut: %s", away)
            return None


def _changed(value: Any, known: Mapping[str, Key | Tombstone] | None) -> Any:
    match value:
        case str():
            return TOKEN.sub(lambda token: _text(token, known), value) if PREFIX in value else value
        case dict():
            return {name: _changed(item, known) for name, item in value.items()}
        case list() | tuple():
            return type(value)(_changed(item, known) for item in value)
        case _:
            return value


def _text(token: re.Match[str], known: Mapping[str, Key | Tombstone] | None) -> str:
    if known is None:
        return f"({both('privacy.away')})"
    key = known.get(token["key"])
    if key is None:
        return f"({both('privacy.not_here')})"
    if isinstance(key, Tombstone):
        return f"({both('privacy.erased')})"
    try:
        return unseal(token, key)
    except NotOpened:
        return f"({both('privacy.damaged')})"
