"""Bars for long work, on standard error where somebody watches: how far, how long, and how long yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from services.cli.console import notes

Reached = Callable[[int, int], None]
"""Takes how far the work is, and of what."""


@contextmanager
def bars() -> Iterator[Callable[[str], Reached]]:
    """Gives what begins a bar under a heading."""
    console = notes()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(heading: str) -> Reached:
            task = progress.add_task(heading, total=None)
            return lambda reached, last: progress.update(task, completed=reached, total=last)

        yield begin
