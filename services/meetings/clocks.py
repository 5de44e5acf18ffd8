"""From a deadline to the day on which its silence is noticed."""

from datetime import date, timedelta

from shared.dates import Deadline


def day_after(due: Deadline | None) -> list[date]:
    """The first day on which the deadline has passed; none where no day binds, or none comes after it."""
    if due is None or due.latest is None or due.latest == date.max:
        return []
    return [due.latest + timedelta(days=1)]
