"""Any course of commands about programmes, tasks and context: what holds after each of them."""

from datetime import date

from hypothesis import strategies as st

from services.tasks import context_fact
from services.tasks.commands import (
    AcceptActionPlan,
    AmendProgramme,
    CancelTask,
    DeclineExtension,
    DraftProgramme,
    EndStandingTask,
    GrantExtension,
    IssueProgramme,
    MarkActionPlanOverdue,
    MarkTaskOverdue,
    MobiliseResources,
    NoteContext,
    ProgrammeItem,
    ReassignTask,
    RegisterProgramme,
    ReportProgress,
    ReportTaskObstacle,
    ReportTaskProgress,
    ReportTaskResult,
    RequestExtension,
    ResolveTaskObstacle,
    ReturnProgramme,
    ReturnTaskResult,
    SubmitActionPlan,
    SubmitProgramme,
    VerifyTaskResult,
)
from services.tasks.events import (
    ActionPlanOverdue,
    ProgrammeAmended,
    ProgrammeDrafted,
    ProgrammeIssued,
    ProgrammeRegistered,
    ProgrammeReturned,
    ProgrammeSubmitted,
    ProgressReported,
    ResourcesMobilised,
    StandingTaskEnded,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskExtensionDeclined,
    TaskExtensionGranted,
    TaskExtensionRequested,
    TaskObstacleReported,
    TaskObstacleResolved,
    TaskOrigin,
    TaskOverdue,
    TaskResultReported,
    TaskResultReturned,
    TaskResultVerified,
)
from services.tasks.programme import decider as programme
from services.tasks.task import decider as task
from services.tasks.task.state import Task
from shared.dates import Deadline, Moment
from shared.messages import AgencyId, Command, Event
from tests.unit.given import SOURCE, act
from tests.unit.histories import acts, machine
from tests.unit.tasks.examples import ASSIGN, BUILDING, DECEMBER, DISTRICT, SCIENCE, SEPTEMBER, TASK, head

AGENCIES = (BUILDING, DISTRICT, SCIENCE)
DEADLINES = (SEPTEMBER, DECEMBER, Deadline.parse("quý II/2026"), Deadline.parse("theo quy định"))
DAYS = (date(2022, 10, 1), date(2023, 1, 1), date(2026, 7, 1), date(2026, 12, 31))
P = "chuong-trinh"
ITEMS = (ProgrammeItem(what="Tập huấn"), ProgrammeItem(what="Kiểm tra", lead=(BUILDING,)))

ABLE = (act("chair", at="2026-03-02"), act("team_member", at="2026-03-02"), act("policy", at="2026-03-02"))
HEADS = tuple(head(agency, at="2026-03-02") for agency in AGENCIES)
BEFORE = act("record_keeper", at="2026-03-02", bound=False, source=SOURCE)
by = st.sampled_from((*ABLE, *HEADS, BEFORE)) | acts(agencies=AGENCIES)
"""Half of them by somebody who may do much, so that courses go far."""

agencies, deadlines, days = st.sampled_from(AGENCIES), st.sampled_from(DEADLINES), st.sampled_from(DAYS)
words = st.sampled_from(("một", "hai"))
this = st.just(TASK)
task_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        lambda origin, deadline, standing, key: ASSIGN.model_copy(
            update={
                "origin": origin,
                "origin_ref": "x",
                "deadline": deadline,
                "standing": standing,
                "key": key,
            }
        ),
        st.sampled_from(TaskOrigin),
        st.none() | deadlines,
        st.sampled_from((False, False, True)),
        st.booleans(),
    ),
    st.builds(
        ReassignTask,
        task_id=this,
        from_agency=st.none() | agencies,
        to=st.lists(agencies, min_size=1, max_size=2).map(tuple),
        reason=words,
    ),
    st.sampled_from(
        (
            CancelTask(task_id=TASK, reason="x"),
            EndStandingTask(task_id=TASK, reason="x"),
            AcceptActionPlan(task_id=TASK),
            GrantExtension(task_id=TASK),
            DeclineExtension(task_id=TASK, reason="x"),
            VerifyTaskResult(task_id=TASK),
            VerifyTaskResult(task_id=TASK, finding="đủ"),
            ReturnTaskResult(task_id=TASK, missing=("ảnh",)),
            ReportTaskProgress(task_id=TASK, percent=40),
            ReportTaskProgress(task_id=TASK, text="Đang làm", period="2026-Q2"),
        )
    ),
    st.builds(SubmitActionPlan, task_id=this, summary=words),
    st.builds(MarkActionPlanOverdue, task_id=this, today=days),
    st.builds(MobiliseResources, task_id=this, people=st.integers(0, 2), what=words, from_agency=agencies),
    st.builds(ReportTaskObstacle, task_id=this, obstacle=words),
    st.builds(ResolveTaskObstacle, task_id=this, number=st.integers(1, 3), how=words),
    st.builds(RequestExtension, task_id=this, deadline=deadlines, reason=words),
    st.builds(GrantExtension, task_id=this, deadline=deadlines),
    st.builds(MarkTaskOverdue, task_id=this, today=days),
    st.builds(ReportTaskResult, task_id=this, result=words),
)


def a_task_holds(events: list[Event], state: Task) -> None:
    if not events:
        return
    assigned, *later = events
    assert isinstance(assigned, TaskAssigned)
    assert not any(isinstance(event, TaskAssigned) for event in later)
    asked, resources, ended = False, set[tuple[int, str, AgencyId]](), False
    overdue: Deadline | None = None
    open_obstacles = set[int]()
    reported = False
    before: Event = assigned
    for event in later:
        assert not ended or isinstance(event, TaskObstacleResolved), "only obstacles go on after the end"
        match event:
            case TaskExtensionRequested():
                assert not asked
                asked = True
            case TaskExtensionGranted() | TaskExtensionDeclined():
                assert asked
                asked = False
            case TaskOverdue():
                assert not assigned.standing
                assert not reported
                assert event.deadline != overdue
                assert event.deadline.passed(event.noticed_on)
                overdue = event.deadline
            case TaskResultReported():
                reported = True
            case TaskResultReturned():
                assert reported
                reported = False
            case TaskCompleted():
                assert reported
                assert isinstance(before, TaskResultVerified)
            case TaskObstacleReported():
                open_obstacles.add(event.number)
            case TaskObstacleResolved():
                open_obstacles.remove(event.number)
            case ResourcesMobilised():
                put = (event.people, event.what, event.from_agency)
                assert put not in resources
                resources.add(put)
            case StandingTaskEnded():
                assert assigned.standing
        ended = ended or isinstance(event, TaskCompleted | TaskCancelled | StandingTaskEnded)
        before = event
    assert sum(isinstance(event, ActionPlanOverdue) for event in later) <= 1
    assert state.unresolved == open_obstacles
    assert (state.asked is not None) is asked
    assert len(set(state.lead)) == len(state.lead)
    assert not set(state.lead) & set(state.with_agencies)
    assert state.going_on is not ended


programme_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        DraftProgramme,
        programme_id=st.just(P),
        title=words,
        items=st.lists(st.sampled_from(ITEMS), max_size=2).map(tuple),
    ),
    st.builds(
        AmendProgramme,
        programme_id=st.just(P),
        items=st.lists(st.sampled_from(ITEMS), max_size=2).map(tuple),
        reason=words,
    ),
    st.sampled_from(
        (
            SubmitProgramme(programme_id=P),
            SubmitProgramme(programme_id=P),
            ReturnProgramme(programme_id=P, reasons=("x",)),
            IssueProgramme(programme_id=P),
            IssueProgramme(programme_id=P),
            RegisterProgramme(programme_id=P, title="Kế hoạch"),
            ReportProgress(programme_id=P, summary="x", figures={}, as_of=Moment("2026-01")),
            ReportProgress(programme_id=P, summary="x", figures={}, as_of=Moment("2027"), estimated=True),
        )
    ),
)


def a_programme_holds(events: list[Event], state: programme.Programme) -> None:
    for before, event in zip([None, *events], events, strict=False):
        match event:
            case ProgrammeDrafted():
                assert isinstance(before, ProgrammeDrafted | ProgrammeReturned | None)
            case ProgrammeSubmitted():
                assert isinstance(before, ProgrammeDrafted)
            case ProgrammeReturned():  # before the regulation a draft was enough
                assert isinstance(before, ProgrammeSubmitted | ProgrammeDrafted)
            case ProgrammeIssued():
                assert isinstance(before, ProgrammeSubmitted | ProgrammeDrafted)
            case ProgrammeAmended():
                assert any(isinstance(one, ProgrammeIssued) for one in events)
            case ProgrammeRegistered():
                assert before is None
            case ProgressReported():
                in_force = (ProgrammeIssued, ProgrammeAmended, ProgrammeRegistered, ProgressReported)
                assert isinstance(before, in_force)
    assert sum(isinstance(event, ProgrammeIssued) for event in events) <= 1
    drafts = [event for event in events if isinstance(event, ProgrammeDrafted | ProgrammeIssued)]
    issued = [event for event in drafts if isinstance(event, ProgrammeIssued)]
    if issued:
        last = drafts[-2]
        assert (issued[0].title, issued[0].items) == (last.title, last.items), "what was submitted is issued"


def a_fact_holds(events: list[Event], state: context_fact.ContextFact) -> None:
    assert len(events) <= 1
    assert state.noted is bool(events)


TestTask = machine(task.decider, task_commands, by, a_task_holds)
TestProgramme = machine(programme.decider, programme_commands, by, a_programme_holds, examples=25)
TestContext = machine(
    context_fact.decider,
    st.just(NoteContext(context_id="x", kind="report", title="x", because="x")),
    acts(),
    a_fact_holds,
    examples=5,
)
