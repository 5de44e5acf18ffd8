"""Viet Nam's working days as versioned data: a deadline stores the version that it was computed with."""

from shared.workdays.calendar import WorkCalendar
from shared.workdays.data import UnknownCalendar, calendar

__all__ = ["UnknownCalendar", "WorkCalendar", "calendar"]
