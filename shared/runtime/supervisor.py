"""Keeps the processes of one machine running: starts them in order, again when they die, stops them all.

Nothing it started outlives it: on SIGTERM or SIGINT it stops all in reverse order, and where it is killed
itself the kernel kills them.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Final

from shared.catalogue import both
from shared.errors import BcdError
from shared.runtime.child import hold, stop_child
from shared.runtime.processes import Process
from shared.runtime.supervised import State, Supervised

LOOK_EVERY: Final = 0.2
"""Seconds between two looks at the processes."""


class SupervisorError(BcdError):
    """It cannot begin or go on; the text is one sentence, where useful followed by the end of a log."""


def say_on_stdout(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Supervisor:
    """Processes by stages: those of a stage start together, a stage after the one before it is ready.

    `<data>/logs/<name>.log` keeps each one's output, `<data>/status.json` what `read_status` returns.
    """

    def __init__(
        self, data: Path, stages: Sequence[Sequence[Process]], say: Callable[[str], None] = say_on_stdout
    ) -> None:
        self._data, self._say = data.resolve(), say
        logs = self._data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self._stages = [[Supervised(process, logs, say) for process in stage] for stage in stages]
        self._leaving = False
        self._written = ""

    def run(self, when_ready: Callable[[], None] = lambda: None) -> None:
        """Run until SIGTERM or SIGINT; from the main thread. `when_ready` is called once, when all are.

        Raises SupervisorError where another supervisor has the data folder, or where a process is not
        ready within its limit at the first start; whatever was started is stopped then.
        """
        lock = _lock(self._data)
        if lock is None:
            raise SupervisorError(_already_running(self._data))
        before = {n: signal.signal(n, self._leave) for n in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._start()
            if not self._leaving:
                when_ready()
            while not self._leaving:
                self._look()
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)
            lock.close()

    def _leave(self, _number: int, _frame: object) -> None:
        self._leaving = True

    def _start(self) -> None:
        for stage in self._stages:
            for one in stage:
                one.start()
            while any(one.state is not State.READY for one in stage) and not self._leaving:
                self._look()
                for one in stage:
                    if one.state is State.FAILED or one.overdue():
                        raise SupervisorError(_not_ready(one))

    def _look(self) -> None:
        for one in self._all():
            one.look()
        self._write_status()
        time.sleep(LOOK_EVERY)

    def _stop(self) -> None:
        """Later stages first; a stage takes as long as its slowest process's limit."""
        for stage in reversed(self._stages):
            running = [one for one in stage if one.child is not None]
            with ThreadPoolExecutor(max(len(running), 1)) as together:
                clean = list(together.map(_stop_one, running))
            for one, went_cleanly in zip(running, clean, strict=True):
                one.stopped()
                if not went_cleanly:
                    self._say(f"[{one.process.name}] {both('process.had_to_be_killed')}")
        self._write_status()

    def _all(self) -> list[Supervised]:
        return [one for stage in self._stages for one in stage]

    def _write_status(self) -> None:
        processes = [one.status() for one in self._all()]
        text = json.dumps({"supervisor": os.getpid(), "processes": processes}, ensure_ascii=False)
        if text == self._written:
            return
        self._written = text
        new = self._data / "status.json.new"
        new.write_text(text)
        new.replace(self._data / "status.json")


def read_status(data: Path) -> dict[str, Any] | None:
    """What the supervisor of a data folder says of its processes; None where no supervisor runs there."""
    if not (data / "supervisor.lock").exists():
        return None
    lock = _lock(data)
    if lock is not None:
        lock.close()
        return None
    try:
        status: dict[str, Any] = json.loads((data / "status.json").read_text())
    except FileNotFoundError:  # it has only just begun
        return {"supervisor": None, "processes": []}
    return status


def _lock(data: Path) -> IO[str] | None:
    return hold(data / "supervisor.lock")


def _stop_one(one: Supervised) -> bool:
    assert one.child is not None
    return stop_child(one.child, one.process.stop_limit)


def _already_running(data: Path) -> str:
    return both("process.already_running", data=data)


def _not_ready(one: Supervised) -> str:
    said = both("process.not_ready", name=one.process.name, limit=one.process.start_limit)
    return f"{said} {one.log}:\n{one.tail()}"
