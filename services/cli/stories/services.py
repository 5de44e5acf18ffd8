"""Which service takes which command: read from the services themselves, so that no second list grows old."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from services.cli.system import SERVICES
from shared.messages import Command
from shared.naming import method_name


@dataclass(frozen=True)
class Taken:
    """A command, and the service that takes it."""

    service: str
    command: type[Command]


@cache
def commands() -> dict[str, Taken]:
    """By name, every command that one of the services takes over RPC."""
    found: dict[str, Taken] = {}
    for where in SERVICES.values():
        module, _, name = where.partition(":")
        with warnings.catch_warnings():  # of its own future the runtime speaks to its developers
            warnings.simplefilter("ignore")
            service = getattr(import_module(module), name)
        context = module.rpartition(".")[0] + "."
        for command in _family(Command):
            if command.__module__.startswith(context) and hasattr(service, method_name(command)):
                found[command.__name__] = Taken(service.name, command)
    return found


def _family(cls: type[Command]) -> Iterator[type[Command]]:
    for child in cls.__subclasses__():
        yield child
        yield from _family(child)
