"""Child processes that never outlive their parent, and locks that never outlive their holder."""

import ctypes
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

PR_SET_PDEATHSIG: Final = 1
_libc: Final = ctypes.CDLL(None, use_errno=True)


def start_child(
    command: Sequence[str], *, env: Mapping[str, str], output: IO[bytes] | int, cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a command in a session and process group of its own, its output and errors to `output`.

    The kernel kills it when the thread that called this ends, however it ends: call from the main thread.
    """
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid()),
    )


def _die_with(parent: int) -> Callable[[], None]:
    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return ask_kernel


def stop_child(child: subprocess.Popen[bytes], limit: float) -> bool:
    """SIGTERM to the child, after `limit` seconds SIGKILL to its group; True where SIGTERM was enough.

    Whatever the child left behind in its process group is killed in either case.
    """
    clean = True
    if child.poll() is None:
        child.send_signal(signal.SIGCONT)  # a stopped process cannot hear SIGTERM
        child.terminate()
        clean = _gone_within(child, limit)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return clean


def _gone_within(child: subprocess.Popen[bytes], limit: float) -> bool:
    deadline = time.monotonic() + limit
    while child.poll() is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def hold(lock: Path) -> IO[str] | None:
    """The open lock file, ours until it is closed or this process ends; None where another holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = lock.open("a")  # Python's own files are not inherited by children
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
