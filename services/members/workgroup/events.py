"""What happened to working groups: part of the published language of this context."""

from datetime import date
from typing import ClassVar

from shared.messages import DocumentRef, Event
from shared.personal.marking import OfRecord


class WorkingGroupConvened(Event):
    """Team members (`members`, by their seats) and invited experts work together for a stated period (D9.4).

    `drafts` is what they write or do; `experts` are posts or organisations, never names.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D9.4",)
    group_id: str
    subject: str
    since: date
    until: date
    members: tuple[str, ...] = ()
    experts: tuple[OfRecord, ...] = ()
    drafts: tuple[str, ...] = ()


class WorkingGroupExtended(Event):
    """The period goes on to a later day; the day before is kept."""

    clauses: ClassVar[tuple[str, ...]] = ("D9.4",)
    group_id: str
    old_until: date
    until: date
    reason: str = ""


class WorkingGroupDelivered(Event):
    """The group handed over something that it wrote; it may deliver more than once."""

    clauses: ClassVar[tuple[str, ...]] = ("D9.4",)
    group_id: str
    product: str
    document: DocumentRef | None = None


class WorkingGroupDisbanded(Event):
    """The group is over: `expired` by the end of its period, `delivered` if it left a product."""

    clauses: ClassVar[tuple[str, ...]] = ("D9.4",)
    group_id: str
    reason: str = ""
    delivered: bool = False
    expired: bool = False


WorkingGroupEvent = (
    WorkingGroupConvened | WorkingGroupExtended | WorkingGroupDelivered | WorkingGroupDisbanded
)
