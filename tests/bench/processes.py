"""The processes of the store's bench: the servers, the memory they hold, the cores they run on."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.contract.store.stores import PATIENCE, ROOT


@contextmanager
def doing_nothing() -> Iterator[tuple[str, int]]:
    """A running server of `tests.bench.wire`: its connection string and process id."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.wire"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    watchdog = threading.Timer(PATIENCE, child.kill)
    watchdog.start()
    try:
        assert child.stdout is not None
        port = child.stdout.readline().strip()
        watchdog.cancel()
        if not port:
            raise RuntimeError("the do-nothing server did not start")
        yield f"esdb://127.0.0.1:{port}?Tls=false", child.pid
    finally:
        child.kill()
        child.communicate()


def resident(pid: int, what: str = "VmRSS") -> float:
    """MB that a process holds, or with "VmHWM" the most it has held since `forget_peak`."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name == what:
            return int(value.split()[0]) / 1024
    raise ValueError(f"{what} is not known of process {pid}")


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def pinned(cores: str, servers: list[int]) -> Iterator[None]:
    """Servers on the first of two cores ("0,1"), this process on the second; "" pins nothing."""
    if not cores:
        yield
        return
    server, client = (int(core) for core in cores.split(","))
    everywhere = os.sched_getaffinity(0)
    for pid in servers:
        _pin(pid, {server})
    _pin(os.getpid(), {client})
    try:
        yield
    finally:
        _pin(os.getpid(), everywhere)


def _pin(pid: int, cores: set[int]) -> None:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(ProcessLookupError):  # a thread that has ended meanwhile
            os.sched_setaffinity(int(thread.name), cores)
