"""The digest of a command: by it a repeated one is known, and one that reuses its id with other content."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from shared.envelope import Request
from shared.messages import Command
from shared.personal.sealing import Sealed

_AROUND: Final = {"command_id", "correlation_id", "causation_id", "data"}
"""What of a request is not its content."""
_AND: Final = "+"


@dataclass(frozen=True)
class Digest:
    """Of the content that is no secret, and of the sealed values; both are recorded, as `content+personal`.

    `personal` is None where a command tells nothing personal, or only of those whose keys are destroyed.
    `plain` is the digest as it was recorded before anything was sealed; a digest over readable personal
    values could be guessed from, so it is never recorded where there are any.
    """

    content: str
    personal: str | None
    plain: str

    def __str__(self) -> str:
        return self.content if self.personal is None else f"{self.content}{_AND}{self.personal}"

    def is_that_of(self, recorded: str) -> bool:
        """Whether the command that was recorded with this digest had the same content, as far as the keys
        that are left can tell."""
        content, sealed, personal = recorded.partition(_AND)
        if not sealed:
            return recorded == self.plain
        return content == self.content and self.personal in (None, personal)


def digest_of(command: Command, sealed: Sealed, request: Request) -> Digest:
    """`sealed` is what became of the command."""
    plain = _digest(command, request, exclude=())
    if not sealed.fields:
        return Digest(plain, None, plain)
    content = _digest(command, request, exclude=sealed.fields)
    tokens = {name: getattr(sealed.command, name) for name in sealed.fields}
    return Digest(content, None if sealed.erased else _hash(["personal", tokens]), plain)


def _digest(command: Command, request: Request, exclude: tuple[str, ...]) -> str:
    """SHA-256 over a command and its circumstances, but for the fields to `exclude`, which are only named.

    What is left at its default is left out, so that a command that learns a new field keeps its digest.
    """
    content = request.model_dump(mode="json", exclude=_AROUND, exclude_defaults=True)
    content["data"] = command.model_dump(mode="json", exclude=set(exclude), exclude_defaults=True)
    if exclude:
        content["personal"] = sorted(exclude)
    return _hash([type(command).__name__, content])


def _hash(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
