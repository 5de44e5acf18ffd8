"""Power loss: the disk holds all that was acknowledged, or the server says that it does not."""

import random
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NO_STREAM
from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.contract.store.stores import event as new_event
from tests.faults.conftest import SEED, Say
from tests.faults.ledger import Account, Batch, Ledger
from tests.faults.writers import Answers, Writer, at_work

PICTURES = 20
ODD_PLACES, BORDERS = 25, 40
HEADER, FRAME_HEADER = 32, 24
"""Bytes of a write-ahead log (sqlite.org/fileformat2.html, section 4)."""


@pytest.mark.timeout(600)
def test_a_picture_of_the_disk_holds_what_was_acknowledged_before(tmp_path: Path, say: Say) -> None:
    chance, ledger, answers = random.Random(SEED), Ledger(), Answers()
    server = EmbeddedServer(tmp_path / "data")
    server.start()
    store = EsdbStore(server.uri, deadline=PATIENCE)
    taken: list[tuple[Ledger, Path]] = []
    writers = [Writer("power", number, ledger, SEED) for number in range(8)]
    with at_work([partial(writer.write, store, answers) for writer in writers], 2 * PATIENCE):
        for number in range(1, PICTURES + 1):
            assert answers.wait(chance.randrange(1, 60), PATIENCE), "the writers do not get on"
            server.pause()
            known, picture = ledger.copy(), tmp_path / f"picture-{number}"
            shutil.copytree(server.data, picture)
            server.go_on()
            taken.append((known, picture))
        store.close()
    server.kill()
    for known, picture in taken:
        account = _account_of(picture)
        known.check(account)
        say(f"{picture.name}: {account.events} events, {known.appends} appends acknowledged")
        shutil.rmtree(picture)


def _account_of(data: Path) -> Account:
    """All that a server on this folder tells."""
    server = EmbeddedServer(data)
    server.start()
    store = EsdbStore(server.uri, deadline=PATIENCE)
    try:
        return Account().take(store.read_all())
    finally:
        store.close()
        assert server.stop() == 0


@dataclass(frozen=True)
class Killed:
    """The folder of a server that was killed, what its write-ahead log held, and what it had told."""

    data: Path
    wal: bytes
    ledger: Ledger


@pytest.fixture(scope="module", params=["the first", "begun anew"])
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    """With all its events in its first write-ahead log; or with the last of them at the beginning of one that
    holds old frames behind them, because it was begun anew after SQLite had moved them to the main file."""
    server, ledger = EmbeddedServer(tmp_path_factory.mktemp("killed")), Ledger()
    server.start()
    store = EsdbStore(server.uri)
    last: dict[str, int] = {}
    before = (400,) * 20 if request.param == "begun anew" else ()
    for number, size in enumerate((*before, 1, 2, 1, 30, 1, 5, 1, 1, 60, 1, 3, 1)):
        name = f"killed-{number % 3}"
        batch = Batch(name, last.get(name, NO_STREAM) + 1, tuple(new_event(n) for n in range(size)))
        ledger.ask(batch)
        outcome = store.append(name, batch.events, expected=batch.first - 1)
        ledger.acknowledge(batch, outcome)
        last[name] = outcome.revision
    store.close()
    server.kill()
    return Killed(server.data, (server.data / "events.sqlite-wal").read_bytes(), ledger)


@pytest.mark.timeout(900)
def test_a_write_ahead_log_cut_short_is_complete_or_refused(killed: Killed, tmp_path: Path, say: Say) -> None:
    chance, wal = random.Random(SEED), killed.wal
    page = int.from_bytes(wal[8:12], "big")
    borders = range(HEADER, len(wal) + 1, FRAME_HEADER + page)
    lengths = {0, *borders[:BORDERS], len(wal), *chance.sample(range(borders[:BORDERS][-1]), ODD_PLACES)}
    tried = [_try(killed, wal[:length], tmp_path, f"cut to {length} bytes") for length in sorted(lengths)]
    say(f"of {len(wal)} bytes, cut in {len(tried)} places: {sum(tried)} times complete, else refused")
    assert True in tried
    assert False in tried


@pytest.mark.timeout(900)
def test_a_write_ahead_log_with_a_hurt_byte_is_complete_or_refused(
    killed: Killed, tmp_path: Path, say: Say
) -> None:
    chance, tried = random.Random(SEED), []
    for place in sorted(chance.sample(range(len(killed.wal)), ODD_PLACES)):
        hurt = bytearray(killed.wal)
        hurt[place] ^= chance.randrange(1, 256)
        tried.append(_try(killed, bytes(hurt), tmp_path, f"hurt at byte {place}"))
    say(f"of {len(killed.wal)} bytes, one hurt {len(tried)} times: {sum(tried)} times complete, else refused")


def _try(killed: Killed, wal: bytes, tmp_path: Path, how: str) -> bool:
    """Start a server on a copy with this write-ahead log; whether it starts with everything, or refuses."""
    copy = tmp_path / "copy"
    shutil.copytree(killed.data, copy)
    (copy / "events.sqlite-wal").write_bytes(wal)
    try:
        return _complete_or_refused(copy, killed.ledger, how)
    finally:
        shutil.rmtree(copy)


def _complete_or_refused(data: Path, ledger: Ledger, how: str) -> bool:
    """Whether the server starts, and then nothing may be missing; else it must have said what is."""
    server = EmbeddedServer(data)
    process = server.spawn(port=0)
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("ready "):
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1, f"{how}: {said}"
        assert said.startswith("error: "), f"{how}: {said}"
        assert "Traceback" not in said, f"{how}: {said}"
        return False
    store = EsdbStore(line.split()[1], deadline=PATIENCE)
    try:
        ledger.check(Account().take(store.read_all()))
    except AssertionError as missing:
        raise AssertionError(f"{how}: the server started, but {missing}") from missing
    finally:
        store.close()
        process.kill()
        process.communicate(timeout=PATIENCE)
    return True
