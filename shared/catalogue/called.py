"""What the ids in rows are called: which registers to ask, and the names from their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from shared.catalogue import say
from shared.catalogue.columns import identity, title_of
from shared.catalogue.presentation import REFERS, SEATS, names_of, posts_of

Rows = Sequence[Mapping[str, Any]]
Ask = Callable[[str, str | None], Rows]
"""The rows of a register, as of a day or now."""

PEOPLE: Final = (
    "ended_because",
    "holder",
    "presiding",
    "co_presiding",
    "actor",
    "participant",
    "signatory",
    "person",
    "by",
)
"""Columns with ids of those who act, or of the seat into which another was folded."""


def names_for(ask: Ask, columns: Iterable[str], on: str | None = None) -> dict[str, str]:
    """The names that rows with these columns need: posts as they were on the day, all else as it is now."""
    there = set(columns)
    found = {"to-giup-viec": say("register.support_team"), **names_of(ask("agencies", None))}
    if there & {*SEATS, *PEOPLE}:
        found |= posts_of(ask("seats", on))
    wanted = {REFERS[column] for column in there & REFERS.keys()}
    if "origin" in there:
        wanted |= {"programmes", "context"}
    for register in sorted(wanted):
        found |= titles_of(register, ask(register, None))
    return found


def titles_of(register: str, rows: Rows) -> dict[str, str]:
    """What the records of a register are called, by register and id."""
    ids = [str(row[identity(list(row))]) for row in rows]
    return {f"{register}:{one}": title_of(row, one) for one, row in zip(ids, rows, strict=True)}
