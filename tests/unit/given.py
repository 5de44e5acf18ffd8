"""Given these events, when this is asked, then that happens: how deciders are tested."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest

from shared.dates import Moment
from shared.decider import Decider
from shared.envelope import Act, Actor, Mandate, Source
from shared.errors import Refused
from shared.messages import Command, DocumentRef, Event, PersonId

DECISION = DocumentRef(number="2041/QĐ-UBND", issuer="Chủ tịch UBND tỉnh")
SOURCE = Source(reference="https://example.org/nguon")


def act(
    capacity: str,
    *,
    person: str = "nguoi-a",
    at: str = "2022-09-28",
    acts_for: str | None = None,
    agency: str | None = None,
    seat: str | None = None,
    bound: bool = True,
    document: DocumentRef | None = None,
    source: Source | None = None,
) -> Act:
    """An act by an invented person whose mandate is taken as proven."""
    mandate = Mandate.model_validate(
        {
            "capacity": capacity,
            "ground": "test",
            "acts_for": acts_for,
            "agency": agency,
            "seat": seat,
            "bound": bound,
        }
    )
    actor = Actor(person=PersonId(person), capacity=capacity, mandate=mandate)
    return Act(actor=actor, effective_at=Moment(at), document=document, source=source)


@contextmanager
def refused(rule: StrEnum) -> Iterator[None]:
    """The block is refused under this provision, with a reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.rule == rule.value
    assert caught.value.because


@dataclass
class Story:
    """One decider under test."""

    decider: Decider[Any, Any, Any]
    events: list[Event] = field(default_factory=list)
    outcome: list[Event] = field(default_factory=list)
    refusal: Refused | None = None

    @property
    def state(self) -> Any:
        """What the decider folds its history into."""
        return self.decider.fold(self.events)

    def given(self, *events: Event) -> "Story":
        self.events += events
        return self

    def when(self, command: Command, by: Act) -> "Story":
        """Ask; what happened becomes history, so that a story can go on."""
        self.outcome, self.refusal = [], None
        try:
            self.outcome = self.decider.decide(command, by, self.state)
        except Refused as refused:
            self.refusal = refused
        self.events += self.outcome
        return self

    def then(self, *events: Event) -> "Story":
        assert self.refusal is None, f"refused: {self.refusal}"
        assert self.outcome == list(events)
        return self

    def then_happened(self, *types: type[Event]) -> "Story":
        assert self.refusal is None, f"refused: {self.refusal}"
        assert [type(event) for event in self.outcome] == list(types)
        return self

    def then_nothing(self) -> "Story":
        return self.then()

    def then_refused(self, rule: StrEnum) -> "Story":
        assert self.refusal is not None, f"not refused, but: {self.outcome}"
        assert self.refusal.rule == rule.value
        assert self.refusal.because
        return self
