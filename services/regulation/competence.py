"""Who may ask for which command, as running every command in every capacity has shown (docs/authority.md)."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final, Literal

from pydantic import TypeAdapter

from services.regulation.reading import read
from shared.messages import Message

FOR_THE_CHAIR: Final = "for_the_chair"
OWN_POST: Final = "standing_deputy"
"""What the standing deputy acts as where the chair did not delegate the matter."""


class Competence(Message):
    """One command: its context, and by way of acting whether it is open to all, or in the own matter only.

    `matters` are those of which the chair has to have delegated one, where it is the chair's.
    """

    context: str
    by: Mapping[str, Literal["any", "own"]]
    matters: tuple[str, ...] = ()

    def verdict(self, way: str, delegated: Collection[str]) -> Literal["any", "own"] | None:
        """Whether one may ask for it in this way; where anything is `delegated`, nothing else is."""
        limited = way == FOR_THE_CHAIR and self.matters and delegated
        return self.by.get(OWN_POST if limited and not set(delegated) & set(self.matters) else way)


@cache
def competences() -> Mapping[str, Competence]:
    """By command; read once."""
    return TypeAdapter(dict[str, Competence]).validate_python(read("competence.yaml") or {})


def may(way: str, delegated: Collection[str] = ()) -> Mapping[str, tuple[str, ...]]:
    """The commands that one may ask for in this way of acting: `any`, and `own` in the own matter only."""
    found: dict[str, list[str]] = {"any": [], "own": []}
    for command, competence in competences().items():
        if verdict := competence.verdict(way, delegated):
            found[verdict].append(command)
    return {verdict: tuple(commands) for verdict, commands in found.items()}
