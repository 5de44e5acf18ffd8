"""What runs: every process of the system on one machine, in the order in which they start.

To add a process: a line in `compose`. Processes of one stage start together, the next stage when they
are ready; they stop in reverse. Each finds its addresses in the environment, and nowhere else.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import urlopen

from services.cli.ports import free_port, listens
from shared.bus.broker import find_broker
from shared.catalogue import both
from shared.eventstore.connect import connect
from shared.eventstore.port import StoreError, StoreUnavailable
from shared.runtime.processes import Process, broker_process, service_process
from shared.settings import PREFIX, Settings, load_settings

STORE_PORT: Final = 2113
"""The usual port of an event store; another one where it is taken."""
FOLLOWERS: Final[Mapping[str, str]] = {
    "projections": "services.records.projector",
    "policies": "services.policies_process",
    "relay": "shared.bus.relay",
    "notary": "shared.audit.notary",
}
"""Plain processes, each of which follows the store: `python -m <module>`."""
INBOX: Final = "services.inbox_process"
"""Takes commands from the bus; a plain process too."""
SERVICES: Final[Mapping[str, str]] = {
    "members": "services.members.service:MembersService",
    "meetings": "services.meetings.service:MeetingsService",
    "tasks": "services.tasks.service:TasksService",
    "feedback": "services.feedback.service:FeedbackService",
}
WSGI: Final = "services.gateway.wsgi:make_app()"
RECORDS: Final = "services.records.service:RecordsService"


@dataclass(frozen=True)
class System:
    """The settings with every address known, the address of the pages, and what is to run."""

    settings: Settings
    gateway: str
    stages: tuple[tuple[Process, ...], ...]

    @property
    def processes(self) -> list[Process]:
        return [process for stage in self.stages for process in stage]


def compose(settings: Settings, say: Callable[[str], object]) -> System:
    """Choose addresses and list the processes; nothing is started. Raises BrokerError without a RabbitMQ."""
    broker = find_broker(settings, say)
    esdb_uri = settings.esdb_uri or f"esdb://127.0.0.1:{free_port('127.0.0.1', STORE_PORT)}?Tls=false"
    database_url = settings.database_url or f"sqlite:///{settings.data / 'records.sqlite'}"
    port = free_port(settings.http_host, settings.http_port)
    if port != settings.http_port:
        say(both("run.port_taken", port=settings.http_port, other=port))
    known = load_settings(
        amqp_uri=broker.amqp_uri,
        esdb_uri=esdb_uri,
        database_url=database_url,
        data=settings.data,
        committee=settings.committee,
        clock=settings.clock,
        follower_poll=settings.follower_poll,
        http_port=port,
    )
    env = environment(known)
    limit = known.start_limit

    def service(name: str, where: str) -> Process:
        return service_process(name, where, broker.amqp_uri, env, start_limit=limit)

    servers = [
        *([] if settings.esdb_uri else [store_process(known.data / "store", esdb_uri, limit)]),
        *([broker_process(broker.private, start_limit=limit)] if broker.private else []),
    ]
    decide = [service(name, where) for name, where in SERVICES.items()]
    follow = [
        Process(name, (sys.executable, "-m", module), env, start_limit=limit)
        for name, module in {**FOLLOWERS, "inbox": INBOX}.items()
    ]
    look = gateway_process(known, env)
    stages = (tuple(servers), tuple(decide), (service("records", RECORDS), *follow), (look,))
    return System(known, page_address(known), tuple(stage for stage in stages if stage))


def environment(settings: Settings) -> dict[str, str]:
    """The addresses and the folder, for every process."""
    return {
        "AMQP_URI": str(settings.amqp_uri),
        "ESDB_URI": str(settings.esdb_uri),
        "DATABASE_URL": str(settings.database_url),
        f"{PREFIX}DATA": str(settings.data),
        f"{PREFIX}COMMITTEE": settings.committee,
        f"{PREFIX}FOLLOWER_POLL": str(settings.follower_poll),
        **({f"{PREFIX}CLOCK": str(settings.clock)} if settings.clock else {}),
        **({f"{PREFIX}NOTARY_KEY_FILE": str(settings.notary_key_file)} if settings.notary_key_file else {}),
        **settings.store_access(),
    }


def store_process(folder: Path, uri: str, limit: float) -> Process:
    """The embedded event store, ready when it answers: its port is open before its log is looked through."""
    address = urlsplit(uri)
    host, port = str(address.hostname), int(address.port or STORE_PORT)
    command = (sys.executable, "-m", "shared.eventstore.embedded", "--data", str(folder))
    return Process(
        name="store",
        command=(*command, "--host", host, "--port", str(port)),
        ready=lambda: listens(host, port) and store_answers(uri),
        start_limit=limit,
    )


def store_answers(uri: str) -> bool:
    """Whether the event store answers a call, be it with a no, within a second."""
    try:
        with closing(connect(uri, deadline=1.0)) as store:
            store.head()
    except StoreUnavailable:
        return False
    except StoreError:
        pass  # what it will not do, its callers tell better
    return True


def gateway_process(settings: Settings, env: Mapping[str, str]) -> Process:
    """The pages, served by gunicorn's threads; ready when they say so."""
    return Process(
        name="gateway",
        command=(sys.executable, "-m", "gunicorn", "-c", "python:services.gateway.server", WSGI),
        env={**env, f"{PREFIX}HTTP_HOST": settings.http_host, f"{PREFIX}HTTP_PORT": str(settings.http_port)},
        ready=partial(answers_http, page_address(settings) + "health/live"),
        start_limit=settings.start_limit,
    )


def page_address(settings: Settings) -> str:
    """Where a browser on this machine finds the pages."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.http_host, settings.http_host)
    return f"http://{host}:{settings.http_port}/"


def answers_http(url: str) -> bool:
    """Whether the page answers well within two seconds."""
    try:
        with urlopen(url, timeout=2.0) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
