"""From a deadline to the day on which its silence is noticed."""

from datetime import date, timedelta

from services.members.capacity import Capacity
from shared.dates import Deadline
from shared.envelope import Act, Envelope
from shared.messages import Event


def day_after(due: Deadline | None, because: Envelope[Event]) -> list[date]:
    """The first day on which the deadline has passed, and not before the event that sets it; none where no
    day binds, or none comes after it."""
    if due is None or due.latest is None or due.latest == date.max:
        return []
    return [max(due.latest + timedelta(days=1), because.meta.effective_at.latest)]


def noticed(today: date, act: Act) -> date:
    """The day on which somebody looks at a deadline: the clock's own, and nobody else's before it came."""
    return today if act.in_capacity(Capacity.POLICY) else min(today, act.effective_at.latest)
