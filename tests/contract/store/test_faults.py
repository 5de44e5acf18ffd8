"""What becomes of acknowledged events, reads and subscriptions when the server dies, hangs or is in use."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from esdbclient import EventStoreDBClient

from shared.eventstore.connect import connect
from shared.eventstore.esdb import EsdbStore
from shared.eventstore.esdb.connection import complete
from shared.eventstore.esdb.errors import CutShortError
from shared.eventstore.port import (
    NO_STREAM,
    RecordedEvent,
    StoreRejected,
    StoreUnavailable,
    SubscriptionEnded,
)
from tests.contract.store.proxy import LossyProxy
from tests.contract.store.stores import (
    PATIENCE,
    ROOT,
    EmbeddedServer,
    Follower,
    embedded_server,
    event,
    fill,
    in_threads,
    own_server,
    stream,
)

__all__ = ["embedded_server", "own_server", "stream"]  # fixtures


@pytest.fixture
def store(own_server: EmbeddedServer) -> Iterator[EsdbStore]:
    """A store that waits for a server which is being restarted."""
    opened = EsdbStore(own_server.uri, deadline=PATIENCE)
    yield opened
    opened.close()


def test_kill_9_loses_nothing_that_was_acknowledged(own_server: EmbeddedServer, stream: str) -> None:
    impatient = EsdbStore(own_server.uri, deadline=0.5)
    acknowledged: dict[str, list[UUID]] = {f"{stream}.{n}": [] for n in range(6)}
    enough = threading.Semaphore(0)

    def write(name: str) -> None:
        revision = NO_STREAM
        for size in range(1, 10_000):
            batch = [event(n) for n in range(1 + size % 3)]
            try:
                revision = impatient.append(name, batch, expected=revision).revision
            except StoreUnavailable:
                return
            acknowledged[name] += [e.id for e in batch]
            enough.release()
        pytest.fail("the server was never killed")

    def kill() -> None:
        for _ in range(150):
            assert enough.acquire(timeout=PATIENCE), "the writers do not get on"
        own_server.kill()

    in_threads(kill, *(partial(write, name) for name in acknowledged))
    own_server.start()

    store = EsdbStore(own_server.uri)
    everything = [e.id for e in store.read_all()]
    assert len(set(everything)) == len(everything)
    for name, ids in acknowledged.items():
        found = [e.id for e in store.read_stream(name)]
        assert found[: len(ids)] == ids
        assert len(found) - len(ids) <= 3, "more than the one batch whose answer was lost"
    for each in (impatient, store):
        each.close()


def test_appends_survive_restarts_once_each_in_order(
    own_server: EmbeddedServer, store: EsdbStore, stream: str
) -> None:
    written: list[UUID] = []
    progress = threading.Semaphore(0)
    restarted = threading.Event()

    def write() -> None:
        while not restarted.is_set() or len(written) < 30:
            one = event(len(written))
            outcome = store.append(stream, [one], expected=len(written) - 1)
            assert outcome.revision == len(written)
            written.append(one.id)
            progress.release()

    def restart() -> None:
        for _ in range(2):
            for _ in range(10):
                assert progress.acquire(timeout=PATIENCE), "the writer does not get on"
            own_server.kill()
            own_server.start()
        restarted.set()

    in_threads(write, restart)

    assert [e.id for e in store.read_stream(stream)] == written


def test_a_lost_answer_is_asked_for_again(own_server: EmbeddedServer, stream: str) -> None:
    proxy = LossyProxy(own_server.port)
    direct = EsdbStore(own_server.uri)
    store = EsdbStore(proxy.uri, call_timeout=0.5, deadline=PATIENCE)
    store.append(stream, [event()], expected=NO_STREAM)
    batch = [event(1), event(2)]
    arrived = Follower(direct.subscribe_stream(stream, after=0))

    def recover_once_written() -> None:
        arrived.wait_for(2)
        proxy.recover()

    proxy.lose_answers()
    in_threads(
        recover_once_written,
        lambda: _expect_revision(2, store.append(stream, batch, expected=0).revision),
    )

    assert [e.id for e in direct.read_stream(stream, after=0)] == [e.id for e in batch]
    arrived.stop()
    for each in (store, direct):
        each.close()
    proxy.close()


def _expect_revision(expected: int, found: int) -> None:
    assert found == expected


def test_an_unknown_outcome_is_said_and_repeating_settles_it(own_server: EmbeddedServer, stream: str) -> None:
    proxy = LossyProxy(own_server.port)
    store = EsdbStore(proxy.uri, call_timeout=0.3, deadline=0.6)
    store.append(stream, [event()], expected=NO_STREAM)
    batch = [event(1), event(2)]

    proxy.lose_answers()
    with pytest.raises(StoreUnavailable):
        store.append(stream, batch, expected=0)
    proxy.recover()

    patient = EsdbStore(proxy.uri, deadline=PATIENCE)
    assert patient.append(stream, batch, expected=0).revision == 2
    assert [e.id for e in patient.read_stream(stream, after=0)] == [e.id for e in batch]
    for each in (store, patient):
        each.close()
    proxy.close()


def test_a_cancelled_read_is_never_taken_for_a_complete_one(own_server: EmbeddedServer, stream: str) -> None:
    """esdbclient 1.1.7 ends a read that another thread's reconnection cancelled like a finished one."""
    store = EsdbStore(own_server.uri)
    fill(store, stream, 2000)
    client = EventStoreDBClient(own_server.uri)
    unguarded, guarded = client.read_stream(stream), client.read_stream(stream)
    next(unguarded)
    next(guarded)
    client.reconnect()  # as another thread of the same client would

    assert len(list(unguarded)) < 1999, "the fault that the guard is for has gone"
    with pytest.raises(CutShortError):
        complete(guarded)
    client.close()
    store.close()


def test_readers_get_all_or_an_error_while_the_server_restarts(
    own_server: EmbeddedServer, store: EsdbStore, stream: str
) -> None:
    count = 700  # two pages
    ids = [e.id for e in fill(store, stream, count)]
    restarted = threading.Event()
    reads = threading.Semaphore(0)

    def read() -> None:
        while not restarted.is_set():
            found = [e.id for e in store.read_stream(stream)]
            assert found == ids, f"{len(found)} of {count} events without an error"
            everything = [e.id for e in store.read_all()]
            assert everything == ids, f"{len(everything)} of {count} events of $all without an error"
            reads.release()

    def restart() -> None:
        for _ in range(2):
            for _ in range(4):
                assert reads.acquire(timeout=PATIENCE), "the readers do not get on"
            own_server.kill()
            own_server.start()
        restarted.set()

    in_threads(restart, *[read] * 6)


def test_a_follower_goes_on_where_it_was(own_server: EmbeddedServer, store: EsdbStore, stream: str) -> None:
    handled: list[RecordedEvent] = []
    total = 60

    def follow() -> None:
        while len(handled) < total:
            after = handled[-1].position if handled else 0
            subscription = store.subscribe_all(after=after, streams=[stream])
            try:
                for recorded in subscription:
                    handled.append(recorded)
                    if len(handled) == total:
                        subscription.stop()
            except (SubscriptionEnded, StoreUnavailable):
                continue

    def write() -> None:
        for number in range(total):
            store.append(stream, [event(number)], expected=number - 1)
            if number in (20, 40):
                own_server.kill()
                own_server.start()

    in_threads(follow, write)

    assert handled == store.read_stream(stream)


def test_sigterm_ends_the_server_with_subscriptions_open(own_server: EmbeddedServer, stream: str) -> None:
    store = EsdbStore(own_server.uri)
    followers = [Follower(store.subscribe_all()), Follower(store.subscribe_stream(stream))]
    store.append(stream, [event()], expected=NO_STREAM)
    for follower in followers:
        follower.wait_for(1)

    assert own_server.stop() == 0

    for follower in followers:
        follower.join()
        assert isinstance(follower.error, StoreUnavailable)
    own_server.start()
    assert len(store.read_stream(stream)) == 1
    store.close()


def test_a_silent_server_is_noticed(own_server: EmbeddedServer, stream: str) -> None:
    """Without keepalive that really works, the subscription would wait for ever."""
    store = EsdbStore(own_server.uri, call_timeout=2, deadline=2, keepalive=1, keepalive_timeout=1)
    follower = Follower(store.subscribe_stream(stream))
    own_server.pause()
    try:
        follower.join()
        assert isinstance(follower.error, StoreUnavailable)
        with pytest.raises(StoreUnavailable):
            store.head()
        with pytest.raises(StoreUnavailable):
            store.subscribe_all()
    finally:
        own_server.go_on()
        store.close()


def test_a_folder_and_a_port_have_one_server(own_server: EmbeddedServer, tmp_path: Path) -> None:
    same_folder = own_server.spawn(port=0)
    _, said = same_folder.communicate(timeout=PATIENCE)
    assert same_folder.returncode == 1
    assert said == (
        f"error: the data folder {own_server.data} is in use by another server process: "
        "stop that one, or name another folder with --data\n"
    )

    same_port = own_server.spawn(data=tmp_path / "other")
    _, said = same_port.communicate(timeout=PATIENCE)
    assert same_port.returncode == 1
    assert said == (
        f"error: 127.0.0.1:{own_server.port} cannot be bound: Address already in use: choose another --port\n"
    )
    assert not (tmp_path / "other" / "events.sqlite").exists()

    store = EsdbStore(own_server.uri)
    assert store.head() == 0
    store.close()


def test_a_replaced_log_ends_the_server(own_server: EmbeddedServer, stream: str) -> None:
    """SQLite would go on writing to the deleted file and acknowledge what nobody can ever read."""
    store = EsdbStore(own_server.uri, deadline=1)
    store.append(stream, [event()], expected=NO_STREAM)
    log = own_server.data / "events.sqlite"
    log.rename(log.with_suffix(".moved"))
    log.touch()

    with pytest.raises(StoreUnavailable):
        store.append(stream, [event()], expected=0)

    code, said = own_server.wait_for_end()
    assert code == 1
    assert "events.sqlite was replaced while the server ran" in said
    store.close()


def test_a_slow_subscriber_holds_nobody_up(embedded_server: EmbeddedServer, stream: str) -> None:
    store = EsdbStore(embedded_server.uri)
    slow = store.subscribe_all(after=store.head(), streams=[stream])
    quick = Follower(store.subscribe_all(after=store.head(), streams=[stream]))

    fill(store, stream, 2000)

    assert len(quick.wait_for(2000)) == 2000
    quick.stop()
    revisions = []
    for recorded in slow:
        revisions.append(recorded.revision)
        if len(revisions) == 2000:
            slow.stop()
    assert revisions == list(range(2000))
    store.close()


_FORGETFUL = """
import sys, threading
from shared.eventstore.connect import connect
store = connect(sys.argv[1])
subscription = store.subscribe_all()
threading.Thread(target=lambda: list(subscription), daemon=True).start()
forgotten = store.subscribe_stream("nothing")
print(store.head() >= 0)
"""

_GREEN = """
import eventlet
eventlet.monkey_patch(thread=False)
import sys, uuid
from eventlet import tpool
from shared.eventstore.connect import connect
from shared.eventstore.port import NO_STREAM, NewEvent
store = connect(sys.argv[1])
def command(n):
    stream = f"{sys.argv[2]}.{n}"
    batch = [NewEvent(uuid.uuid4(), "Counted", b"{}", b"{}")]
    tpool.execute(store.append, stream, batch, expected=NO_STREAM)
    return len(tpool.execute(store.read_stream, stream))
pool = eventlet.GreenPool(20)
print(sum(pool.imap(command, range(40))) == 40)
tpool.execute(store.close)
"""


@pytest.mark.parametrize("program", [_FORGETFUL, _GREEN], ids=["subscriptions left open", "eventlet"])
def test_a_process_that_uses_the_store_ends(
    embedded_server: EmbeddedServer, stream: str, program: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, embedded_server.uri, stream],
        cwd=ROOT,
        timeout=2 * PATIENCE,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (0, "True\n"), ended.stderr


def test_a_store_that_was_never_there_is_unavailable_in_time() -> None:
    store = connect("esdb://127.0.0.1:1?Tls=false")
    assert isinstance(store, EsdbStore)
    store.close()
    absent = EsdbStore("esdb://127.0.0.1:1?Tls=false", deadline=0.5)
    for call in (absent.head, absent.subscribe_all, lambda: absent.append("a-1", [event()], expected=0)):
        with pytest.raises(StoreUnavailable, match=r"no answer within 0\.5 s"):
            call()
    absent.close()


def test_a_cluster_that_cannot_be_discovered_is_unavailable() -> None:
    absent = EsdbStore("esdb+discover://127.0.0.1:1?Tls=false&MaxDiscoverAttempts=1", deadline=0.5)
    with pytest.raises(StoreUnavailable):
        absent.head()
    absent.close()


def test_a_cluster_of_one_is_discovered(embedded_server: EmbeddedServer, stream: str) -> None:
    uri = f"esdb://127.0.0.1:{embedded_server.port},127.0.0.1:{embedded_server.port}?Tls=false"
    store = EsdbStore(uri)
    assert store.append(stream, [event()], expected=NO_STREAM).revision == 0
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(1)
    follower.stop()
    with pytest.raises(StoreRejected):
        store.append("$system", [event()], expected=NO_STREAM)
    store.close()
