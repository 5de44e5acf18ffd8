"""What a printed document is besides its bytes: its number, and the mandatory parts that nothing tells."""

from dataclasses import dataclass, field
from typing import Final

from shared.catalogue import both, say
from shared.errors import InvalidRequest

GAP: Final = "…"


@dataclass(frozen=True)
class Printed:
    """A .docx; `number` is None while none was issued, `gaps` are sentences that name what is missing.

    It is a draft, and says so, unless it has a number and no gaps. `position` is that of the last event on
    which it rests.
    """

    kind: str
    content: bytes
    number: str | None
    gaps: tuple[str, ...]
    position: int

    @property
    def draft(self) -> bool:
        return self.number is None or bool(self.gaps)


@dataclass
class Gaps:
    """The parts that were looked for and not found, each once."""

    keys: list[str] = field(default_factory=list)

    def filled(self, value: str | None, part: str) -> str:
        """The value, or the sign of a gap."""
        if value:
            return value
        if part not in self.keys:
            self.keys.append(part)
        return GAP

    def told(self) -> tuple[str, ...]:
        return tuple(both(f"printed.missing.{part}") for part in self.keys)


def not_printable(where: str, why: str, **values: str) -> InvalidRequest:
    """A part without which there is nothing to print."""
    return InvalidRequest(where, both(f"printed.cannot.{why}", **values))


def mark_of(position: int, version: str) -> str:
    """The line in the foot of what was printed from the system, before it is signed."""
    return say("printed.mark", position=position, version=version)
