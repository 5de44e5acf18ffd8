"""What happened to reminders: published language."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from shared.dates import Deadline
from shared.messages import AgencyId, Event


class About(StrEnum):
    """What somebody is reminded of."""

    TASK = "task"
    ACTION_PLAN = "action_plan"
    FINDING = "finding"
    OPINION_ROUND = "opinion_round"
    REPORT = "report"


class ReminderIssued(Event):
    """Agencies or seats were reminded of a deadline, `days` after it, or before it where negative (D5.2.b).

    `about_id` is the id of the task, the round or the request; of a finding, of its inspection and itself.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D7.3")
    about: About
    about_id: str
    title: str
    due: Deadline
    days: int
    issued_on: date
    agencies: tuple[AgencyId, ...] = ()
    seats: tuple[str, ...] = ()
    finding_id: str | None = None


ReminderEvent = ReminderIssued
