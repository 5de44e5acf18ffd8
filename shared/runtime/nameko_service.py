"""The life of a Nameko service process: wait for the broker, prove the store answers, serve, stop in time.

A service class may have two static or class methods that this file calls:
`self_test()` before it serves, in a native thread: raises when the store does not answer;
`close()` after it has served: closes its clients.
"""

# mypy: allow-untyped-calls
# (Nameko, kombu and eventlet carry no types)

import importlib
import logging
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import eventlet
import kombu.pools
from eventlet.debug import hub_exceptions
from kombu.connection import Connection
from nameko.amqp.publish import Publisher
from nameko.messaging import QueueConsumer
from nameko.rpc import Responder
from nameko.runners import ServiceRunner

from shared.bus.connection import BROKEN, connected
from shared.catalogue import both
from shared.runtime.blocking import run_blocking, set_threads
from shared.runtime.logs import configure_logs
from shared.settings import Settings, amqp_uri_or_exit, exit_with, settings_or_exit

log = logging.getLogger(__name__)

FAILED: Final = 1
"""Exit status after which the supervisor starts the process again."""
CONFIRM_LIMIT: Final = 5.0
"""Seconds in which the broker confirms that it took an answer; Nameko alone would wait for ever."""
HEARTBEAT: Final = 60
SPARE_CONNECTIONS: Final = 10
"""Broker connections beyond one per worker: a pool that runs dry would stop the whole process."""
LONGEST_PAUSE: Final = 3.0
"""Seconds between two tries to reach the broker."""


class ConfirmedPublisher(Publisher):  # type: ignore[misc]  # Nameko carries no types
    """Nameko's publisher of answers, with an end to its wait for the broker's confirmation."""

    def publish(self, payload: Any, **kwargs: Any) -> None:
        super().publish(payload, confirm_timeout=CONFIRM_LIMIT, **kwargs)


@contextmanager
def _quick_to_return(consumer: QueueConsumer) -> Iterator[Connection]:
    """Nameko's consumers come back soon after the broker does: kombu's pauses grow to half a minute."""
    with consumer.connection.clone() as connection:
        connection.ensure_connection(
            consumer.on_connection_error, interval_start=0.5, interval_step=0.5, interval_max=LONGEST_PAUSE
        )
        yield connection


def serve_named(arguments: list[str]) -> None:
    """Serve the class named `module:Class` with the settings of the environment; never returns."""
    settings = settings_or_exit()
    if len(arguments) != 1 or ":" not in arguments[0]:
        exit_with("usage: python -m shared.runtime.nameko_process package.module:ServiceClass", 2)
    amqp_uri = amqp_uri_or_exit(settings)
    module, _, name = arguments[0].partition(":")
    service = getattr(importlib.import_module(module), name)
    configure_logs(service.name, settings.log_level)
    serve(service, settings, amqp_uri)


def serve(service: Any, settings: Settings, amqp_uri: str) -> None:
    """Serve until SIGTERM or SIGINT (exit status 0) or until the service dies (exit status FAILED).

    Leaves by `os._exit`: threads that hang in a store call must not keep a dead service's process.
    """
    status = FAILED
    try:
        kombu.pools.set_limit(settings.max_workers + SPARE_CONNECTIONS)
        set_threads(settings.store_threads)
        Responder.publisher_cls = ConfirmedPublisher
        QueueConsumer.establish_connection = _quick_to_return
        hub_exceptions(False)  # what ends a greenthread is logged once, by Nameko
        _wait_for_broker(amqp_uri, settings.start_limit)
        _prove(service, settings.store_limit)
        _run(service, settings, amqp_uri)
        status = 0
    except Unready as unready:
        log.error("%s", unready)
    except Exception:
        log.exception("the service %s died", service.name)
    finally:
        _leave_within(settings.stop_limit)
        with suppress(Exception):
            getattr(service, "close", lambda: None)()
        logging.shutdown()
        os._exit(status)


class Unready(Exception):
    """The process cannot begin to serve; the text is one sentence."""


def _run(service: Any, settings: Settings, amqp_uri: str) -> None:
    config = {"AMQP_URI": amqp_uri, "HEARTBEAT": HEARTBEAT, "max_workers": settings.max_workers}
    runner = ServiceRunner(config)
    runner.add_service(service)

    def stop(_signal: int, _frame: object) -> None:
        _leave_within(settings.stop_limit)
        eventlet.spawn_n(runner.stop)  # a signal handler must not wait itself

    runner.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    log.info("serving %s", service.name)
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            waiting.wait()
        except InterruptedError:  # the signal came while the hub was waiting
            continue
        return


def _wait_for_broker(amqp_uri: str, limit: float) -> None:
    """Return when the broker answers; tries with growing, jittered pauses for `limit` seconds."""
    deadline = time.monotonic() + limit
    pause = 0.1
    while True:
        try:
            connected(amqp_uri).release()
            return
        except BROKEN as refused:
            if time.monotonic() + pause > deadline:
                raise Unready(both("broker.silent", limit=limit, why=refused)) from refused
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(pause * 2, LONGEST_PAUSE)


def _prove(service: Any, limit: float) -> None:
    test: Callable[[], object] | None = getattr(service, "self_test", None)
    if test is None:
        return
    try:
        run_blocking(limit, test)
    except Exception as failure:
        said = both("process.self_test_failed", service=service.name, failure=failure)
        raise Unready(said) from failure


def _leave_within(limit: float) -> None:
    """From now on the process lives `limit` seconds at most, even where everything in it is stuck."""

    def leave() -> None:
        sys.stderr.write(f"not stopped within {limit:g} seconds; leaving\n")
        os._exit(FAILED)

    timer = threading.Timer(limit, leave)
    timer.daemon = True
    timer.start()
