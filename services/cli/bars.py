"""Bars on standard error where somebody watches: how far, at what rate, and how long it will yet take."""

import time
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
from shared.catalogue import say

Told = Callable[[int | None, int, int], None]
"""Takes how many events were handled, if it is events, how far the work is, and how far it is to come."""
Steps = Callable[[str], Told]
"""Begins the bar of a step with the key of its heading."""


@contextmanager
def bars() -> Iterator[Steps]:
    """One bar for each step of a work; they are gone when it ends."""
    console = notes()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(heading: str) -> Told:
            task = progress.add_task(say(heading), total=None, rate="")
            began = time.monotonic()

            def told(count: int | None, reached: int, last: int) -> None:
                spent = time.monotonic() - began
                rate = say("operations.rate", count=f"{count / spent:,.0f}") if count and spent > 0 else ""
                progress.update(task, completed=reached, total=last, rate=rate)

            return told

        yield begin
