"""Before anything is decided, the personal values of a command are sealed with the keys of those whom they
are about: deciders, digests and events never see them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from shared.catalogue import both
from shared.envelope import Request
from shared.errors import InvalidRequest
from shared.messages import Command
from shared.personal.keys import Keys, Tombstone
from shared.personal.marking import personal_fields, subject_of
from shared.personal.tokens import PREFIX, Key, seal


@dataclass(frozen=True)
class Sealed:
    """A command without a readable personal value.

    `fields` are those that had one; `erased` the subjects whose keys are destroyed, of whom nothing can be
    recorded any more: what was told of them is left out.
    """

    command: Command
    fields: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()

    def require_keys(self) -> None:
        """Raises InvalidRequest where something is told of a subject that was erased."""
        if self.erased:
            raise InvalidRequest(
                type(self.command).__name__, both("privacy.erased_subject", subject=", ".join(self.erased))
            )


@dataclass(frozen=True)
class Sealing:
    """Seals the personal values of commands."""

    keys: Keys

    def seal(self, command: Command, request: Request, record: str) -> Sealed:
        """`record` is the stream's category and id. Raises StoreDown; InvalidRequest for sealed text from
        outside, by which somebody could have another's value opened."""
        if PREFIX in request.model_dump_json():
            raise InvalidRequest(type(command).__name__, both("privacy.sealed_outside"))
        sealed: dict[str, Any] = {}
        asked: dict[str, Key | Tombstone] = {}
        for name, mark in personal_fields(type(command)).items():
            if not (value := getattr(command, name)):
                continue
            subject = subject_of(command, mark, record)
            key = asked.get(subject) or self.keys.key_of(request.committee, subject)
            asked[subject] = key
            if isinstance(key, Tombstone):
                sealed[name] = None
            else:
                sealed[name] = _each(value, partial(seal, key=key, field=name))
        erased = tuple(subject for subject, key in asked.items() if isinstance(key, Tombstone))
        changed = command.model_copy(update=sealed) if sealed else command
        return Sealed(changed, tuple(sealed), erased)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """A text, or the texts of a tuple, changed one by one; an empty text says nothing and stays."""
    if isinstance(value, tuple):
        return tuple(_each(item, change) for item in value)
    return change(value) if value else value
