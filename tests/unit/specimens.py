"""For each command a moment at which somebody competent may ask it: the matrix of authority runs on these."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tests.unit
from shared.decider import Decider
from shared.messages import Command, Event


@dataclass(frozen=True)
class Specimen:
    """A command, the history before it, and whom it concerns.

    `agency`, `seat` and `person` are those whose own matter it is: the lead of the task, the seat that was
    asked, the person who presides. None where nobody in particular is concerned. With `document` the act
    rests on a document.
    """

    command: Command
    decider: Decider[Any, Any, Any]
    given: tuple[Event, ...] = ()
    agency: str | None = None
    seat: str | None = None
    person: str | None = None
    document: bool = False
    at: str = "2026-06-15"

    @property
    def name(self) -> str:
        return type(self.command).__name__


def specimens() -> Iterator[tuple[str, Specimen]]:
    """Every specimen with its context, from the modules `tests.unit.<context>.specimens…`."""
    for package in pkgutil.iter_modules(tests.unit.__path__):
        if not package.ispkg:
            continue
        folder = importlib.import_module(f"tests.unit.{package.name}")
        for module in pkgutil.iter_modules(folder.__path__):
            if module.name.startswith("specimens"):
                found = importlib.import_module(f"tests.unit.{package.name}.{module.name}")
                yield from ((package.name, one) for one in found.SPECIMENS)
