"""What the private RabbitMQ node promises."""

# mypy: allow-untyped-calls
# (kombu carries no types)

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest
from kombu.connection import Connection

from shared.bus import broker as broker_module
from shared.bus.broker import BrokerError, PrivateBroker, find_broker
from shared.bus.connection import answers
from shared.settings import load_settings
from tests.contract.rabbit import START_LIMIT, broker

__all__ = ["broker"]  # a fixture

NOBODY = 65534


def pids_of(folder: Path) -> list[int]:
    """Processes whose working folder it is."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                here = os.readlink(process / "cwd")
            except OSError:
                continue
            if here == str(folder):
                found.append(int(process.name))
    return found


def test_messages_outlive_a_restart_and_nothing_is_left_running(broker: PrivateBroker) -> None:
    with Connection(broker.uri) as connection:
        queue = connection.SimpleQueue("kept")
        queue.put({"n": 1})
        queue.close()
    before = broker.uri
    broker.stop()
    assert pids_of(broker.folder) == []
    assert not answers(before)
    assert broker.start() == before
    with Connection(broker.uri) as connection:
        queue = connection.SimpleQueue("kept")
        message = queue.get(timeout=START_LIMIT)
        assert message.payload == {"n": 1}
        message.ack()
        queue.close()


def test_it_listens_on_the_loopback_address_with_a_password(broker: PrivateBroker) -> None:
    port = broker.uri.rpartition(":")[2].removesuffix("//")
    assert not answers(f"amqp://guest:guest@127.0.0.1:{port}//")
    listening = Path("/proc/net/tcp").read_text().split()
    assert f"0100007F:{int(port):04X}" in listening
    assert f"00000000:{int(port):04X}" not in listening
    assert (broker.folder / "rabbitmq.conf").stat().st_mode & 0o077 == 0


def test_a_second_node_on_the_same_folder_is_refused(broker: PrivateBroker) -> None:
    with pytest.raises(BrokerError, match="in use by another RabbitMQ"):
        PrivateBroker(broker.folder).start()
    assert broker.alive()


def test_a_node_that_cannot_start_shows_its_log(tmp_path: Path) -> None:
    (tmp_path / "mnesia").write_text("not a folder")
    with pytest.raises((BrokerError, FileExistsError)):
        PrivateBroker(tmp_path, start_limit=START_LIMIT).start()
    assert pids_of(tmp_path) == []


def test_without_rabbitmq_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker_module, "server_script", lambda: None)
    monkeypatch.delenv("AMQP_URI", raising=False)
    with pytest.raises(BrokerError, match="install the package rabbitmq-server or set AMQP_URI"):
        find_broker(load_settings(data=tmp_path))


def test_amqp_uri_comes_first_and_a_silent_one_is_told(broker: PrivateBroker, tmp_path: Path) -> None:
    said: list[str] = []
    given = load_settings(data=tmp_path, amqp_uri=broker.uri)
    assert find_broker(given, said.append).private is None
    assert said == []
    silent = load_settings(data=tmp_path, amqp_uri="amqp://127.0.0.1:1//")
    assert find_broker(silent, said.append).private is not None
    assert "AMQP_URI is set but cannot be reached" in said[0]


def as_nobody(folder: Path, told: int) -> None:
    """In a forked process: give up all rights, run a node there, tell its address, never return."""
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        os.write(told, PrivateBroker(folder, start_limit=START_LIMIT).start().encode())
        signal.pause()
    except BaseException as failure:
        os.write(told, repr(failure).encode())
    finally:
        os._exit(1)


@pytest.mark.skipif(os.geteuid() != 0, reason="the whole run is without privileges")
def test_it_runs_without_privileges_and_dies_with_its_owner() -> None:
    folder = Path(tempfile.mkdtemp(prefix="bcd-nobody-"))
    os.chown(folder, NOBODY, NOBODY)
    hear, told = os.pipe()
    owner = os.fork()  # not a new interpreter: root's Python may be out of others' reach
    if owner == 0:
        as_nobody(folder, told)
    os.close(told)
    try:
        assert answers(os.read(hear, 1000).decode())
        owners = {(Path("/proc") / str(pid)).stat().st_uid for pid in pids_of(folder)}
        assert owners == {NOBODY}
    finally:
        os.kill(owner, signal.SIGKILL)
        os.waitpid(owner, 0)
        os.close(hear)
    while pids_of(folder):  # pytest's time limit ends it
        time.sleep(0.1)
    shutil.rmtree(folder)
