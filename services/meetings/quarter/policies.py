"""When a quarter has ended, what was held in it is noted, and the next one is waited for (D8.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.meetings.events import (
    AttendanceRecorded,
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    MinutesApproved,
)
from services.meetings.quarter.commands import EndQuarter
from services.meetings.quarter.events import QuarterEnded
from services.meetings.quarter.periods import Period
from services.members.events import RegulationAdopted, RegulationAmended
from services.members.parameters import remember_parameters, remembered
from shared.dates import Moment
from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Alarm, Asked, Holdings, Policy

POLICY: Final = "quarters_end"
ITEM: Final = "quarter"
"""The one alarm of a committee: the end of the quarter that runs."""
PERIODIC: Final = "periodic_meeting"
"""The kind under which `Holdings` keeps periodic meetings: their day, what they cover, whether they were."""
ALL, TOOK_PLACE, HELD, COVERS = "all", "took place", "held ", "covers "
ENDED: Final = "ended_quarter"
"""The kind under which it keeps the last day of the last quarter that ended."""
RUNNING: Final = "running_quarter"
"""The kind under which it keeps the name of the quarter whose end is waited for."""


@dataclass(frozen=True)
class Periodic:
    """A periodic meeting as far as it is known, not called off."""

    meeting_id: str
    held: Moment
    covers: str | None
    took_place: bool

    def belongs_to(self, period: Period) -> bool:
        return self.covers == period.name or period.holds(self.held)


def ring(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    """D8.1: the day after the last of a quarter, with the meetings that cover it or were held in it."""
    committee = alarm.because.committee
    period = next(
        filter(None, map(Period.named, holdings.holders(committee, RUNNING, ITEM))),
        Period.of(alarm.day - timedelta(days=1)),
    )
    known = [one for one in _periodic(holdings, committee) if one.belongs_to(period)]
    held = [one for one in known if one.took_place]
    command = EndQuarter(
        quarter=period.name,
        today=alarm.day,
        held=tuple(one.meeting_id for one in held),
        covering=tuple(one.meeting_id for one in held if one.covers == period.name),
        convened=tuple(one.meeting_id for one in known if not one.took_place),
    )
    yield Asked(service="meetings", command=command, key=period.name)


def remember(envelope: Envelope[Event], holdings: Holdings) -> None:
    """The regulation's rhythm, the quarters that ended, and every periodic meeting."""
    remember_parameters(envelope, holdings)
    match envelope.event:
        case RegulationAdopted() | RegulationAmended():
            _begin(envelope, holdings)
        case QuarterEnded() as ended:
            _ended(envelope, holdings, ended)
        case _:
            _remember_meeting(envelope, holdings)


def _begin(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Wait for the end of the quarter in which the regulation takes effect, or the first that has not ended.

    What is known from a source begins nothing, and ends nothing that began. What takes effect after the
    quarter that runs leaves it as it is: the next one is found when it ends.
    """
    if envelope.meta.source is not None:
        return
    days = [envelope.meta.effective_at.latest]
    for name in holdings.holders(envelope.committee, RUNNING, ITEM):
        if (running := Period.named(name)) is not None and days[0] > running.last:
            return
    for known in holdings.holders(envelope.committee, ENDED, ITEM):
        days.append(date.fromisoformat(known) + timedelta(days=1))
    months = remembered(holdings, envelope.committee).meeting_interval_months
    _wait_for(Period.of(max(days), months), envelope, holdings)


def _ended(envelope: Envelope[Event], holdings: Holdings, ended: QuarterEnded) -> None:
    period, following = Period.named(ended.quarter), Period.named(ended.next_quarter or "")
    if period is not None:
        holdings.let_go(envelope.committee, ENDED, ITEM)
        holdings.hold(envelope.committee, ENDED, ITEM, (period.last.isoformat(),))
    if following is not None:
        _wait_for(following, envelope, holdings)


def _wait_for(period: Period, envelope: Envelope[Event], holdings: Holdings) -> None:
    holdings.let_go(envelope.committee, RUNNING, ITEM)
    holdings.hold(envelope.committee, RUNNING, ITEM, (period.name,))
    holdings.wake(envelope, POLICY, ITEM, [period.day_after])


def _remember_meeting(envelope: Envelope[Event], holdings: Holdings) -> None:
    """A meeting took place where something is recorded of it that only happens at one, or a source tells of
    it; that its day came proves nothing."""
    committee = envelope.committee
    match envelope.event:
        case MeetingConvened(kind=MeetingKind.PERIODIC) as convened:
            told = envelope.meta.source is not None
            _keep(holdings, committee, Periodic(convened.meeting_id, convened.held, convened.quarter, told))
        case MeetingPostponed() as moved:
            for known in _known(holdings, committee, moved.meeting_id):
                now = Periodic(moved.meeting_id, moved.held, known.covers, known.took_place)
                _keep(holdings, committee, now)
        case MeetingCancelled() as cancelled:
            holdings.let_go(committee, PERIODIC, cancelled.meeting_id)
        case (
            MeetingOpened(meeting_id=meeting_id)
            | MeetingClosed(meeting_id=meeting_id)
            | AttendanceRecorded(meeting_id=meeting_id)
            | ConclusionIssued(meeting_id=meeting_id)
            | MinutesApproved(meeting_id=meeting_id)
        ):
            if _known(holdings, committee, meeting_id):
                holdings.hold(committee, PERIODIC, meeting_id, (TOOK_PLACE,))


def _keep(holdings: Holdings, committee: CommitteeId, meeting: Periodic) -> None:
    told = [ALL, f"{HELD}{meeting.held}"]
    told += [f"{COVERS}{meeting.covers}"] if meeting.covers else []
    told += [TOOK_PLACE] if meeting.took_place else []
    holdings.let_go(committee, PERIODIC, meeting.meeting_id)
    holdings.hold(committee, PERIODIC, meeting.meeting_id, told)


def _periodic(holdings: Holdings, committee: CommitteeId) -> list[Periodic]:
    items = holdings.of(committee, PERIODIC, ALL)
    return [meeting for item in items for meeting in _known(holdings, committee, item)]


def _known(holdings: Holdings, committee: CommitteeId, meeting_id: str) -> list[Periodic]:
    """The meeting, where it is a periodic one and was not called off."""
    told = holdings.holders(committee, PERIODIC, meeting_id)
    held = [Moment(one.removeprefix(HELD)) for one in told if one.startswith(HELD)]
    covers = next((one.removeprefix(COVERS) for one in told if one.startswith(COVERS)), None)
    return [Periodic(meeting_id, held[0], covers, TOOK_PLACE in told)] if held else []


POLICIES = (Policy(POLICY, remember=remember, ring=ring),)
