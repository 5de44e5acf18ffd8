"""What the supervisor is told about a process, and the two kinds of process that this package knows."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.bus.broker import PrivateBroker
from shared.bus.connection import answers
from shared.bus.rpc import Services


def _at_once() -> bool:
    return True


@dataclass(frozen=True)
class Restarts:
    """When a dead process is started again; seconds.

    The pause doubles from `first` to `longest`, each time shortened by up to half at random. A process
    that was ready for `calm` begins anew. After `patience` deaths in a row it is left alone, told loudly.
    """

    first: float = 0.5
    longest: float = 30.0
    calm: float = 60.0
    patience: int = 20


@dataclass(frozen=True)
class Process:
    """A process to keep alive. `env` is added to the supervisor's own environment; limits in seconds.

    `ready` is asked again and again after the start; it must answer within a few seconds.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = _at_once
    start_limit: float = 60.0
    stop_limit: float = 15.0
    restarts: Restarts = Restarts()


def broker_process(broker: PrivateBroker, *, start_limit: float = 60.0) -> Process:
    """The private RabbitMQ node; its address is known before it starts."""
    uri = broker.uri
    return Process(
        name="rabbitmq",
        command=(sys.executable, "-m", "shared.bus.broker", str(broker.folder)),
        ready=lambda: answers(uri),
        start_limit=start_limit,
        stop_limit=20.0,
    )


def service_process(
    name: str, service: str, amqp_uri: str, env: Mapping[str, str] | None = None, *, start_limit: float = 60.0
) -> Process:
    """A Nameko service given as `package.module:Class`; ready when it takes calls under `name`."""
    services = Services(amqp_uri)
    return Process(
        name=name,
        command=(sys.executable, "-m", "shared.runtime.nameko_process", service),
        env={**(env or {}), "AMQP_URI": amqp_uri},
        ready=lambda: services.running(name) > 0,
        start_limit=start_limit,
    )
