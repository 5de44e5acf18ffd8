"""What becomes of open stores when the process ends or is forked."""

import atexit
import os
import threading
from typing import Protocol
from weakref import WeakSet

from shared.eventstore.port import StoreRejected


class Lasting(Protocol):
    """Something with connections, that the end of the process must not wait for."""

    def stop_subscriptions(self) -> None: ...

    def close(self) -> None: ...

    def leave_to_parent(self) -> None: ...


_open: "WeakSet[Lasting]" = WeakSet()
_connected = threading.Event()
"""A connection was made. gRPC's threads outlive it, and a fork cuts them off with their locks held."""
_crossed_fork = threading.Event()


def until_exit(store: Lasting) -> None:
    """See to it that an open store neither keeps the process alive nor crosses a fork."""
    _open.add(store)


def about_to_connect() -> None:
    """Raise StoreRejected in a process where a call would abort or hang, gRPC having been cut in two."""
    if _crossed_fork.is_set():
        raise StoreRejected(
            "this process was forked after a store had been connected, and gRPC cannot go on in it: "
            "open the store after the fork (gunicorn: in post_fork, without preload_app)"
        )
    _connected.set()


def _before_threads_end() -> None:
    """A thread that waits for events would be waited for in turn; others may finish their calls."""
    for store in list(_open):
        store.stop_subscriptions()


@atexit.register
def _close() -> None:
    for store in list(_open):
        store.close()


def _in_child() -> None:
    if _connected.is_set():
        _crossed_fork.set()
    for store in list(_open):
        store.leave_to_parent()


# atexit alone comes too late: its functions run after all non-daemon threads have ended.
threading._register_atexit(_before_threads_end)  # type: ignore[attr-defined]
os.register_at_fork(after_in_child=_in_child)
