"""What `bcd run` shows once the registers are up to date: the committee, and each register in a few lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from rich.console import Console

from services.cli.asking import Records, asking
from services.cli.tables import grid, short
from shared.catalogue import both, say, word
from shared.catalogue.columns import chosen, content_of
from shared.catalogue.presentation import cell
from shared.catalogue.seen import seen
from shared.followers.clock import shown
from shared.settings import Settings

SHOWN: Final = (
    *("members", "agencies", "meetings", "conclusions", "opinion_rounds", "programmes"),
    *("tasks", "feedback", "documents", "figures", "doubts"),
)
FIRST: Final = 2
"""Entries of each register that are shown."""
WIDE: Final = 50
"""Characters of a line about an entry; with the other columns it fits 100."""


def print_summary(settings: Settings, console: Console) -> None:
    """One table: each register with its count and its first entries."""
    console.print()
    on = shown(settings.clock)()
    with asking(settings) as records:
        sheets = records.register("committees", limit=1)["rows"]
        lines = [_line(name, records, on) for name in SHOWN]
    if sheets:
        console.print(str(sheets[0]["name"]), style="bold", markup=False)
    headings = (say("page.registers"), say("label.entries"), say("label.first"))
    console.print(grid(both("run.short"), headings, lines, right=(1,)))


def _line(name: str, records: Records, on: date) -> tuple[str, str, str]:
    answer = records.register(name, limit=FIRST, offset=0)
    rows = seen(name, answer["rows"], on)
    first = "\n".join(_entry(name, answer["columns"], row) for row in rows)
    return word("register", name), str(answer["total"]), first


def _entry(name: str, columns: Sequence[str], row: Mapping[str, Any]) -> str:
    """What an entry is called and the next thing to know of it."""
    contents = [(column, content_of(column, row)) for column in chosen(name, columns, [row])]
    said = [cell(column, content) for column, content in contents if not isinstance(content, bool)]
    title, *more = [text for text in said if text] or ["—"]
    if not more or len(more[0]) > WIDE // 2:
        return short(title, WIDE)
    return f"{short(title, WIDE - len(more[0]) - 2)}, {more[0]}"
