"""Who may ask for which command, as running every command in every capacity has shown (docs/authority.md)."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from services.regulation.reading import read
from shared.messages import Message


class Competence(Message):
    """One command: its context, and by way of acting whether it is open to all, or in the own matter only."""

    context: str
    by: Mapping[str, Literal["any", "own"]]


@cache
def competences() -> Mapping[str, Competence]:
    """By command; read once."""
    return TypeAdapter(dict[str, Competence]).validate_python(read("competence.yaml") or {})


def may(way: str) -> Mapping[str, tuple[str, ...]]:
    """The commands that one may ask for in this way of acting: `any`, and `own` in the own matter only."""
    found: dict[str, list[str]] = {"any": [], "own": []}
    for command, competence in competences().items():
        if verdict := competence.by.get(way):
            found[verdict].append(command)
    return {verdict: tuple(commands) for verdict, commands in found.items()}
