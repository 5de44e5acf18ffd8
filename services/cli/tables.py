"""How rows are shown to people: Vietnamese headings, known codes as words, doubts as visible marks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shared.catalogue import say, word
from shared.catalogue.columns import BEHIND, chosen, content_of
from shared.catalogue.presentation import Names, cell, marks

LONG: Final = 60
"""Characters of a cell that a table shows; the rest is in `records show` and in JSON."""
MOST_COLUMNS: Final = 7
"""Columns that fit 100 characters; programs get all of them."""
BRIEF: Final = (40, 18, 18)
"""Columns of a brief table and the characters that each shows."""


def grid(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str | Text]], *, brief: bool = False
) -> Table:
    """A table with ready cells; nothing in them is read as markup. A `brief` one has a line a row."""
    table = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(Text(heading), overflow="ellipsis" if brief else "fold", no_wrap=brief)
    for row in rows:
        table.add_row(*(one if isinstance(one, Text) else Text(one) for one in row))
    return table


def register_table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    names: Names | None = None,
    *,
    brief: bool = False,
) -> Table:
    """A register: its chosen columns, and in a last one the marks of doubt where some row has any."""
    shown = chosen(name, columns, rows)[: len(BRIEF) if brief else MOST_COLUMNS]
    lengths = BRIEF if brief else (LONG,) * MOST_COLUMNS
    headings = [word("column", column) for column in shown]
    doubtful = any(row.get("doubts") for row in rows)
    if doubtful:
        headings.append(word("column", "doubts"))
    cells = []
    for row in rows:
        one: list[str | Text] = [
            _short(cell(column, content_of(column, row), names), most)
            for column, most in zip(shown, lengths, strict=False)
        ]
        if doubtful:
            one.append(Text(", ".join(mark.short for mark in marks(row.get("doubts"))), style="yellow"))
        cells.append(one)
    return grid(title, headings, cells, brief=brief)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def record_sheet(title: str, row: Mapping[str, Any], names: Names | None = None) -> Table:
    """One record, a line per column; every doubt with its text."""
    lines: list[tuple[str | Text, str | Text]] = [
        (word("column", name), text)
        for name, value in row.items()
        if name not in BEHIND and (text := cell(name, value, names))
    ]
    lines += [(word("column", name), cell(name, row[name])) for name in ("source", "event") if row.get(name)]
    lines += [(Text(mark.short, style="yellow"), mark.full) for mark in marks(row.get("doubts"))]
    return grid(title, (say("page.field"), say("page.content")), lines)


def print_register(console: Console, title: str, answer: Mapping[str, Any], names: Names) -> None:
    """A register as `records` answered it, with how much of it is shown."""
    rows = answer["rows"]
    console.print(register_table(str(answer["name"]), title, answer["columns"], rows, names))
    console.print(say("label.rows_of", shown=len(rows), total=answer["total"]), style="dim")
