"""The supervisor, and calls that outlive the deaths of the processes that answer them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shared.bus.rpc import Services, ServiceUnavailable
from shared.runtime.supervisor import read_status

PATIENCE = 100.0
"""Seconds for what is expected to happen; only a failure waits this long."""
Supervised = subprocess.Popen[str]


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def supervise(data: Path, kind: str) -> Supervised:
    command = [sys.executable, "-m", "tests.component.rpc_supervised", str(data), kind]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def process(data: Path, name: str) -> dict[str, Any]:
    """What `status.json` says of a process."""
    status = read_status(data) or {"processes": []}
    return next((p for p in status["processes"] if p["name"] == name), {"state": "unknown"})


def ready(data: Path, name: str) -> bool:
    return bool(process(data, name)["state"] == "ready")


def owned(mark: str) -> list[int]:
    """Processes whose command line or working folder names the mark."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            seen = (entry / "cmdline").read_bytes().decode(errors="replace") + os.readlink(entry / "cwd")
            seen += (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if mark in seen:
            found.append(int(entry.name))
    return found


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder, named in the environment of all that is started for it."""
    monkeypatch.setenv("SUPERVISED_IN", str(tmp_path))
    yield tmp_path
    for pid in owned(f"SUPERVISED_IN={tmp_path}"):
        os.kill(pid, signal.SIGKILL)


def test_calls_succeed_again_after_the_service_and_the_broker_were_killed(marked: Path) -> None:
    supervisor = supervise(marked, "system")
    until(lambda: ready(marked, "echo"))
    services = Services((marked / "amqp-uri").read_text())

    def answered() -> bool:
        try:
            return services.call("echo", "repeat", {"n": 1}, timeout=5) == {"n": 1}
        except ServiceUnavailable:
            return False

    def restarted(name: str) -> bool:
        return bool(process(marked, name).get("restarts") == 1)

    assert answered()
    for name in ("echo", "rabbitmq"):
        os.kill(process(marked, name)["pid"], signal.SIGKILL)
        until(partial(restarted, name))
        until(answered)
    supervisor.terminate()
    said, _ = supervisor.communicate(timeout=PATIENCE)
    assert supervisor.returncode == 0
    assert "[echo] ĐÃ DỪNG NGOÀI Ý MUỐN (mã -9)" in said
    assert owned(str(marked)) == []
    assert read_status(marked) is None


def test_a_second_supervisor_on_the_same_folder_is_refused(marked: Path) -> None:
    first = supervise(marked, "plain")
    until(lambda: ready(marked, "forever"))
    second = supervise(marked, "plain")
    _, why = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert "The system is already running" in why
    assert "Traceback" not in why
    assert first.poll() is None
    first.send_signal(signal.SIGINT)
    assert first.wait(PATIENCE) == 0
    assert owned(f"SUPERVISED_IN={marked}") == []


def test_a_killed_supervisor_takes_its_processes_with_it(marked: Path) -> None:
    supervisor = supervise(marked, "plain")
    until(lambda: ready(marked, "forever"))
    child = process(marked, "forever")["pid"]
    supervisor.kill()
    supervisor.wait(PATIENCE)
    until(lambda: not Path(f"/proc/{child}").exists())


def test_what_does_not_get_ready_stops_all_and_shows_its_log(marked: Path) -> None:
    supervisor = supervise(marked, "broken")
    _, why = supervisor.communicate(timeout=PATIENCE)
    assert supervisor.returncode == 1
    assert "broken did not get ready" in why
    assert "cannot go on" in why
    assert owned(f"SUPERVISED_IN={marked}") == []


def test_a_process_with_wrong_settings_is_not_started_again(marked: Path) -> None:
    supervisor = supervise(marked, "refused")
    until(lambda: process(marked, "refused")["state"] == "failed")
    assert process(marked, "refused")["last_exit"] == 78
    assert ready(marked, "forever")
    supervisor.terminate()
    said, _ = supervisor.communicate(timeout=PATIENCE)
    assert "[refused] ĐÃ DỪNG HẲN" in said
