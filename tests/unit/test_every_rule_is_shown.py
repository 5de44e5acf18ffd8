"""Every provision in the code is shown to refuse by a test, or this one fails."""

import ast
import importlib
from enum import StrEnum
from pathlib import Path

import pytest

CONTEXTS = ("members", "meetings", "tasks", "feedback")
HERE = Path(__file__).parent


def shown(context: str) -> set[str]:
    """The names of the rules that the tests of a context expect a refusal under."""
    names = set()
    for path in (HERE / context).rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_refusal(node.func) and node.args:
                argument = node.args[0]
                if isinstance(argument, ast.Attribute):
                    names.add(argument.attr)
    return names


def _is_refusal(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
    return name in ("then_refused", "refused")


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_rule_is_shown_to_refuse(context: str) -> None:
    rules: type[StrEnum] = importlib.import_module(f"services.{context}.rules").Rule
    assert len(rules) > 0
    never = sorted(set(rules.__members__) - shown(context))
    assert not never, f"no test shows that these refuse: {never}"


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_rule_is_cited_by_the_code(context: str) -> None:
    rules: type[StrEnum] = importlib.import_module(f"services.{context}.rules").Rule
    folder = HERE.parents[1] / "services" / context
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "rules.py"
    )
    unused = [name for name in rules.__members__ if f"Rule.{name}" not in code]
    assert not unused, f"no decision cites these: {unused}"
