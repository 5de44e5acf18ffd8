"""How a clause stands: the five states, single occasions on which it was to be kept, and their judgement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from shared.envelope import Envelope
from shared.messages import Event

SOON: Final = 7
"""Days before a last day from which on what is not done is at risk."""

Recorded = Envelope[Event]


class Standing(StrEnum):
    """How a clause stands; the worst first."""

    BREACHED = "breached"
    AT_RISK = "at_risk"
    NO_EVIDENCE = "no_evidence"  # the duty is known, and no record says whether it was kept: no breach
    KEPT = "kept"
    NO_OCCASION = "no_occasion"

    @property
    def weight(self) -> int:
        """The order of the states, the worst lowest."""
        return list(Standing).index(self)


def worst(standings: Iterable[Standing]) -> Standing:
    return min(standings, key=lambda one: one.weight, default=Standing.NO_OCCASION)


@dataclass(frozen=True)
class Occasion:
    """One time at which clauses were to be kept.

    `said` is a text of the catalogue's group `occasion`, filled with `values`; `day` decides to which quarter
    it counts; `whose` is the agency or seat whose duty it is; `record` the register and id of its subject;
    `evidence` the events (`stream@revision`) from which it follows.
    """

    clauses: tuple[str, ...]
    said: str
    standing: Standing
    day: date
    whose: str | None = None
    record: tuple[str, str] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


def judged(due: date | None, cause: Recorded, done: Recorded | None, on: date) -> Standing | None:
    """How a duty stands on a day; None while there is time, or where no day was set and nothing is done.

    Late is only what is certainly late. What is not done is a breach where the duty was recorded as it arose;
    a duty that is known from a source alone leaves no evidence of either.
    """
    if due is None:
        return Standing.KEPT if done else None
    if done is not None:
        return Standing.BREACHED if done.meta.effective_at.earliest > due else Standing.KEPT
    if on <= due:
        return Standing.AT_RISK if (due - on).days <= SOON else None
    return Standing.NO_EVIDENCE if cause.meta.source is not None else Standing.BREACHED


def told(what: str, standing: Standing, done: Recorded | None) -> str:
    """The text of an occasion: done, due, no record of it; late or missing where it is a breach."""
    ends = {Standing.KEPT: "done", Standing.AT_RISK: "due", Standing.NO_EVIDENCE: "unknown"}
    return f"{what}_{ends.get(standing, 'late' if done else 'missing')}"


def references(*envelopes: Recorded | None) -> tuple[str, ...]:
    """How these are cited as evidence; what is missing is left out."""
    return tuple(dict.fromkeys(one.reference for one in envelopes if one is not None))
