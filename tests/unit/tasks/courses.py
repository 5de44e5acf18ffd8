"""Events of several streams in one course, each recorded in its own, for the policies."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from services.feedback.report.events import ReportEvent
from services.meetings.events import OpinionEvent
from services.meetings.opinion import decider as opinion_round
from services.members import agency, committee
from services.members.events import AgencyEvent, CommitteeEvent
from services.tasks.events import ProgrammeEvent, TaskEvent
from services.tasks.inspection import decider as inspection
from services.tasks.inspection.events import InspectionEvent
from services.tasks.policies import POLICIES
from services.tasks.programme import decider as programme
from services.tasks.task import decider as task
from shared.decider import Decider
from shared.envelope import Act, Envelope
from shared.messages import Event
from shared.policies import Asked
from tests.unit.given import act
from tests.unit.holdings import asked_after, rung_after
from tests.unit.rows import envelopes

LIVE = act("chair", at="2022-09-01")
"""An act of the days in which the examples play, known from no source."""
Step = Event | tuple[Event, Act]


def recorded(*steps: Step) -> list[Envelope[Event]]:
    """These events, one after the other; a step may say who acted and when."""
    revisions: Counter[str] = Counter()
    course = []
    for step in steps:
        event, by = step if isinstance(step, tuple) else (step, LIVE)
        decider, stream = _stream_of(event)
        course += envelopes(decider, stream, [event], by, first=revisions[stream])
        revisions[stream] += 1
    return course


def _stream_of(event: Event) -> tuple[Decider[Any, Any, Any], str]:
    if isinstance(event, TaskEvent):
        return task.decider, event.task_id
    if isinstance(event, ProgrammeEvent):
        return programme.decider, event.programme_id
    if isinstance(event, InspectionEvent):
        return inspection.decider, event.inspection_id
    if isinstance(event, OpinionEvent):
        return opinion_round.decider, event.round_id
    if isinstance(event, AgencyEvent):
        return agency.decider, "register"
    if isinstance(event, CommitteeEvent):
        return committee.decider, "charter"
    assert isinstance(event, ReportEvent)
    return opinion_round.decider, event.request_id  # the stream of a report is of no matter to a policy


def asked(*steps: Step) -> list[Asked]:
    """What the policies ask for after the last of these."""
    return asked_after(POLICIES, recorded(*steps))


def rung(today: str, *steps: Step, of: type | tuple[type, ...] = object) -> list[tuple[str, Any]]:
    """What the clock makes the policies ask for by `today`: days, and commands of these kinds."""
    alarms: Iterable[tuple[date, Asked]] = rung_after(POLICIES, recorded(*steps), date.fromisoformat(today))
    return [(day.isoformat(), one.command) for day, one in alarms if isinstance(one.command, of)]
