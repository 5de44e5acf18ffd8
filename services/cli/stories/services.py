"""Which service takes which command: read from the services themselves, so that no second list grows old.

Their source is read and not run: the services need a runtime that this command line does without.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages

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
    for name, where in SERVICES.items():
        module, _, service = where.partition(":")
        context = module.rpartition(".")[0]
        methods = _methods(module, service)
        for command in _commands(context):
            if method_name(command) in methods:
                found[command.__name__] = Taken(name, command)
    return found


def _methods(module: str, service: str) -> set[str]:
    """The names of a service's methods, as its file has them."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    [body] = [one.body for one in tree.body if isinstance(one, ast.ClassDef) and one.name == service]
    return {one.name for one in body if isinstance(one, ast.FunctionDef)}


def _commands(context: str) -> list[type[Command]]:
    """Every command that a context defines, in its modules called `commands` and the like."""
    package = import_module(context)
    for module in walk_packages(package.__path__, f"{context}."):
        if module.name.endswith("commands"):
            import_module(module.name)
    return [one for one in _family(Command) if one.__module__.startswith(f"{context}.")]


def _family(cls: type[Command]) -> Iterator[type[Command]]:
    for child in cls.__subclasses__():
        yield child
        yield from _family(child)
