"""What happened to commendations: part of the published language of this context."""

from typing import ClassVar

from shared.messages import AgencyId, DocumentRef, Event
from shared.personal.marking import OfRecord


class CommendationProposed(Event):
    """The support team proposed to commend seats or agencies for what they completed (D7.4, paragraph 2).

    `tasks` are those tasks; where there is none, `other_merit` says what else was done well.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.4.kt",)
    commendation_id: str
    seats: tuple[str, ...] = ()
    agencies: tuple[AgencyId, ...] = ()
    form: str
    reasons: str
    tasks: tuple[str, ...] = ()
    other_merit: str | None = None
    document: DocumentRef | None = None


class CommendationDecided(Event):
    """The competent authority granted what was proposed, or did not."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.4.kt",)
    commendation_id: str
    granted: bool
    reason: str = ""
    document: DocumentRef | None = None


class CommendationNoted(Event):
    """Somebody outside commended, unasked: a ministry, an association, the jury of an award.

    `recipient` are the words for one who is neither a seat nor an agency, such as the province or a solution.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.4.kt", "D7.8")
    commendation_id: str
    seats: tuple[str, ...] = ()
    agencies: tuple[AgencyId, ...] = ()
    recipient: OfRecord | None = None
    form: str
    reasons: str = ""
    given_by: str = ""
    document: DocumentRef | None = None


CommendationEvent = CommendationProposed | CommendationDecided | CommendationNoted
