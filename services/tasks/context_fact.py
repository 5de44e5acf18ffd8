"""Facts about digital transformation that are no acts of this committee, noted lest they be lost (D7.8)."""

from dataclasses import dataclass

from services.members.capacity import SUPPORT_TEAM
from services.tasks.commands import ContextCommand, NoteContext
from services.tasks.events import ContextEvent, ContextNoted
from services.tasks.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class ContextFact:
    noted: bool = False


def note(command: NoteContext, act: Act, fact: ContextFact) -> list[ContextEvent]:
    """D7.3, D7.8: the support team keeps an eye on what others do."""
    require(act.in_capacity(*SUPPORT_TEAM), Rule.CONTEXT_BY_TEAM, "only the support team notes it")
    require(not fact.noted, Rule.CONTEXT_NOTED_ONCE, f"{command.context_id} is noted already")
    return [ContextNoted.model_validate(command.model_dump())]


def decide(command: ContextCommand, act: Act, fact: ContextFact) -> list[ContextEvent]:
    return note(command, act, fact)


def evolve(fact: ContextFact, event: ContextEvent) -> ContextFact:
    return ContextFact(noted=True)


decider: Decider[ContextCommand, ContextEvent, ContextFact] = Decider(
    category="context",
    stream_id=lambda command: command.context_id,
    initial=ContextFact(),
    decide=decide,
    evolve=evolve,
)
