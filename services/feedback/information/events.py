"""What happened to requests for information: published language."""

from datetime import date
from typing import ClassVar

from shared.dates import Deadline
from shared.messages import AgencyId, DocumentRef, Event


class InformationRequested(Event):
    """The support team or a leader asks an agency (D7.5); `due` as the regulation counts it."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.3", "D7.5")
    request_id: str
    to: AgencyId
    what: str
    due: Deadline | None = None


class InformationProvided(Event):
    """`agency` answered; `owing` are the agencies that still have to."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.3", "D7.5")
    request_id: str
    content: str
    document: DocumentRef | None = None
    agency: AgencyId | None = None
    late: bool = False
    owing: tuple[AgencyId, ...] = ()


class InformationOverdue(Event):
    """The deadline passed and these agencies had not answered; noted once."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.3", "D7.5")
    request_id: str
    owing: tuple[AgencyId, ...]
    due: Deadline
    seen: date


class InformationRequestTransferred(Event):
    """The agency that was asked ended; `owing` are the agencies that have to answer from here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D7.5")
    request_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...]
    reason: str
    owing: tuple[AgencyId, ...]


class InformationRequestClosed(Event):
    """Nothing more is waited for; `owing` never answered."""

    clauses: ClassVar[tuple[str, ...]] = ("D2.3", "D7.5")
    request_id: str
    reason: str
    owing: tuple[AgencyId, ...] = ()


InformationEvent = (
    InformationRequested
    | InformationProvided
    | InformationOverdue
    | InformationRequestTransferred
    | InformationRequestClosed
)
