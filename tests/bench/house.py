"""What the benches run on: an embedded store, a private broker, and Nameko services as processes."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.bus.broker import PrivateBroker
from shared.bus.rpc import Services
from shared.runtime.child import start_child, stop_child
from tests.contract.store.stores import EmbeddedServer

START_LIMIT = 90.0


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that goes away."""
    folder = Path(tempfile.mkdtemp(prefix="bcd-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """A running embedded store; its connection string."""
    server = EmbeddedServer(folder / "store")
    server.start()
    try:
        yield server.uri
    finally:
        server.stop()


@contextmanager
def services(folder: Path, esdb_uri: str, **wanted: str) -> Iterator[Services]:
    """Nameko services by name, each in its own process, on a broker of their own; and a client."""
    broker = PrivateBroker(folder / "rabbitmq", start_limit=START_LIMIT)
    amqp_uri = broker.start()
    client = Services(amqp_uri)
    env = {**os.environ, "AMQP_URI": amqp_uri, "ESDB_URI": esdb_uri, "BCD_DATA": str(folder)}
    children = []
    try:
        with (folder / "services.log").open("wb") as output:
            for where in wanted.values():
                command = (sys.executable, "-m", "shared.runtime.nameko_process", where)
                children.append(start_child(command, env=env, output=output))
            deadline = time.monotonic() + START_LIMIT
            while not all(client.running(name) for name in wanted):
                if time.monotonic() > deadline:
                    raise TimeoutError((folder / "services.log").read_text(encoding="utf-8")[-2000:])
                time.sleep(0.2)
            yield client
    finally:
        client.close()
        for child in children:
            stop_child(child, 15.0)
        broker.stop()
