"""A process that uses a store ends when it should, also with threads and forks; a closed store is closed."""

import subprocess
import sys
import threading

import pytest

from shared.eventstore.esdb import EsdbStore, client, connection
from shared.eventstore.port import NO_STREAM, StoreUnavailable
from tests.contract.store.stores import (
    PATIENCE,
    ROOT,
    EmbeddedServer,
    Follower,
    embedded_server,
    event,
    fill,
    stream,
)

__all__ = ["embedded_server", "stream"]  # fixtures

_BEGIN = """
import os, sys, threading, uuid
from shared.eventstore.connect import connect
from shared.eventstore.port import NO_STREAM, NewEvent, StoreError, StoreRejected, SubscriptionEnded
store = connect(sys.argv[1])
def append(name):
    one = NewEvent(uuid.uuid4(), "Counted", b"{}", b"{}")
    return store.append(sys.argv[2] + name, [one], expected=NO_STREAM)
def child(work):
    sys.stdout.flush()
    number = os.fork()
    if number == 0:
        work()
        sys.exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
"""

PROGRAMS = {
    "a thread waits for events": """
subscription = store.subscribe_all()
threading.Thread(target=lambda: list(subscription)).start()
print("ok")
""",
    "a thread begins to wait for events when main has ended": """
main = threading.current_thread()
def follow():
    main.join()
    list(store.subscribe_all())
    print("ok")
threading.Thread(target=follow).start()
""",
    "a thread still writes when main has ended": """
main = threading.current_thread()
def write():
    main.join()
    append(".1")
    append(".2")
    print("ok")
store.head()
threading.Thread(target=write).start()
""",
    "a call that hangs does not stop the other greenthreads": """
import eventlet
eventlet.monkey_patch(thread=False)
import socket
from shared.errors import StoreDown
from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import StoreUnavailable
from shared.runtime.blocking import run_blocking
silent = eventlet.patcher.original("socket").create_server(("127.0.0.1", 0))
hanging = EsdbStore(f"esdb://127.0.0.1:{silent.getsockname()[1]}?Tls=false", call_timeout=0.5, deadline=1)
ticks = []
def tick():
    while True:
        ticks.append(len(ticks))
        eventlet.sleep(0.02)
eventlet.spawn(tick)
try:
    run_blocking(30, hanging.head)
except StoreUnavailable:
    print("ok" if len(ticks) > 2 else "the hub stood still")
hanging.close()
""",
    "forked before the first call": """
assert child(lambda: append(".child")) == 0
append(".parent")
print("ok")
""",
    "forked with a subscription open": """
append(".before")
subscription = store.subscribe_all()
reading = threading.Thread(target=lambda: list(subscription), daemon=True)
reading.start()
def work():
    for attempt in (store.head, store.subscribe_all, connect(sys.argv[1]).head):
        try:
            attempt()
        except StoreRejected as told:
            assert "open the store after the fork" in str(told)
        else:
            raise AssertionError("gRPC was used")
    try:
        next(iter(subscription))
    except SubscriptionEnded:
        pass
assert child(work) == 0
append(".after")
print("ok")
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_process_ends(embedded_server: EmbeddedServer, stream: str, name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _BEGIN + PROGRAMS[name], embedded_server.uri, stream],
        cwd=ROOT,
        timeout=2 * PATIENCE,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (0, "ok\n"), ended.stderr


def test_a_closed_store_opens_nothing(
    embedded_server: EmbeddedServer, stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EsdbStore(embedded_server.uri)
    fill(store, stream, 501)  # one page, and one event more
    half_read = store.read_all()
    next(half_read)
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(501)
    opened: list[str] = []
    monkeypatch.setattr(connection, "open_channel", lambda *_: opened.append("a channel"))

    store.close()
    store.close()

    follower.join()
    assert follower.error is None, "closing ends a subscription as stop() does"
    for call in (
        store.head,
        lambda: store.read_stream(stream),
        lambda: store.append(stream, [event()], expected=500),
        lambda: list(half_read),
        store.subscribe_all,
        lambda: store.subscribe_stream(stream),
    ):
        with pytest.raises(StoreUnavailable, match="the store was closed"):
            call()
    assert opened == []


def test_a_connection_that_is_made_while_closing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[object] = []

    class Late:
        def __init__(self, *_address: object) -> None:
            store.close()

        def close(self) -> None:
            closed.append(self)

    store = EsdbStore("esdb://127.0.0.1:1?Tls=false")
    monkeypatch.setattr(client, "Connection", Late)
    with pytest.raises(StoreUnavailable, match="the store was closed"):
        store.head()
    assert len(closed) == 1


def test_closing_ends_the_calls_of_other_threads(embedded_server: EmbeddedServer, stream: str) -> None:
    store = EsdbStore(embedded_server.uri, deadline=PATIENCE)
    under_way = threading.Barrier(5)
    outcomes: list[str] = []

    def write(name: str) -> None:
        try:
            for number in range(100_000):
                store.append(name, [event(number)], expected=number - 1)
                if number == 3:
                    under_way.wait(PATIENCE)
        except StoreUnavailable as told:
            outcomes.append(str(told))

    threads = [threading.Thread(target=write, args=(f"{stream}.{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    under_way.wait(PATIENCE)
    store.close()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(outcomes) == 4
    fresh = EsdbStore(embedded_server.uri)
    assert fresh.append(f"{stream}.new", [event()], expected=NO_STREAM).revision == 0
    fresh.close()
