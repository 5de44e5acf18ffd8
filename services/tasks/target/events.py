"""What happened to sets of targets: published language."""

from enum import StrEnum
from typing import ClassVar

from shared.dates import Moment
from shared.messages import AgencyId, Event, Message


class Direction(StrEnum):
    """Which way a figure has to go to meet its target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Outcome(StrEnum):
    """What became of a target. `no_information` is an answer too: somebody looked and there was none."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"
    NOT_CARRIED_OUT = "not_carried_out"
    NO_INFORMATION = "no_information"


class Target(Message):
    """One line of a set; `value` in the words of the document, such as `trên 80`."""

    target_id: str
    name: str
    unit: str | None = None
    value: str | None = None
    direction: Direction | None = None
    lead: tuple[AgencyId, ...] = ()


class TargetsSet(Event):
    """These targets count together for this year or these years: their number is the denominator (D5.2.b).

    `authority` is who set them from outside, by its id or as its document names it.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D5.2.b")
    set_id: str
    title: str
    period: str
    targets: tuple[Target, ...] = ()
    authority: str | None = None


class TargetAssessed(Event):
    """What became of a target as of a day, confirmed or estimated; what was said earlier stays (D5.2.b)."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D7.3")
    set_id: str
    target_id: str
    outcome: Outcome
    as_of: Moment
    value: str | None = None
    estimated: bool = False
    source_wording: str | None = None


class TargetsRevised(Event):
    """The whole list as it stands from now on; assessments of what is no longer listed are kept (D4.1)."""

    clauses: ClassVar[tuple[str, ...]] = ("D4.1", "D5.2.b")
    set_id: str
    title: str
    targets: tuple[Target, ...]
    reason: str = ""


TargetEvent = TargetsSet | TargetAssessed | TargetsRevised
