"""What tasks ask for after an event: these commands, no others, the same twice."""

from collections.abc import Iterator
from itertools import count
from uuid import uuid5

from services.meetings import meeting
from services.meetings.events import ConclusionIssued, DutyToDo
from services.members import agency
from services.members.events import AgencyDissolved, AgencyMerged, AgencyRegistered
from services.tasks.commands import AssignTask, ReassignTask
from services.tasks.events import TaskAssigned, TaskCancelled, TaskCompleted, TaskOrigin, TaskReassigned
from services.tasks.policies import POLICIES
from services.tasks.task import decider as task
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.policies import Asked
from tests.unit.given import act
from tests.unit.holdings import asked_after
from tests.unit.rows import envelopes
from tests.unit.tasks.examples import ASSIGNED, BUILDING, DISTRICT, SCIENCE, TASK, TRANSPORT

AGENCY_EVENTS = (AgencyMerged, AgencyDissolved, AgencyRegistered)


def recorded(*events: Event) -> Iterator[Envelope[Event]]:
    revisions = count()
    for event in events:
        decider, stream = (
            (agency.decider, "register") if isinstance(event, AGENCY_EVENTS) else (task.decider, TASK)
        )
        yield from envelopes(decider, stream, [event], act("issuer"), first=next(revisions))


def asked(*events: Event) -> list[Asked]:
    return asked_after(POLICIES, list(recorded(*events)))


def merged(old: AgencyId, new: AgencyId) -> AgencyMerged:
    return AgencyMerged(agency_id=old, name=old, successor=new, successor_name=new)


def moved(old: AgencyId, *heirs: AgencyId) -> ReassignTask:
    return ReassignTask(task_id=TASK, from_agency=old, to=heirs, reason=f"{old} → {', '.join(heirs)}")


def test_duties_with_a_lead_become_tasks() -> None:
    duties = (
        DutyToDo(what="Gắn mã QR", lead=(BUILDING,), deadline=Deadline.parse("quý IV/2022")),
        DutyToDo(what="Các ngành quan tâm nhân lực", lead_wording="các sở, ngành"),
        DutyToDo(what="Rà soát hạ tầng", lead=(SCIENCE, DISTRICT), lead_wording="Sở KH&CN và huyện"),
    )
    issued = ConclusionIssued(meeting_id="q3", conclusion_id="kl-1", text="Kết luận", duties=duties)
    [envelope] = envelopes(meeting.decider, "q3", [issued], act("chair"), first=7)
    commands = asked_after(POLICIES, [envelope])
    assert [one.command for one in commands] == [
        AssignTask(
            task_id=str(uuid5(envelope.event_id, "duty-1")),
            title="Gắn mã QR",
            lead=(BUILDING,),
            deadline=Deadline.parse("quý IV/2022"),
            origin=TaskOrigin.CONCLUSION,
            origin_ref="meeting-langson.q3@7",
        ),
        AssignTask(
            task_id=str(uuid5(envelope.event_id, "duty-3")),
            title="Rà soát hạ tầng",
            lead=(SCIENCE, DISTRICT),
            lead_wording="Sở KH&CN và huyện",
            origin=TaskOrigin.CONCLUSION,
            origin_ref="meeting-langson.q3@7",
        ),
    ]
    assert [(one.service, one.key) for one in commands] == [("tasks", "duty-1"), ("tasks", "duty-3")]


def test_open_tasks_follow_a_merger() -> None:
    [one] = asked(ASSIGNED, merged(BUILDING, TRANSPORT))
    assert one.command == moved(BUILDING, TRANSPORT)
    assert (one.service, one.key) == ("tasks", f"{TASK}:{BUILDING}")


def test_cooperation_follows_to_many() -> None:
    communes = (AgencyId("xa-1"), AgencyId("xa-2"))
    gone = AgencyDissolved(agency_id=DISTRICT, name="Huyện", successors=communes)
    assert [one.command for one in asked(ASSIGNED, gone)] == [moved(DISTRICT, *communes)]


def test_no_successor_no_command() -> None:
    gone = AgencyDissolved(agency_id=BUILDING, name="Sở")
    assert asked(ASSIGNED, gone) == []
    assert asked(gone, ASSIGNED) == []


def test_tasks_that_ended_or_moved_stay() -> None:
    assert asked(ASSIGNED, TaskCompleted(task_id=TASK), merged(BUILDING, TRANSPORT)) == []
    assert asked(ASSIGNED, TaskCancelled(task_id=TASK, reason="x"), merged(BUILDING, TRANSPORT)) == []
    gone = TaskReassigned(
        task_id=TASK, from_agency=BUILDING, to=(SCIENCE,), reason="x", lead=(SCIENCE,), with_agencies=()
    )
    assert asked(ASSIGNED, gone, merged(BUILDING, TRANSPORT)) == []
    assert [one.command for one in asked(ASSIGNED, gone, merged(SCIENCE, TRANSPORT))] == [
        moved(SCIENCE, TRANSPORT)
    ]


def test_a_task_recorded_late_follows_the_whole_chain() -> None:
    chain = (merged(BUILDING, TRANSPORT), merged(TRANSPORT, SCIENCE))
    assert [one.command for one in asked(*chain, ASSIGNED)] == [moved(BUILDING, SCIENCE)]
    divided = AgencyDissolved(
        agency_id=DISTRICT, name="Huyện", successors=(AgencyId("xa-1"), AgencyId("xa-2"))
    )
    joined = merged(AgencyId("xa-1"), AgencyId("xa-3"))
    assert [one.command for one in asked(divided, joined, ASSIGNED)] == [
        moved(DISTRICT, AgencyId("xa-3"), AgencyId("xa-2"))
    ]


def test_a_move_that_arrives_after_the_next_merger_goes_on() -> None:
    arrived = TaskReassigned(
        task_id=TASK,
        from_agency=BUILDING,
        to=(TRANSPORT,),
        reason="x",
        lead=(TRANSPORT,),
        with_agencies=(DISTRICT,),
    )
    events = (ASSIGNED, merged(BUILDING, TRANSPORT), merged(TRANSPORT, SCIENCE), arrived)
    assert [one.command for one in asked(*events)] == [moved(TRANSPORT, SCIENCE)]


def test_a_circle_of_successors_comes_to_an_end() -> None:
    circle = (merged(BUILDING, TRANSPORT), merged(TRANSPORT, BUILDING))
    assert asked(*circle, ASSIGNED) == []


def test_other_events_ask_for_nothing() -> None:
    assert asked(AgencyRegistered(agency_id=BUILDING, name="Sở Xây dựng")) == []
    assert asked(ASSIGNED) == []
    leaderless = TaskAssigned(task_id=TASK, title="Việc", origin=TaskOrigin.EXTERNAL)
    assert asked(leaderless, merged(BUILDING, TRANSPORT)) == []
