"""What people ask of reminders: it may be refused."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from services.tasks.commands import Id, Many, Text
from services.tasks.reminder.events import About
from shared.dates import Deadline
from shared.messages import AgencyId, Command


class IssueReminder(Command):
    """`days` after the deadline, or before it where negative, is `today`."""

    about: About
    about_id: str = Id
    finding_id: str | None = Field(default=None, min_length=1, max_length=200)
    title: str = Text
    agencies: tuple[AgencyId, ...] = Many
    seats: tuple[str, ...] = Many
    due: Deadline
    days: int = Field(ge=-3660, le=36_600)
    today: date

    @model_validator(mode="after")
    def _reminds_somebody_of_something(self) -> Self:
        if not self.agencies and not self.seats:
            raise ValueError("name the agencies or the seats that are reminded")
        if (self.finding_id is not None) != (self.about is About.FINDING):
            raise ValueError("name the finding where it is about one, and only there")
        return self


ReminderCommand = IssueReminder
