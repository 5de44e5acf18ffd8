"""What happened to obstacles that agencies meet: published language. Those of one task are in `tasks`."""

from typing import ClassVar

from shared.messages import AgencyId, DocumentRef, Event


class ObstacleReported(Event):
    """A member, an agency or the support team reports it in time, with a way out; `agencies` meet it."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.a", "D7.3")
    obstacle_id: str
    what: str
    field: str | None = None
    proposal: str | None = None
    agencies: tuple[AgencyId, ...] = ()
    seat_id: str | None = None
    agency_id: AgencyId | None = None


class ObstacleEscalated(Event):
    """It lies before the chair."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.a", "D7.3")
    obstacle_id: str
    reason: str


class ObstacleResolved(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D6.1.a", "D7.3")
    obstacle_id: str
    how: str
    document: DocumentRef | None = None


class ObstacleTransferred(Event):
    """An agency that met it ended; `agencies` are all who meet it from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D7.3")
    obstacle_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...]
    reason: str
    agencies: tuple[AgencyId, ...]


ObstacleEvent = ObstacleReported | ObstacleEscalated | ObstacleResolved | ObstacleTransferred
