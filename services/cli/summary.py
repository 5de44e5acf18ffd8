"""What `bcd run` shows once the registers are up to date: each register in short."""

from typing import Final

from rich.console import Console

from services.cli.asking import asking
from services.cli.tables import register_table
from shared.catalogue import both
from shared.settings import Settings

SHOWN: Final = ("members", "agencies", "meetings", "opinions", "tasks", "feedback", "documents")
FIRST: Final = 3


def print_summary(settings: Settings, console: Console) -> None:
    """Title, count and first rows of the main registers."""
    console.print()
    console.print(both("run.short"), style="bold")
    with asking(settings) as records:
        names = records.names()
        for name in SHOWN:
            answer = records.register(name, limit=FIRST, offset=0)
            rows, total = answer["rows"], answer["total"]
            first = both("run.first_rows", shown=len(rows), total=total)
            title = f"{both(f'register.{name}')} ({first})"
            if not rows:
                console.print(title, markup=False)
                continue
            console.print(register_table(name, title, answer["columns"], rows, names, brief=True))
