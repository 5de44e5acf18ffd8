"""Calls over RabbitMQ to a real Nameko service, run by our own entry point."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO

import pytest

from shared.bus.broker import PrivateBroker
from shared.bus.remote_errors import restored
from shared.bus.rpc import RemoteFailure, Services, ServiceUnavailable
from shared.errors import Refused
from shared.runtime.child import start_child, stop_child
from tests.contract.rabbit import amqp_uri, broker

__all__ = ["amqp_uri", "broker"]  # fixtures

PATIENCE = 60.0
"""Seconds for what is expected to happen; only a failure waits this long."""


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def start_service(
    name: str, uri: str, output: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "shared.runtime.nameko_process", f"tests.component.rpc_echo:{name}"]
    return start_child(command, env={**os.environ, "AMQP_URI": uri}, output=output)


@pytest.fixture
def services(amqp_uri: str) -> Iterator[Services]:
    client = Services(amqp_uri)
    yield client
    client.close()


@pytest.fixture
def echo(amqp_uri: str, services: Services) -> Iterator[subprocess.Popen[bytes]]:
    process = start_service("Echo", amqp_uri)
    until(lambda: services.running("echo") == 1)
    yield process
    stop_child(process, 20.0)


@pytest.mark.usefixtures("echo")
def test_many_threads_get_their_own_answers(services: Services) -> None:
    def ask(number: int) -> object:
        return services.call("echo", "repeat_from_a_thread", {"n": number}, timeout=PATIENCE)["n"]

    with ThreadPoolExecutor(50) as threads:
        assert list(threads.map(ask, range(200))) == list(range(200))


@pytest.mark.usefixtures("echo")
def test_errors_come_back_as_themselves(services: Services) -> None:
    with pytest.raises(Refused) as refused:
        services.call("echo", "refuse", {}, timeout=PATIENCE)
    assert (refused.value.rule, refused.value.because) == ("D6.1.d", "thiếu ý kiến bằng văn bản")
    with pytest.raises(RemoteFailure, match="LookupError: no such thing"):
        services.call("echo", "fail", {}, timeout=PATIENCE)
    with pytest.raises(RemoteFailure, match="MethodNotFound: missing"):
        services.call("echo", "missing", {}, timeout=PATIENCE)


@pytest.mark.usefixtures("echo")
def test_a_late_answer_is_not_waited_for_nor_taken_for_another(services: Services) -> None:
    with pytest.raises(ServiceUnavailable, match=r"no answer within 0\.3 seconds"):
        services.call("echo", "repeat_after", {"seconds": 1}, timeout=0.3)
    assert services.call("echo", "repeat", {"n": 2}, timeout=PATIENCE) == {"n": 2}


def test_a_service_that_never_ran_is_told(services: Services) -> None:
    with pytest.raises(ServiceUnavailable, match="The service nobody is not running"):
        services.call("nobody", "repeat", {}, timeout=PATIENCE)


def test_a_stopped_service_is_told_and_its_expired_call_is_never_run(
    echo: subprocess.Popen[bytes], services: Services, amqp_uri: str
) -> None:
    echo.terminate()
    assert echo.wait(PATIENCE) == 0
    with pytest.raises(ServiceUnavailable, match="The service echo is not running"):
        services.call("echo", "repeat_after", {"seconds": 3600}, timeout=0.3)
    again = start_service("Echo", amqp_uri)
    until(lambda: services.running("echo") == 1)
    again.terminate()
    assert again.wait(PATIENCE) == 0  # it would not stop cleanly with the expired call in its hands


def test_a_broker_that_says_nothing_does_not_hold_the_caller() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        services = Services(f"amqp://127.0.0.1:{mute.getsockname()[1]}//")
        with pytest.raises(ServiceUnavailable, match="RabbitMQ cannot be reached"):
            services.call("echo", "repeat", {}, timeout=PATIENCE)


def test_sigterm_lets_calls_in_flight_finish(echo: subprocess.Popen[bytes], services: Services) -> None:
    with ThreadPoolExecutor(5) as threads:
        calls = [
            threads.submit(services.call, "echo", "repeat_after", {"seconds": 2, "n": n}, timeout=PATIENCE)
            for n in range(5)
        ]
        time.sleep(0.5)
        echo.terminate()
        assert [call.result()["n"] for call in calls] == list(range(5))
    assert echo.wait(PATIENCE) == 0


def test_a_stuck_service_leaves_all_the_same(amqp_uri: str, services: Services) -> None:
    command = [sys.executable, "-m", "shared.runtime.nameko_process", "tests.component.rpc_echo:Echo"]
    env = {**os.environ, "AMQP_URI": amqp_uri, "BCD_STOP_LIMIT": "0.5"}
    process = start_child(command, env=env, output=subprocess.DEVNULL)
    until(lambda: services.running("echo") == 1)
    with pytest.raises(ServiceUnavailable):
        services.call("echo", "repeat_after", {"seconds": 3600}, timeout=0.5)
    process.terminate()
    assert process.wait(PATIENCE) == 1
    process = start_service("Echo", amqp_uri)  # the unfinished call is delivered again
    until(lambda: services.running("echo") == 1)
    stop_child(process, 0.5)


def test_a_service_that_cannot_work_says_so_and_ends(amqp_uri: str) -> None:
    process = start_service("WithoutStore", amqp_uri, subprocess.PIPE)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert b"failed its start-up self-test: the store is not there" in said
    assert b"Traceback" not in said


def test_no_broker_ends_the_service_within_its_limit() -> None:
    command = [sys.executable, "-m", "shared.runtime.nameko_process", "tests.component.rpc_echo:Echo"]
    env = {**os.environ, "AMQP_URI": "amqp://127.0.0.1:1//", "BCD_START_LIMIT": "1"}
    ended = subprocess.run(command, env=env, capture_output=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 1
    assert b"RabbitMQ did not answer within 1 seconds" in ended.stderr


def test_a_caller_outlives_the_broker(services: Services, broker: PrivateBroker) -> None:
    with pytest.raises(ServiceUnavailable, match="not running"):
        services.call("nobody", "repeat", {}, timeout=PATIENCE)
    broker.stop()
    with pytest.raises(ServiceUnavailable, match="RabbitMQ cannot be reached"):
        services.call("nobody", "repeat", {}, timeout=PATIENCE)
    broker.start()
    with pytest.raises(ServiceUnavailable, match="not running"):
        services.call("nobody", "repeat", {}, timeout=PATIENCE)


def test_an_error_raised_with_other_arguments_is_still_told() -> None:
    odd = {"exc_type": "Refused", "exc_path": "shared.errors.Refused", "exc_args": ["one"], "value": "odd"}
    assert str(restored(odd)) == "Refused: odd"


def test_sigint_stops_it_too(echo: subprocess.Popen[bytes]) -> None:
    echo.send_signal(signal.SIGINT)
    assert echo.wait(PATIENCE) == 0
