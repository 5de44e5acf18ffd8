"""The server on a disk that is full, that refuses, or that gave back something else than was written."""

import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NO_STREAM, NewEvent, StoreDamaged, StoreFull, StoreUnavailable
from tests.contract.store.stores import PATIENCE, EmbeddedServer, Follower, event, own_server, stream

__all__ = ["own_server", "stream"]  # fixtures

LARGE = 200_000
"""Bytes of an event that fills a small disk soon."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB."""
    where = tmp_path / "disk"
    where.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(where)]
    tried = subprocess.run(mount, capture_output=True, text=True, timeout=PATIENCE)
    if tried.returncode:
        pytest.skip(f"NO SMALL DISK: mounting one needs root: {tried.stderr.strip()}")
    yield where
    subprocess.run(["umount", "--lazy", str(where)], check=True, timeout=PATIENCE)


def large() -> NewEvent:
    one = event()
    return NewEvent(id=one.id, type=one.type, data=b"x" * LARGE, metadata=b"{}")


def fill_up(store: EsdbStore, stream: str, written: list[UUID]) -> NewEvent:
    """Append until the disk is full; the event that was refused."""
    for number in range(100):
        one = large()
        try:
            store.append(stream, [one], expected=number - 1)
        except StoreFull:
            return one
        written.append(one.id)
    pytest.fail("the disk never became full")


def test_a_full_disk_is_said_and_reads_and_subscriptions_go_on(small_disk: Path, stream: str) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    server = EmbeddedServer(small_disk / "data")
    server.start()
    store = EsdbStore(server.uri, deadline=PATIENCE)
    follower = Follower(store.subscribe_stream(stream))
    written: list[UUID] = []
    try:
        refused = fill_up(store, stream, written)
        with pytest.raises(StoreFull, match="the disk is full, nothing was written"):
            store.append(stream, [refused], expected=len(written) - 1)
        assert [e.id for e in store.read_stream(stream)] == written
        assert [e.id for e in follower.wait_for(len(written))] == written

        ballast.unlink()
        assert store.append(stream, [refused], expected=len(written) - 1).revision == len(written)
        written.append(refused.id)
        assert [e.id for e in follower.wait_for(len(written))] == written
        server.kill()
        follower.join()
        server.start()
        assert [e.id for e in store.read_stream(stream)] == written
    finally:
        store.close()
        server.kill()


def test_a_disk_that_refuses_ends_the_server_and_nothing_is_lost(
    own_server: EmbeddedServer, stream: str
) -> None:
    """Any other error than a full disk leaves it open what is on disk: the next start looks."""
    store = EsdbStore(own_server.uri, deadline=1)
    store.append(stream, [event()], expected=NO_STREAM)
    size = sum(file.stat().st_size for file in own_server.data.glob("events.sqlite-wal"))
    resource.prlimit(own_server.pid, resource.RLIMIT_FSIZE, (size, size))

    with pytest.raises(StoreUnavailable):
        store.append(stream, [large()], expected=0)

    code, said = own_server.wait_for_end()
    assert code == 1
    assert said == "error: the log cannot be written: disk I/O error\n"
    own_server.start()
    patient = EsdbStore(own_server.uri, deadline=PATIENCE)
    assert len(patient.read_stream(stream)) == 1
    for each in (store, patient):
        each.close()
    _, said = own_server.stopped()
    assert "note: 2 events up to position" in said
    assert "since the last server did not come to a clean end: they are whole" in said


def test_damaged_events_are_named_and_the_others_served(own_server: EmbeddedServer, stream: str) -> None:
    store = EsdbStore(own_server.uri, deadline=PATIENCE)
    batch = [event(number) for number in range(3)]
    store.append(stream, batch, expected=NO_STREAM)
    store.append(f"{stream}.whole", [event()], expected=NO_STREAM)
    db = sqlite3.connect(own_server.data / "events.sqlite")
    db.execute("UPDATE events SET created = created + 1 WHERE id = ?", (batch[1].id.bytes,))
    db.commit()
    db.close()

    named = rf"\('{stream}', revision 1\) is damaged"
    with pytest.raises(StoreDamaged, match=named):
        store.read_stream(stream)
    with pytest.raises(StoreDamaged, match=named):
        list(store.read_all())
    with pytest.raises(StoreDamaged, match=named):
        store.append(stream, batch, expected=NO_STREAM)
    assert len(store.read_stream(f"{stream}.whole")) == 1
    assert store.append(f"{stream}.whole", [event()], expected=0).revision == 1
    store.close()

    own_server.kill()
    refused = own_server.spawn()
    _, said = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 1
    assert f"error: {own_server.data / 'events.sqlite'}: the event at position" in said
    own_server.options = ("--accept-loss",)
    own_server.start()
    _, said = own_server.stopped()
    assert "accepted, the server goes on with what there is" in said
