"""Where the code cites a provision, and where a test shows it to refuse: read from the source itself."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.documents.document import ROOT

REFUSALS = ("then_refused", "refused")


@dataclass(frozen=True, order=True)
class Place:
    """A function, by its file from the project's folder."""

    path: str
    function: str


@dataclass(frozen=True, order=True)
class Citation:
    """A provision as it is cited: its context, its name, and where."""

    context: str
    name: str
    place: Place


@cache
def decided() -> tuple[Citation, ...]:
    """Every citation in the services, in the order of files and lines."""
    files = sorted((ROOT / "services").glob("*/**/*.py"))
    return tuple(citation for file in files for citation in _of(file, in_refusals=False))


@cache
def shown() -> tuple[Citation, ...]:
    """Every refusal that a unit test expects."""
    files = sorted((ROOT / "tests" / "unit").glob("*/**/test_*.py"))
    return tuple(citation for file in files for citation in _of(file, in_refusals=True))


def _of(file: Path, *, in_refusals: bool) -> Iterator[Citation]:
    return cited(file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix(), in_refusals=in_refusals)


def cited(source: str, path: str, *, in_refusals: bool) -> Iterator[Citation]:
    """Each provision once a function; its context by the import, else by the folder of `path`."""
    folders = path.split("/")
    context_of_folder = folders[2] if folders[0] == "tests" else folders[1]
    tree = ast.parse(source)
    contexts = _imported(tree)
    found: dict[Citation, None] = {}
    for where, node in _inside(tree, ""):
        for rule in _refused(node) if in_refusals else [node]:
            if isinstance(rule, ast.Attribute) and isinstance(rule.value, ast.Name):
                base = rule.value.id
                if base in contexts or base == "Rule":
                    context = contexts.get(base, context_of_folder)
                    found[Citation(context, rule.attr, Place(path, where))] = None
    yield from found


def _imported(tree: ast.Module) -> dict[str, str]:
    """The names under which a file knows classes of provisions, and the context of each."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("services."):
            for name in node.names:
                if name.name.endswith("Rule"):
                    found[name.asname or name.name] = node.module.split(".")[1]
    return found


def _inside(node: ast.AST, where: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the function it is in: `decide`, `Class.method`, or what a module assigns."""
    for child in ast.iter_child_nodes(node):
        inner = where
        if isinstance(child, ast.ClassDef) and isinstance(node, ast.Module):
            inner = f"{child.name}."
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and (not where or where.endswith(".")):
            inner = f"{where}{child.name}"
        elif isinstance(child, ast.Assign | ast.AnnAssign) and not where:
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            inner = ast.unparse(target)
        yield inner, child
        yield from _inside(child, inner)


def _refused(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return []
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
    return node.args[:1] if name in REFUSALS else []
