"""Any sequence of commands, valid or not, against one decider: what must hold after each of them."""

import unittest
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.members.capacity import Capacity
from shared.decider import Decider
from shared.envelope import Act
from shared.errors import Refused
from shared.messages import Command, Event
from tests.unit.given import DECISION, SOURCE, act

PLAYED: list[Decider[Any, Any, Any]] = []
"""Every decider that a machine was made for."""


def acts(
    *,
    agencies: Sequence[str | None] = (None,),
    seats: Sequence[str | None] = (None,),
    days: Sequence[str] = ("2026-01-05", "2026-06-30", "2026-12-31"),
) -> st.SearchStrategy[Act]:
    """Acts in every capacity, for one of these agencies and seats, on one of these days, with and without a
    document, bound by the regulation or from before it."""

    def made(capacity: str, agency: str | None, seat: str | None, day: str, kind: str) -> Act:
        return act(
            capacity,
            agency=agency,
            seat=seat,
            at=day,
            acts_for="truong-ban" if kind == "for the chair" else None,
            bound=kind != "before",
            source=SOURCE if kind in ("before", "from a source") else None,
            document=DECISION if kind != "bare" else None,
        )

    kinds = ("bare", "by document", "for the chair", "from a source", "before")
    return st.builds(
        made,
        st.sampled_from([capacity.value for capacity in Capacity]),
        st.sampled_from(agencies),
        st.sampled_from(seats),
        st.sampled_from(days),
        st.sampled_from(kinds),
    )


def machine(
    decider: Decider[Any, Any, Any],
    commands: st.SearchStrategy[Command],
    by: st.SearchStrategy[Act],
    holds: Callable[[list[Event], Any], None],
    examples: int = 25,
) -> type[unittest.TestCase]:
    """A test case that plays random courses of commands; `holds(events, state)` asserts after each.

    It fails too where `decide` raises anything but a refusal, where `evolve` raises on what `decide` wrote,
    and where folding the stored form of the events gives another state.
    """

    PLAYED.append(decider)

    class Course(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.events: list[Event] = []
            self.state = decider.initial

        @rule(command=commands, who=by)
        def ask(self, command: Command, who: Act) -> None:
            try:
                happened = decider.decide(command, who, self.state)
            except Refused:
                return
            for event in happened:
                stored = type(event).model_validate_json(event.model_dump_json())
                assert stored == event
                self.state = decider.evolve(self.state, stored)
            self.events += happened

        @invariant()
        def it_holds(self) -> None:
            holds(self.events, self.state)

        def teardown(self) -> None:
            assert decider.fold(self.events) == self.state

    case: type[unittest.TestCase] = Course.TestCase
    case.settings = settings(  # type: ignore[attr-defined]
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    return case
