"""When the day of a round of opinions has passed, silence is noted (D6.1.c)."""

from collections.abc import Iterator
from typing import Final

from services.meetings.commands import MarkOpinionsOverdue
from services.meetings.events import OpinionRequested, OpinionRoundClosed, OpinionRoundExtended
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy, day_after

OVERDUE: Final = "opinions_overdue"


def ring(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D6.1.c: the day after the deadline; an extension sets another day, a closed round none."""
    command = MarkOpinionsOverdue(round_id=alarm.item, today=alarm.day)
    yield Asked(service="meetings", command=command, key=alarm.item)


def remember(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case OpinionRequested(round_id=round_id, due=due) | OpinionRoundExtended(round_id=round_id, due=due):
            holdings.wake(envelope, OVERDUE, round_id, day_after(due, envelope))
        case OpinionRoundClosed(round_id=round_id):
            holdings.let_sleep(envelope.committee, OVERDUE, round_id)


POLICIES = (Policy(OVERDUE, remember=remember, ring=ring),)
