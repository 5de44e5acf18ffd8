"""The message broker: the one that AMQP_URI names, or a private RabbitMQ node of our own.

The private node listens on the loopback address only, on ports of its own, with its own data, secrets and
port mapper: it neither needs privileges nor meets a RabbitMQ that the system runs.
`python -m shared.bus.broker FOLDER` runs it in the foreground until SIGTERM.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from shared.bus.broker_files import Node, environment, epmd_program, node_of, server_script, write_files
from shared.bus.connection import answers
from shared.catalogue import both
from shared.errors import BcdError
from shared.runtime.child import hold, start_child, stop_child
from shared.settings import Settings, exit_with


class BrokerError(BcdError):
    """There is no broker; the text is one sentence, where useful followed by the end of its log."""


class PrivateBroker:
    """A RabbitMQ node in a folder. Its queues outlive it: started again there, it has them still."""

    def __init__(self, folder: Path, *, start_limit: float = 60.0, stop_limit: float = 15.0) -> None:
        """Limits in seconds. Use from the main thread: the node dies with the thread that started it."""
        self.folder = folder.resolve()
        self._start_limit, self._stop_limit = start_limit, stop_limit
        self._node: Node | None = None
        self._children: list[subprocess.Popen[bytes]] = []
        self._lock: IO[str] | None = None

    @property
    def uri(self) -> str:
        """The node's address, running or not: chosen at the first question, then kept by this object."""
        return self._known().uri

    def _known(self) -> Node:
        if self._node is None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._node = node_of(self.folder)
        return self._node

    def start(self) -> str:
        """Start the node and return its address once it answers; raises BrokerError otherwise."""
        script, epmd = server_script(), epmd_program()
        if script is None or epmd is None:
            raise BrokerError(both("broker.not_installed"))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = hold(self.folder / "lock")
        if self._lock is None:
            raise BrokerError(both("broker.in_use", folder=self.folder))
        node = self._known()
        write_files(self.folder, node)
        env = environment(self.folder, node)
        mapper = [str(epmd), "-port", str(node.epmd), "-address", "127.0.0.1"]
        with (self.folder / "log" / "rabbitmq.log").open("wb") as log:
            self._children = [
                start_child(mapper, env=env, output=log, cwd=self.folder),
                start_child([str(script)], env=env, output=log, cwd=self.folder),
            ]
        try:
            self._wait_until_it_answers(node.uri)
        except BaseException:
            self.stop()
            raise
        return node.uri

    def alive(self) -> bool:
        """Whether both its processes run; see `answers` for whether it can be reached."""
        return bool(self._children) and all(child.poll() is None for child in self._children)

    def stop(self) -> None:
        """Stop it cleanly, by force after the limit; nothing of it is left running."""
        for child in reversed(self._children):
            stop_child(child, self._stop_limit)
        self._children = []
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _wait_until_it_answers(self, uri: str) -> None:
        deadline = time.monotonic() + self._start_limit
        while not answers(uri):
            if not self.alive():
                raise BrokerError(_with_log(both("broker.ended_at_start"), self._log_tail()))
            if time.monotonic() > deadline:
                slow = both("broker.slow", limit=self._start_limit)
                raise BrokerError(_with_log(slow, self._log_tail()))
            time.sleep(0.2)

    def _log_tail(self) -> str:
        lines = (self.folder / "log" / "rabbitmq.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-15:])


@dataclass(frozen=True)
class Broker:
    """Where the broker is; `private` is to be started by whoever asked, None where it runs elsewhere."""

    amqp_uri: str
    private: PrivateBroker | None


def find_broker(settings: Settings, say: Callable[[str], object] = sys.stderr.write) -> Broker:
    """AMQP_URI where it is given and answers, else a private node in the data folder (not yet started)."""
    if settings.amqp_uri is not None:
        if answers(settings.amqp_uri):
            return Broker(settings.amqp_uri, None)
        say(both("broker.given_but_silent") + "\n")
    if server_script() is None or epmd_program() is None:
        raise BrokerError(both("broker.not_installed"))
    private = PrivateBroker(settings.data / "rabbitmq", start_limit=settings.start_limit)
    return Broker(private.uri, private)


def _with_log(sentence: str, tail: str) -> str:
    return f"{sentence} Log:\n{tail}"


def main(arguments: list[str]) -> None:
    """Run a private node until SIGTERM or SIGINT; exits with 1 where the node ends by itself."""
    if len(arguments) != 1:
        exit_with("usage: python -m shared.bus.broker FOLDER", 2)
    broker = PrivateBroker(Path(arguments[0]))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    try:
        sys.stdout.write(broker.start() + "\n")
        sys.stdout.flush()
        while broker.alive():
            time.sleep(0.5)
        exit_with(both("broker.ended"), 1)
    except BrokerError as failure:
        exit_with(str(failure), 1)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        broker.stop()


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
