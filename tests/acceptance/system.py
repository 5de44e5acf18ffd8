"""The whole system as a user starts it, for acceptance tests: `bcd run` in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.connection import Connection

from services.cli.catching_up import wait_until_caught_up
from shared.bus.connection import connected
from shared.bus.rpc import Services
from shared.messages import Command
from shared.naming import method_name
from shared.settings import Settings, load_settings

START_LIMIT = 480.0
"""Seconds within which the system starts, imports and catches up, also on a slow machine."""
STOP_LIMIT = 60.0
CALL_LIMIT = 20.0
REPOSITORY = Path(__file__).parents[2]
SETTLED = "Trang xem"
"""The words after which `bcd run` has nothing more to do but wait for Ctrl-C."""


@dataclass
class System:
    """One data folder, and the system that runs on it while it is started."""

    folder: Path
    output: list[str] = field(default_factory=list)
    _process: "subprocess.Popen[str] | None" = None

    @property
    def env(self) -> dict[str, str]:
        given = {key: value for key, value in os.environ.items() if key not in ("AMQP_URI", "ESDB_URI")}
        return {**given, "BCD_DATA": str(self.folder), "COLUMNS": "120"}

    def start(self, *options: str) -> None:
        """Start and wait until everything is imported and shown."""
        settled = threading.Event()
        process = subprocess.Popen(
            [sys.executable, "-m", "services.cli.main", "run", *options],
            cwd=REPOSITORY,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._process, self.output = process, []

        def read() -> None:
            for line in process.stdout or ():
                self.output.append(line)
                if SETTLED in line:
                    settled.set()
            settled.set()

        threading.Thread(target=read, daemon=True).start()
        assert settled.wait(START_LIMIT), f"not started within {START_LIMIT} s:\n{self.told}"
        assert process.poll() is None, f"ended at once:\n{self.told}"

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(signal.SIGINT)
        try:
            return process.wait(STOP_LIMIT)
        finally:
            process.kill()

    @property
    def told(self) -> str:
        return "".join(self.output)

    @property
    def addresses(self) -> dict[str, str]:
        read: dict[str, str] = json.loads((self.folder / "addresses.json").read_text(encoding="utf-8"))
        return read

    @property
    def settings(self) -> Settings:
        return load_settings(
            amqp_uri=self.addresses["AMQP_URI"],
            esdb_uri=self.addresses["ESDB_URI"],
            database_url=self.addresses["DATABASE_URL"],
            data=self.folder,
        )

    def caught_up(self) -> int:
        """Wait until every follower has handled what the store holds; the store's head."""
        return wait_until_caught_up(self.settings, threading.Event())

    def bcd(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "services.cli.main", *arguments],
            cwd=REPOSITORY,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=START_LIMIT,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        done = self.bcd(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def events(self, *filters: str) -> list[dict[str, Any]]:
        """What `bcd events` tells a program."""
        told: list[dict[str, Any]] = self.json("events", *filters)["events"]
        return told

    def register(self, name: str, as_of: str | None = None, **filters: str) -> dict[str, Any]:
        question = {"name": name, "committee": "langson", "as_of": as_of, "limit": 500, "filters": filters}
        return self.query("register", question)

    def query(self, method: str, question: dict[str, Any]) -> dict[str, Any]:
        services = Services(self.addresses["AMQP_URI"])
        try:
            return services.call("records", method, question, timeout=CALL_LIMIT)
        finally:
            services.close()

    def connection(self) -> Connection:
        connection: Connection = connected(self.addresses["AMQP_URI"])
        return connection

    def pid(self, name: str) -> int:
        status = json.loads((self.folder / "status.json").read_text(encoding="utf-8"))
        [process] = [one for one in status["processes"] if one["name"] == name]
        return int(process["pid"])


def request(person: str, capacity: str, data: Command, **context: Any) -> tuple[str, dict[str, Any]]:
    """The RPC method and the payload of a command as another service would send it."""
    payload = {
        "command_id": str(uuid4()),
        "committee": "langson",
        "actor": {"person": person, "capacity": capacity},
        "data": data.model_dump(mode="json"),
        **context,
    }
    return method_name(type(data)), payload
