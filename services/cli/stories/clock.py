"""The clock of a running system, where a file holds its day: turned on, and waited for until all is quiet."""

import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event as Flag
from typing import Any, Final

from services.cli.errors import NOT_RUNNING, cli_error
from shared.eventstore.port import EventStore
from shared.followers.policies import NAME
from shared.followers.status import read_statuses
from shared.settings import Settings

FILE: Final = "clock"
"""The name of the file in the data folder of a system that tells a story."""
LOOK_EVERY: Final = 0.05


def clock_file(settings: Settings) -> Path:
    """The file by which the running system's clock goes; raises CliError where it goes by the real day."""
    if settings.clock is None:
        raise cli_error("no_clock", NOT_RUNNING, variable="BCD_CLOCK", file=settings.data / FILE)
    return settings.clock


def begin(file: Path) -> None:
    """Write the first of all days: from here on the system goes by this file, and no day has come."""
    set_day(file, date.min)


def set_day(file: Path, day: date) -> None:
    """Write the day; whoever reads at the same time finds the old one or the new one."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(f"{day}\n", encoding="ascii")
    os.replace(new, file)


@dataclass
class FileClock:
    """The clock of the policies' process, through its file and its status."""

    file: Path
    store: EventStore
    data: Path
    limit: float
    leaving: Flag = field(default_factory=Flag)

    def day(self) -> date:
        """The day that the file holds; no day at all before it is there."""
        try:
            return date.fromisoformat(self.file.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return date.min
        except ValueError as error:
            raise cli_error("bad_clock", file=self.file, why=error) from error

    def turn(self, day: date) -> None:
        if day > self.day():
            set_day(self.file, day)
        self.settle()

    def settle(self) -> None:
        """Wait until the policies have handled all that the store holds and rung all that this day brings.

        Ends early when the telling is left; raises CliError after the limit without any progress.
        """
        day, changed = self.day().isoformat(), time.monotonic()
        seen: tuple[Any, ...] = ()
        while not self.leaving.is_set():
            head = self.store.head()
            now = self._said()
            if now[1:] == (day,) and now[0] >= head == self.store.head():
                return
            if (head, *now) != seen:
                seen, changed = (head, *now), time.monotonic()
            elif time.monotonic() - changed > self.limit:
                raise cli_error("clock_stands", limit=f"{self.limit:g}", day=day)
            self.leaving.wait(LOOK_EVERY)

    def _said(self) -> tuple[int, Any]:
        """The position and the day that the policies' process last told of itself."""
        said = read_statuses(self.data).get(NAME, {})
        return int(said.get("position") or 0), (said.get("clock") or {}).get("day")
