"""A private RabbitMQ node for tests: one for the whole run, started when the first test asks for it."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shared.bus.broker import PrivateBroker

START_LIMIT = 90.0
"""Seconds; generous, because test machines are slow and nothing but a failure waits this long."""


@cache
def the_broker() -> PrivateBroker:
    """The run's node, started; it ends with the run."""
    folder = Path(tempfile.mkdtemp(prefix="bcd-rabbitmq-"))
    broker = PrivateBroker(folder, start_limit=START_LIMIT)
    broker.start()
    atexit.register(_end, broker)
    return broker


def _end(broker: PrivateBroker) -> None:
    broker.stop()
    shutil.rmtree(broker.folder, ignore_errors=True)


@pytest.fixture
def broker() -> Iterator[PrivateBroker]:
    """The run's node, running; a test may stop it and start it."""
    node = the_broker()
    yield node
    if not node.alive():
        node.stop()
        node.start()


@pytest.fixture
def amqp_uri(broker: PrivateBroker) -> str:
    return broker.uri
