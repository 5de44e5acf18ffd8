"""Every decider is played in random courses of commands, and has a stream of its own, or this fails."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shared.decider import Decider
from tests.unit.histories import PLAYED

HERE = Path(__file__).parent
CONTEXTS = ("members", "meetings", "tasks", "feedback")


def deciders() -> dict[str, Decider[Any, Any, Any]]:
    """Every decider of the four services by the module that defines it."""
    found: dict[str, Decider[Any, Any, Any]] = {}
    for context in CONTEXTS:
        package = importlib.import_module(f"services.{context}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            made = getattr(importlib.import_module(module.name), "decider", None)
            if isinstance(made, Decider) and all(made is not other for other in found.values()):
                found[module.name] = made
    return found


DECIDERS = deciders()


@pytest.fixture(scope="module")
def played() -> list[Decider[Any, Any, Any]]:
    """The deciders for which some test makes a machine: importing the tests makes them."""
    for context in CONTEXTS:
        for path in sorted((HERE / context).glob("test_*.py")):
            if "machine(" in path.read_text(encoding="utf-8"):
                importlib.import_module(f"tests.unit.{context}.{path.stem}")
    return PLAYED


@pytest.mark.parametrize("name", sorted(DECIDERS))
def test_it_is_played_in_random_courses(name: str, played: list[Decider[Any, Any, Any]]) -> None:
    assert any(DECIDERS[name] is one for one in played), f"{name}: no test makes a machine of its decider"


def test_each_has_a_category_of_its_own() -> None:
    counted = Counter(decider.category for decider in DECIDERS.values())
    assert not [category for category, count in counted.items() if count > 1]
    assert all("-" not in category for category in counted)
    assert len(counted) > 20
