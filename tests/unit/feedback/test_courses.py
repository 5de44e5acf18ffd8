"""Any course of commands, and what holds after each: feedback, initiatives, obstacles, information."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from services.feedback import feedback
from services.feedback.commands import (
    AnswerFeedback,
    ClassifyFeedback,
    CloseFeedback,
    CollateFeedback,
    DeclineFeedback,
    DirectFeedback,
    ForwardFeedback,
    LinkDuplicate,
    MarkFeedbackOverdue,
    PassOnAnswer,
    ReceiveFeedback,
    RecordRemedy,
    ReopenFeedback,
    ReportFeedback,
    TransferFeedback,
)
from services.feedback.events import (
    DeclineReason,
    FeedbackAnswered,
    FeedbackClosed,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackOverdue,
    FeedbackReceived,
    FeedbackReopened,
    Step,
)
from services.feedback.information import decider as information
from services.feedback.information.commands import (
    CloseInformationRequest,
    MarkInformationOverdue,
    ProvideInformation,
    RequestInformation,
    TransferInformationRequest,
)
from services.feedback.information.events import (
    InformationOverdue,
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
)
from services.feedback.initiative import decider as initiative
from services.feedback.initiative.commands import AssessInitiative, ImplementInitiative, ProposeInitiative
from services.feedback.initiative.events import (
    Assessment,
    InitiativeAssessed,
    InitiativeImplemented,
    InitiativeProposed,
)
from services.feedback.obstacle import decider as obstacle
from services.feedback.obstacle.commands import (
    EscalateObstacle,
    ReportObstacle,
    ResolveObstacle,
    TransferObstacle,
)
from services.feedback.obstacle.events import (
    ObstacleEscalated,
    ObstacleReported,
    ObstacleResolved,
    ObstacleTransferred,
)
from services.feedback.state import Feedback
from shared.dates import Deadline
from shared.messages import AgencyId, Event
from tests.unit.given import act
from tests.unit.histories import acts, machine

ID = st.just("mot")
WORDS = st.sampled_from(["một", "hai"])
SAID = st.none() | WORDS
AGENCY = st.sampled_from([AgencyId("so-a"), AgencyId("so-b"), AgencyId("so-c")])
AGENCIES = st.lists(AGENCY, min_size=1, max_size=2).map(tuple)
DAYS = st.sampled_from(
    [date(2026, 1, 8), date(2026, 1, 27), date(2026, 3, 1), date(2026, 8, 1), date(2027, 3, 1)]
)
NOTHING = st.none()
OPEN_DAYS = ("2026-01-05", "2026-01-20", "2026-06-30")
COMPETENT = [
    act(capacity, agency=agency, seat=seat, at=day)
    for day in OPEN_DAYS
    for capacity, agency, seat in (
        ("focal_point", "so-a", None),
        ("chair", None, "truong-ban"),
        ("agency", "so-a", None),
        ("member", "so-b", "ghe-a"),
        ("team_leader", "so-a", "to-truong"),
        ("policy", None, None),
    )
]
EVERYBODY = acts(agencies=("so-a", "so-b", None), seats=("ghe-a", None))
BY = st.one_of(st.sampled_from(COMPETENT), st.sampled_from(COMPETENT), EVERYBODY)
"""Those who are competent for something twice as often as all others, so that courses are long."""


def of(*often: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """One of these, each as often as its number says."""
    return st.sampled_from([one for times, one in often for _ in range(times)]).flatmap(lambda one: one)


ENDS = (FeedbackClosed, FeedbackDeclined, FeedbackForwarded)


def feedback_holds(events: list[Event], state: Feedback) -> None:
    """Never closed without an answer since it was last opened; one end at a time; overdue once a step."""
    answered, ended, noted = False, False, set[Step]()
    for n, event in enumerate(events):
        assert isinstance(event, FeedbackReceived) == (n == 0)
        match event:
            case FeedbackReceived() | FeedbackReopened():
                assert n == 0 or ended
                answered, ended, noted = False, False, set()
            case FeedbackAnswered():
                assert not ended
                answered = True
            case FeedbackClosed():
                assert answered
            case FeedbackOverdue():
                assert event.step not in noted
                assert not ended
                assert event.seen > event.due
                assert not (answered and event.step is Step.ANSWER)
                noted.add(event.step)
        if isinstance(event, ENDS):
            assert not ended
            ended = True
    assert (state.end is not None) == ended
    assert state.overdue == noted


def feedback_commands() -> st.SearchStrategy[Any]:
    received = st.builds(
        ReceiveFeedback,
        feedback_id=ID,
        subject=WORDS,
        sender=st.none() | AGENCY,
        sender_wording=WORDS,
        anonymous=st.sampled_from([False, False, True]),
        received_by=NOTHING,
        contact=NOTHING,
        content=NOTHING,
        attachments=st.just(()),
    )
    return of(
        (6, received),
        (1, st.builds(ClassifyFeedback, feedback_id=ID, field=WORDS)),
        (1, st.builds(DeclineFeedback, feedback_id=ID, reason=st.sampled_from(DeclineReason), told=SAID)),
        (1, st.builds(ForwardFeedback, feedback_id=ID, to=WORDS, notice=SAID, document=NOTHING)),
        (1, st.builds(CollateFeedback, feedback_id=ID, summary=WORDS)),
        (1, st.builds(ReportFeedback, feedback_id=ID, report=WORDS, document=NOTHING)),
        (2, st.builds(DirectFeedback, feedback_id=ID, to=AGENCY, instruction=WORDS)),
        (2, st.builds(RecordRemedy, feedback_id=ID, what=WORDS)),
        (3, st.builds(AnswerFeedback, feedback_id=ID, answer=WORDS, document=NOTHING)),
        (
            2,
            st.builds(
                PassOnAnswer, feedback_id=ID, duplicate_of=st.just("goc"), answer=WORDS, document=NOTHING
            ),
        ),
        (3, st.builds(CloseFeedback, feedback_id=ID)),
        (4, st.builds(ReopenFeedback, feedback_id=ID, reason=WORDS)),
        (4, st.builds(MarkFeedbackOverdue, feedback_id=ID, today=DAYS)),
        (2, st.builds(LinkDuplicate, feedback_id=ID, duplicate_of=st.sampled_from(["goc", "mot"]))),
        (2, st.builds(TransferFeedback, feedback_id=ID, from_agency=AGENCY, to=AGENCIES, reason=WORDS)),
    )


TestFeedback = machine(feedback.decider, feedback_commands(), BY, feedback_holds, examples=60)


def initiative_holds(events: list[Event], state: initiative.Initiative) -> None:
    """Carried out once, and only as last adopted; what is not adopted and binds has its reason."""
    last: Assessment | None = None
    for n, event in enumerate(events):
        assert isinstance(event, InitiativeProposed) == (n == 0)
        match event:
            case InitiativeAssessed():
                last = event.assessment
            case InitiativeImplemented():
                assert last is Assessment.ADOPTED
                assert n == len(events) - 1
    assert state.assessed is None or state.assessed.assessment is last


PROPOSALS = st.builds(
    ProposeInitiative,
    initiative_id=ID,
    title=WORDS,
    content=WORDS,
    expected_result=SAID,
    seat_id=st.sampled_from([None, "ghe-a", "ghe-b"]),
    agency_id=st.none() | AGENCY,
)
INITIATIVES = of(
    (1, PROPOSALS),
    (3, st.builds(AssessInitiative, initiative_id=ID, reason=SAID)),
    (1, st.builds(ImplementInitiative, initiative_id=ID, result=WORDS, document=NOTHING)),
)
TestInitiative = machine(initiative.decider, INITIATIVES, BY, initiative_holds)


def obstacle_holds(events: list[Event], state: obstacle.Obstacle) -> None:
    """Put before the chair at most once, resolved at most once, and nothing after that."""
    for n, event in enumerate(events):
        assert isinstance(event, ObstacleReported) == (n == 0)
        if isinstance(event, ObstacleResolved):
            assert n == len(events) - 1
        if isinstance(event, ObstacleReported | ObstacleTransferred):
            assert len(set(event.agencies)) == len(event.agencies)
    assert sum(isinstance(event, ObstacleEscalated) for event in events) == int(state.escalated)


MET = st.builds(
    ReportObstacle,
    obstacle_id=ID,
    what=WORDS,
    field=SAID,
    proposal=SAID,
    agencies=st.lists(AGENCY, max_size=2).map(tuple),
)
OBSTACLES = of(
    (3, MET),
    (2, st.builds(EscalateObstacle, obstacle_id=ID, reason=WORDS)),
    (1, st.builds(ResolveObstacle, obstacle_id=ID, how=WORDS, document=NOTHING)),
    (8, st.builds(TransferObstacle, obstacle_id=ID, from_agency=AGENCY, to=AGENCIES, reason=WORDS)),
)
TestObstacle = machine(obstacle.decider, OBSTACLES, BY, obstacle_holds)


def information_holds(events: list[Event], state: information.InformationRequest) -> None:
    """Noted as overdue once and only while somebody owes; nothing is provided after the end."""
    for n, event in enumerate(events):
        assert isinstance(event, InformationRequested) == (n == 0)
        match event:
            case InformationRequestClosed():
                assert n == len(events) - 1
            case InformationOverdue():
                assert event.owing
                assert event.due.passed(event.seen)
            case InformationProvided():
                assert event.agency not in event.owing
    assert sum(isinstance(event, InformationOverdue) for event in events) == int(state.overdue)
    assert set(state.owing) <= set(state.asked)


FIRST = Deadline.parse("2026-01-15")
DUE = st.sampled_from([FIRST, FIRST, FIRST, None, Deadline.parse("theo quy định")])
MOVES = st.builds(TransferInformationRequest, request_id=ID, from_agency=AGENCY, to=AGENCIES, reason=WORDS)
REQUESTS = of(
    (4, st.builds(RequestInformation, request_id=ID, to=AGENCY, what=WORDS, due=DUE)),
    (4, st.builds(ProvideInformation, request_id=ID, content=WORDS, document=NOTHING)),
    (4, st.builds(MarkInformationOverdue, request_id=ID, today=DAYS)),
    (8, MOVES),
    (1, st.builds(CloseInformationRequest, request_id=ID, reason=WORDS)),
)
TestInformation = machine(information.decider, REQUESTS, BY, information_holds, examples=40)
