"""What happened to directives of the leaders (D4.2, D11.1): part of this context's published language."""

from datetime import date
from typing import ClassVar, Final

from shared.dates import Deadline
from shared.messages import AgencyId, Event, PersonId

SUPPORT_TEAM_ID: Final = AgencyId("to-giup-viec")
"""The support team where it stands in a list of agencies."""


class DirectiveIssued(Event):
    """A leader directs agencies, the support team, or both; `acknowledge_by` is None where no day binds."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.2", "D5.2.a", "D5.2.b")
    directive_id: str
    text: str
    to: tuple[AgencyId, ...] = ()
    to_support_team: bool = False
    about: str | None = None
    acknowledge_by: Deadline | None = None
    issued_by: PersonId | None = None

    @property
    def addressees(self) -> tuple[AgencyId, ...]:
        """All that are to acknowledge, the support team by its own id."""
        return (*self.to, SUPPORT_TEAM_ID) if self.to_support_team else self.to


class DirectiveAcknowledged(Event):
    """An addressee said what it made known to whom; a later word stands beside the first, by which `late`
    is judged."""

    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    directive_id: str
    agency_id: AgencyId
    measures: str
    late: bool = False


class AcknowledgementOverdue(Event):
    """The day passed and this addressee has not acknowledged, on the day `seen`."""

    clauses: ClassVar[tuple[str, ...]] = ("D11.1",)
    directive_id: str
    agency_id: AgencyId
    due: Deadline
    seen: date


class DirectiveReaddressed(Event):
    """The directive is for these agencies in the place of one that ended; they acknowledge it by the same
    day."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D4.2", "D11.1")
    directive_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...] = ()
    reason: str = ""
    acknowledge_by: Deadline | None = None


class DirectiveWithdrawn(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D4.2",)
    directive_id: str
    reason: str


DirectiveEvent = (
    DirectiveIssued
    | DirectiveAcknowledged
    | AcknowledgementOverdue
    | DirectiveReaddressed
    | DirectiveWithdrawn
)
