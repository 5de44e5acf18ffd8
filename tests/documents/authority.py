"""docs/authority.md, and the same as data for `bcd authority`: who may ask for what, each case run."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from shared.catalogue import both, say, say_en, word
from tests.documents.document import COMMAND, Document
from tests.documents.matrix import WAYS, Row, Verdict, attempts, matrix

SIGNS: Final = {Verdict.ANY: "✓", Verdict.OWN: "◦", Verdict.NONE: ""}


def text() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    rows = matrix()
    runs = len(rows) * len(WAYS) * 2 + sum(1 for _ in attempts())
    yield f"# {both('matrix.title')}"
    yield ""
    yield both("document.generated", command=COMMAND)
    yield ""
    for key in ("how", "own", "time", "delegation"):
        yield f"{say(f'matrix.{key}', runs=runs)} / {say_en(f'matrix.{key}', runs=runs)}"
        yield ""
    for number, way in enumerate(WAYS, start=1):
        yield f"{number}. {both(f'way.{way.key}')}"
    for context, found in groupby(rows, key=lambda row: row.context):
        yield from ("", f"## {context}", "")
        numbers = " | ".join(str(number) for number in range(1, len(WAYS) + 1))
        command, matters, refused = (word("matrix", one) for one in ("command", "matters", "refused"))
        yield f"| {command} | {numbers} | {matters} | {refused} |"
        yield "|---|" + ":-:|" * len(WAYS) + "---|---|"
        yield from (_line(row) for row in found)


def _line(row: Row) -> str:
    cells = " | ".join(SIGNS[verdict] for _, verdict in row.verdicts)
    command, refused = f"`{row.command}` {word('command', row.command)}", ", ".join(row.refused_under)
    return f"| {command} | {cells} | {_delegated(row)} | {refused} |"


def _delegated(row: Row) -> str:
    """What the chair delegates for the standing deputy to do it."""
    return ", ".join(word("matter", matter) for matter in row.matters)


def data() -> str:
    """By command: the context, and by way of acting `any` or `own`; who is refused is left out.

    `matters`: what the chair has to have delegated for the standing deputy to do it in the chair's place.
    """
    lines = ["# Written by `make docs` from a run of every command in every capacity; see docs/authority.md."]
    for row in matrix():
        may = ", ".join(f"{key}: {verdict}" for key, verdict in row.verdicts if verdict is not Verdict.NONE)
        matters = f", matters: [{', '.join(row.matters)}]" if row.matters else ""
        lines.append(f"{row.command}: {{context: {row.context}, by: {{{may}}}{matters}}}")
    return "\n".join(lines) + "\n"


DOCUMENT = Document("docs/authority.md", text)
DATA = Document("services/regulation/competence.yaml", data)
