"""One supervised process: its state, its log file, its restarts. The supervisor asks it again and again."""

import json
import os
import random
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from shared.catalogue import both
from shared.runtime.child import start_child
from shared.runtime.processes import Process
from shared.settings import CONFIGURATION_ERROR

LOG_SIZE: Final = 20_000_000
"""Bytes after which a log file is put aside, at the next start of its process; one old file is kept."""
TAIL: Final = 12
FIRST_TRIES: Final = 3
"""Deaths before a process has been ready once, after which it is no use to go on."""
LOUD: Final = frozenset({"error", "critical"})


class State(StrEnum):
    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"
    STOPPED = "stopped"


class Supervised:
    """Runs its process; `say` hears what a person should know."""

    def __init__(self, process: Process, logs: Path, say: Callable[[str], None]) -> None:
        self.process, self._say = process, say
        self.log = logs / f"{process.name}.log"
        self.state, self.restarts, self.deaths = State.STOPPED, 0, 0
        self.child: subprocess.Popen[bytes] | None = None
        self.last_exit: int | None = None
        self._since = datetime.now(UTC)
        self._changed = time.monotonic()
        self._first_start: float | None = None
        self._next_start = 0.0
        self._begun_at = self._read_to = 0

    def start(self) -> None:
        """Start it; `look` says when it is ready."""
        if self.log.exists() and self.log.stat().st_size > LOG_SIZE:
            self.log.replace(self.log.with_suffix(".old.log"))
        env = {**os.environ, "PYTHONUNBUFFERED": "1", **self.process.env}
        with self.log.open("ab") as output:
            self._read_to = output.tell()
            if self._first_start is None:
                self._begun_at = self._read_to
            self.child = start_child(self.process.command, env=env, output=output)
        self._first_start = self._first_start or time.monotonic()
        self._become(State.STARTING)

    def look(self) -> None:
        """See how it is and do what is due: notice readiness or death, start again after the pause."""
        self._repeat_what_is_loud()
        match self.state:
            case State.STARTING | State.READY if self.child is not None and self.child.poll() is not None:
                self._died(self.child.returncode)
            case State.STARTING if self.process.ready():
                self._become(State.READY)
                self._tell(both("process.is_ready"))
            case State.STARTING if self._age() > self.process.start_limit and self.child is not None:
                self._tell(both("process.too_slow", limit=self.process.start_limit))
                self.child.kill()
            case State.READY if self.deaths and self._age() > self.process.restarts.calm:
                self.deaths = 0
            case State.WAITING if time.monotonic() >= self._next_start:
                self.restarts += 1
                self.start()
            case _:
                pass

    def overdue(self) -> bool:
        """Whether it will not get ready: its time since the first start is over, or it died too often."""
        begun = self._first_start
        late = begun is not None and time.monotonic() > begun + self.process.start_limit
        return self.state is not State.READY and (late or self.deaths >= FIRST_TRIES)

    def stopped(self) -> None:
        """Note that the supervisor has stopped it."""
        self._become(State.STOPPED)

    def status(self) -> dict[str, Any]:
        """For `status.json`; `since` is the UTC time of the last change of state."""
        running = self.child is not None and self.state in (State.STARTING, State.READY)
        return {
            "name": self.process.name,
            "pid": self.child.pid if running and self.child else None,
            "state": str(self.state),
            "restarts": self.restarts,
            "since": self._since.isoformat(timespec="seconds"),
            "last_exit": self.last_exit,
            "log": str(self.log),
        }

    def tail(self) -> str:
        """The last lines of its log since its first start."""
        with suppress(FileNotFoundError), self.log.open("rb") as file:
            if file.seek(0, os.SEEK_END) >= self._begun_at:  # else the file was put aside since
                file.seek(self._begun_at)
            else:
                file.seek(0)
            return "\n".join(file.read().decode(errors="replace").splitlines()[-TAIL:])
        return ""

    def _died(self, status: int) -> None:
        self.last_exit = status
        self.deaths += 1
        policy = self.process.restarts
        if status == CONFIGURATION_ERROR or self.deaths > policy.patience:
            self._become(State.FAILED)
            self._tell(both("process.gone", status=status, log=self.log))
            return
        pause = min(policy.first * 2 ** (self.deaths - 1), policy.longest) * random.uniform(0.5, 1.0)
        self._next_start = time.monotonic() + pause
        self._become(State.WAITING)
        self._tell(both("process.died", status=status, pause=pause))

    def _tell(self, what: str) -> None:
        self._say(f"[{self.process.name}] {what}")

    def _become(self, state: State) -> None:
        self.state, self._since, self._changed = state, datetime.now(UTC), time.monotonic()

    def _age(self) -> float:
        return time.monotonic() - self._changed

    def _repeat_what_is_loud(self) -> None:
        """Tell the errors that it logged since the last look; half a line waits for its rest."""
        if self.child is None:
            return
        with self.log.open("rb") as file:
            file.seek(self._read_to)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._read_to += len(whole)
        for line in whole.splitlines():
            with suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.get("level") in LOUD:
                    self._tell(f"{entry['level']}: {entry.get('event')}")
