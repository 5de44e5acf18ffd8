"""The end of a document: who signs, for whom, and who receives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docx.table import _Cell as Cell

from services.records.printed.text import clean
from services.records.printed.writing import POINTS, put, put_broken
from shared.catalogue import say

HAND: Final = 4
"""Lines for the hand and the seal."""


@dataclass(frozen=True)
class Signature:
    """`signed_for` are the lines above the post, such as `TM. BAN CHỈ ĐẠO`; `home` is the post at home, which
    stands below the hand; dots stand for a name that is not known."""

    posts: Sequence[str]
    signed_for: Sequence[str] = ()
    name: str | None = None
    home: str | None = None


def signature(cell: Cell, one: Signature, room: float) -> None:
    """In a room of so many millimetres."""
    for part, told in (("signed_for", one.signed_for), ("post", one.posts)):
        for line in told:
            put_broken(cell, part, line, room * POINTS)
    for _ in range(HAND):
        put(cell, "signature", "")
    if one.home:
        put_broken(cell, "home", one.home, room * POINTS)
    put(cell, "signatory", one.name or say("printed.no_name"))


def recipients(cell: Cell, whom: Sequence[str]) -> None:
    """Each with a dash and a semicolon; the last, where a copy is kept, with a full stop."""
    if not whom:
        return
    put(cell, "recipients", f"{say('printed.recipients')}:")
    for n, one in enumerate(whom, start=1):
        put(cell, "recipient", f"- {clean(one).rstrip(' ;.')}{'.' if n == len(whom) else ';'}")
