"""How rows are shown to people: Vietnamese headings, known codes as words, doubts as visible marks."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shared.catalogue import say, word
from shared.catalogue.columns import BEHIND, chosen, content_of, heading, identity
from shared.catalogue.presentation import Names, cell, ground, marks
from shared.catalogue.seen import gathered, shared_doubts

LONG: Final = 60
"""Characters of a cell that a table shows; the rest is in `records show` and in JSON."""
MOST_COLUMNS: Final = 5
"""Columns that fit 100 characters; programs get all of them."""
ID: Final = 36
"""Characters of a line in the first column: those of a UUID, so that it can be copied."""


def grid(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    *,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> Table:
    """A table with ready cells; nothing in them is read as markup.

    The columns `right` hold numbers; those in `whole` come with their lines broken already.
    """
    table = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, min_width=40)
    for number, name in enumerate(headings):
        table.add_column(
            Text(name),
            overflow="fold",
            justify="right" if number in right else "left",
            no_wrap=number in whole,
        )
    for row in rows:
        table.add_row(*(one if isinstance(one, Text) else Text(one) for one in row))
    return table


def register_table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    names: Names | None = None,
    without: str | None = None,
) -> Table:
    """A register: its chosen columns, under the first the id; last the marks of doubt where some row has any.

    Doubts that all rows share are not repeated in each; `without` is a column that all rows share.
    """
    if name == "doubts":
        rows = gathered(rows)
    _, rows = shared_doubts(rows)
    shown = [one for one in chosen(name, [*columns, "times"], rows) if one not in (without, "source")]
    doubtful = any(row.get("doubts") for row in rows)
    shown = shown[: MOST_COLUMNS - doubtful]
    headings = [heading(name, column) for column in shown]
    key = identity(columns)
    if doubtful:
        headings.append(word("column", "doubts"))
    cells = []
    for row in rows:
        one: list[str | Text] = [short(cell(column, content_of(column, row), names)) for column in shown]
        if one and key != without:
            one[0] = Text.assemble(_broken(str(one[0])), "\n", (_broken(str(row.get(key, ""))), "dim"))
        if doubtful:
            one.append(Text("\n".join(mark.short for mark in marks(row.get("doubts"))), style="yellow"))
        cells.append(one)
    return grid(title, headings, cells, whole=(0,) if key != without else ())


def _broken(text: str) -> str:
    return "\n".join(wrap(text, ID))


def common_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The doubts that all rows of a table share, in full."""
    common, _ = shared_doubts(rows)
    return [f"{say('page.common_doubts')} {mark.short}. {mark.full}." for mark in marks(common)]


def short(text: str, most: int = LONG) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def record_sheet(name: str, title: str, row: Mapping[str, Any], names: Names | None = None) -> Table:
    """One record, a line per column; every doubt with its text."""
    key = identity(list(row))
    lines: list[tuple[str | Text, str | Text]] = [
        (heading(name, column), text)
        for column, value in row.items()
        if column not in (*BEHIND, key) and (text := cell(column, value, names))
    ]
    lines.append((word("column", "id"), str(row.get(key, ""))))
    lines += [(word("column", one), cell(one, row[one])) for one in ("source", "event") if row.get(one)]
    lines += [(Text(mark.short, style="yellow"), mark.full) for mark in marks(row.get("doubts"))]
    return grid(title, (say("page.field"), say("page.content")), lines, whole=(0,))


def event_text(type_: str, reference: str, clauses: Iterable[str] = ()) -> Text:
    """An event by its name for people and its type; below where it stands in the store, and the clauses."""
    about = ", ".join(clauses)
    name = Text.assemble(word("event", type_), (f"  {type_}", "dim"))
    return Text.assemble(name, "\n", (reference, "dim"), (f"\n{about}" if about else "", "red"))


def actor_text(event: Mapping[str, Any], names: Names) -> str:
    """Who acted, in which capacity, and why that was allowed."""
    capacity = str(event.get("capacity") or "")
    who = cell("person", event.get("person"), names)
    said = ", ".join(part for part in (who, word("capacity", capacity) if capacity else "") if part)
    why = ground(str(event["ground"]), names) if event.get("ground") else ""
    return f"{said}\n{short(why)}" if why else said


def print_register(console: Console, title: str, answer: Mapping[str, Any], names: Names) -> None:
    """A register as `records` answered it, with how much of it is shown."""
    name, rows = str(answer["name"]), answer["rows"]
    if not rows:
        console.print(title, markup=False)
    else:
        console.print(register_table(name, title, answer["columns"], rows, names))
        for line in common_lines(rows):
            console.print(line, markup=False, style="yellow")
    console.print(say("label.rows_of", shown=len(rows), total=answer["total"]), style="dim")
