"""The files and the environment of a private RabbitMQ node: all in one folder, nothing of the system's."""

import json
import os
import random
import secrets
import shutil
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from glob import glob
from pathlib import Path
from typing import Final

SYSTEM_FOLDERS: Final = ("/usr/lib/rabbitmq/bin", "/usr/local/lib/rabbitmq/bin")
"""Where packages put RabbitMQ's own script. The one in /usr/sbin changes the user and needs root."""
SEARCH_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PORTS: Final = range(20_000, 30_000)
"""Below the range from which Linux takes the ports of outgoing connections."""
CONFIG: Final = """\
listeners.tcp.local = 127.0.0.1:{amqp}
default_user = bcd
default_pass = {password}
loopback_users = none
vm_memory_high_watermark.absolute = 256MiB
disk_free_limit.absolute = 50MB
log.default.level = warning
log.connection.level = error
"""
INETRC: Final = '{lookup, [file]}.\n{host, {127,0,0,1}, ["localhost"]}.\n'
"""Erlang resolves "localhost" by itself: no name service is asked."""


@dataclass(frozen=True)
class Node:
    """What a node keeps over its restarts: three ports on the loopback address and two secrets."""

    amqp: int
    distribution: int
    epmd: int
    password: str
    cookie: str

    @property
    def uri(self) -> str:
        return f"amqp://bcd:{self.password}@127.0.0.1:{self.amqp}//"


def server_script() -> Path | None:
    """RabbitMQ's start script that runs as any user; None where RabbitMQ is not installed."""
    for folder in (*SYSTEM_FOLDERS, *sorted(glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin"))):
        if os.access(Path(folder, "rabbitmq-server"), os.X_OK):
            return Path(folder, "rabbitmq-server")
    found = shutil.which("rabbitmq-server", path=_search_path())
    return Path(found) if found else None


def epmd_program() -> Path | None:
    """Erlang's port mapper, without which no node starts."""
    found = shutil.which("epmd", path=_search_path()) or next(
        iter(glob("/usr/lib/erlang/erts-*/bin/epmd")), None
    )
    return Path(found) if found else None


def node_of(folder: Path) -> Node:
    """The node that lives in the folder, with ports that are free now: kept ones where they still are."""
    kept = folder / "node.json"
    if kept.exists():
        node = Node(**json.loads(kept.read_text()))
        if all(map(_free, (node.amqp, node.distribution, node.epmd))):
            return node
        node = Node(*_free_ports(), node.password, node.cookie)
    else:
        node = Node(*_free_ports(), secrets.token_urlsafe(24), secrets.token_hex(16))
    _write_secret(kept, json.dumps(asdict(node)))
    return node


def write_files(folder: Path, node: Node) -> None:
    """Everything RabbitMQ reads at start."""
    for name in ("home", "mnesia", "log", "conf.d", "schema"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write_secret(folder / "rabbitmq.conf", CONFIG.format(amqp=node.amqp, password=node.password))
    _write_secret(folder / "home" / ".erlang.cookie", node.cookie)
    (folder / "home" / ".erlang.cookie").chmod(0o400)
    (folder / "enabled_plugins").write_text("[].\n")
    (folder / "env.conf").write_text("")
    (folder / "inetrc").write_text(INETRC)


def environment(folder: Path, node: Node) -> Mapping[str, str]:
    """RabbitMQ's environment: nothing is inherited, so no other node's setting can leak in."""
    return {
        "PATH": _search_path(),
        "LANG": "C.UTF-8",
        "HOME": str(folder / "home"),
        "ERL_EPMD_PORT": str(node.epmd),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_AFLAGS": "-start_epmd false",
        "ERL_INETRC": str(folder / "inetrc"),
        "ERL_CRASH_DUMP_SECONDS": "0",
        "RABBITMQ_NODENAME": "bcd@localhost",
        "RABBITMQ_DIST_PORT": str(node.distribution),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_CONFIG_FILES": str(folder / "conf.d" / "*.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "generated"),
        "RABBITMQ_SCHEMA_DIR": str(folder / "schema"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": str(folder / "rabbitmq.pid"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}",
        # the script then becomes the server instead of its parent: signals reach the server itself
        "RUNNING_UNDER_SYSTEMD": "true",
    }


def _search_path() -> str:
    return os.pathsep.join(filter(None, (os.environ.get("PATH"), SEARCH_PATH)))


def _write_secret(path: Path, text: str) -> None:
    """Replace a file that nobody else may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _free_ports() -> tuple[int, int, int]:
    free = [port for port in random.sample(PORTS, 200) if _free(port)]
    return free[0], free[1], free[2]


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
