"""The shape of every decision: a pure function of (command, act, state), and a pure fold of events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Generic, TypeVar

from shared.envelope import Act
from shared.errors import Refused

C = TypeVar("C", contravariant=True)
E = TypeVar("E")
S = TypeVar("S")


def require(allowed: bool, rule: StrEnum, because: str) -> None:
    """Refuse under a provision unless `allowed`; `because` says what is wrong or what is needed."""
    if not allowed:
        raise Refused(rule.value, because, provision(rule))


def provision(rule: StrEnum) -> str:
    """The name of a provision in the catalogue: its context and its name there."""
    _services, context, *_rest = type(rule).__module__.split(".")
    return f"{context}.{rule.name}"


@dataclass(frozen=True)
class Decider(Generic[C, E, S]):
    """One consistency boundary.

    `category` and `stream_id` name its stream, `initial` and `evolve` fold its events, and `decide` says
    what a command makes happen, or raises Refused.
    """

    category: str
    stream_id: Callable[[C], str]
    initial: S
    decide: Callable[[C, Act, S], list[E]]
    evolve: Callable[[S, E], S]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        return reduce(self.evolve, events, self.initial if state is None else state)
