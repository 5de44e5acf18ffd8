"""A disk that fills up: appends get a clear error, reads go on, and with room again so do appends."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import StoreError
from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.contract.store.stores import event as new_event
from tests.faults.conftest import Say
from tests.faults.following import Accountant, following
from tests.faults.ledger import Account, Ledger
from tests.faults.writers import Answers, Writer, at_work

SIZE = 24 * 1024 * 1024
LEFT = 512 * 1024
"""Bytes: of the disk, and what is left of it for the server when the rest is taken."""


@pytest.fixture(params=["tmpfs", "ext4"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A small file system."""
    where = tmp_path / "disk"
    where.mkdir()
    if request.param == "tmpfs":
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(where)]
    else:
        image = tmp_path / "image"
        image.touch()
        os.truncate(image, SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True, timeout=60)
        mount = ["mount", "-o", "loop", str(image), str(where)]
    if (tried := subprocess.run(mount, capture_output=True, text=True, timeout=60)).returncode:
        pytest.skip(f"NO SMALL DISK: mounting one needs root: {tried.stderr}")
    yield where
    subprocess.run(["umount", "--lazy", where], check=True, timeout=60)


@pytest.mark.timeout(600)
def test_a_disk_that_fills_up(disk: Path, say: Say) -> None:
    server, ledger, answers, accountant = EmbeddedServer(disk / "data"), Ledger(), Answers(), Accountant()
    server.start()
    store, patient = EsdbStore(server.uri, deadline=2), EsdbStore(server.uri, deadline=PATIENCE)
    writers = [Writer("disk", number, ledger, seed="disk") for number in range(4)]
    everybody = [partial(writer.write, store, answers) for writer in writers]
    try:
        with following(patient, accountant, PATIENCE):
            with at_work(everybody, 4 * PATIENCE):
                assert answers.wait(50, PATIENCE), "the writers do not get on"
                filler = _take_all_but(disk, LEFT)
            said = _refusal(store)
            say(f"full after {ledger.appends} appends: {said}")
            assert "disk is full" in said
            with accountant.at(patient.head(), PATIENCE) as account:
                ledger.check(account)
                assert Account().take(patient.read_all()).hash == account.hash
            rest = _take_the_rest(disk)
            server.kill()
            server.start()  # reads go on even then
            with accountant.at(patient.head(), PATIENCE) as account:
                assert Account().take(patient.read_all()).hash == account.hash
            assert "disk is full" in _refusal(store), "it must stay so while there is no room"

            filler.unlink()
            rest.unlink()
            for writer in writers:
                writer.settle(patient)
            with at_work(everybody, PATIENCE):
                assert answers.wait(50, PATIENCE), "the writers do not get on though there is room"
                server.kill()
            server.start()
            with accountant.at(patient.head(), PATIENCE) as account:
                ledger.check(account)
        say(f"{ledger.appends} appends in the end, nothing is lost")
    finally:
        store.close()
        patient.close()
        server.kill()


def _take_all_but(disk: Path, left: int) -> Path:
    """A file that takes all room but so many bytes."""
    room = os.statvfs(disk)
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_bsize - left)
    return filler


def _take_the_rest(disk: Path) -> Path:
    """A file that takes what is left, to the last block."""
    rest = disk / "rest"
    with rest.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return rest


def _refusal(store: EsdbStore) -> str:
    with pytest.raises(StoreError) as refused:
        store.append("disk.large", [new_event(n) for n in range(2000)], expected=-1)
    return str(refused.value)
