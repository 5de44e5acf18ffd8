"""What there is for each part of the regulation: rules, where they are decided and shown, events, records."""

import importlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import assert_never

from services.published import CODEC
from services.records.registers import REGISTERS
from services.regulation.clauses import Clause, Part, ProvenBy, clauses
from tests.documents.document import ROOT
from tests.documents.source import Citation, Place, decided, shown


@dataclass(frozen=True)
class Provision:
    """A member of a context's `Rule`, with the functions that cite it and the tests that show it."""

    context: str
    name: str
    value: str
    decided: tuple[Place, ...]
    shown: tuple[Place, ...]


@dataclass(frozen=True)
class Evidence:
    """For one clause or heading; `records` are registers that exist."""

    provisions: tuple[Provision, ...] = ()
    events: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def functions(self) -> set[Place]:
        return {place for one in self.provisions for place in one.decided}

    @property
    def tests(self) -> set[Place]:
        return {place for one in self.provisions for place in one.shown}

    @property
    def empty(self) -> tuple[str, ...]:
        """Which links of the chain are not there."""
        links = {
            "rule": self.provisions,
            "function": self.functions,
            "test": self.tests,
            "event": self.events,
            "record": self.records,
        }
        return tuple(name for name, found in links.items() if not found)

    def __or__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            self.provisions + other.provisions, self.events + other.events, self.records + other.records
        )


@cache
def evidence() -> Mapping[str, Evidence]:
    """By id, what cites this very clause or heading."""
    provisions, events = defaultdict(list), defaultdict(list)
    for provision in all_provisions():
        provisions[clauses().clause_of(provision.value).id].append(provision)
    for name in sorted(CODEC.types):
        for clause in CODEC.types[name].clauses:
            events[clauses().clause_of(clause).id].append(name)
    return {
        part.id: Evidence(tuple(provisions[part.id]), tuple(events[part.id]), _records(part))
        for part in clauses()
    }


def counted_for(clause: Clause) -> Evidence:
    """What proves a clause: what cites it, and what else counts for it."""
    own = evidence()[clause.id]
    match clause.proven_by:
        case ProvenBy.ITSELF:
            return own
        case ProvenBy.HEADING:
            return own | evidence()[clause.above]
        case ProvenBy.EVERY_EVENT:
            return own | Evidence(events=tuple(sorted(CODEC.types)))
        case _:
            assert_never(clause.proven_by)


def rule_classes() -> Iterator[tuple[str, type[StrEnum]]]:
    """Every context's provisions: the enumerations of its `rules.py`, or of files beside it so named."""
    for file in sorted((ROOT / "services").glob("*/rules*.py")):
        module = importlib.import_module(f"services.{file.parent.name}.{file.stem}")
        for name, found in vars(module).items():
            if name.endswith("Rule") and isinstance(found, type) and found.__module__ == module.__name__:
                yield file.parent.name, found


def all_provisions() -> Iterator[Provision]:
    """In the order of contexts, and within each as its author put them."""
    by_code, by_test = _places(decided()), _places(shown())
    for context, rules in rule_classes():
        for rule in rules:
            key = (context, rule.name)
            yield Provision(context, rule.name, rule.value, by_code.get(key, ()), by_test.get(key, ()))


def _places(citations: tuple[Citation, ...]) -> dict[tuple[str, str], tuple[Place, ...]]:
    found = defaultdict(list)
    for one in citations:
        found[one.context, one.name].append(one.place)
    return {key: tuple(places) for key, places in found.items()}


def _records(part: Part) -> tuple[str, ...]:
    return tuple(name for name in part.records if name in REGISTERS) if isinstance(part, Clause) else ()
