"""What happened to initiatives: published language."""

from enum import StrEnum
from typing import ClassVar

from shared.messages import AgencyId, DocumentRef, Event


class Assessment(StrEnum):
    """What the leaders made of an initiative."""

    ADOPTED = "adopted"
    DECLINED = "declined"
    DEFERRED = "deferred"


class InitiativeProposed(Event):
    """A seat, an agency or the support team proposes to do something new or better (D2.2, D6.1.a)."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.2", "D6.1.a")
    initiative_id: str
    title: str
    content: str
    expected_result: str | None = None
    seat_id: str | None = None
    agency_id: AgencyId | None = None


class InitiativeAssessed(Event):
    """The chair or a deputy adopts, declines or defers it; a later assessment takes the place of this one."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.2", "D6.1.a")
    initiative_id: str
    assessment: Assessment
    reason: str | None = None


class InitiativeImplemented(Event):
    """What was adopted is carried out, with this result."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.2", "D6.1.a")
    initiative_id: str
    result: str
    document: DocumentRef | None = None


InitiativeEvent = InitiativeProposed | InitiativeAssessed | InitiativeImplemented
