"""What this context asks for when a day has come, and what follows an answer or an agency: no others."""

from collections.abc import Sequence
from datetime import date

from services.feedback import feedback
from services.feedback.commands import MarkFeedbackOverdue, PassOnAnswer
from services.feedback.events import (
    DeclineReason,
    FeedbackClassified,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackLinked,
    FeedbackReopened,
    Step,
)
from services.feedback.information import decider as information
from services.feedback.information.commands import MarkInformationOverdue, TransferInformationRequest
from services.feedback.information.events import InformationEvent
from services.feedback.obstacle import decider as obstacle
from services.feedback.obstacle.commands import TransferObstacle
from services.feedback.obstacle.events import ObstacleEvent
from services.feedback.policies import POLICIES
from services.members import agency
from services.members.events import AgencyDissolved, AgencyMerged
from shared.dates import Deadline
from shared.envelope import Act, Envelope
from shared.messages import Event
from shared.policies import Asked
from tests.unit.feedback.examples import (
    ANSWER_BY,
    ANSWERED,
    BEFORE,
    BY_FOCAL,
    CLOCK,
    CLOSED,
    DIRECTED,
    FOCAL,
    FORWARD_BY,
    RECEIVED,
    SCIENCE,
    TELECOM,
    F,
)
from tests.unit.feedback.test_information import ASKED, MOVED, PROVIDED, R
from tests.unit.feedback.test_information import CLOSED as REQUEST_CLOSED
from tests.unit.feedback.test_obstacle import MET, REPORTED, RESOLVED
from tests.unit.holdings import asked_after, rung_after
from tests.unit.rows import envelopes

FAR = date(2030, 1, 1)
OTHER = "kien-nghi-trung"
CLASSIFIED = FeedbackClassified(feedback_id=F, field="hạ tầng")
DECLINED = FeedbackDeclined(feedback_id=F, reason=DeclineReason.UNCLEAR, told="x")
FORWARDED = FeedbackForwarded(feedback_id=F, to="Bộ Tài chính", notice="x")
REOPENED = FeedbackReopened(feedback_id=F, reason="x", lies_with=(FOCAL,), answer_by=date(2026, 1, 26))
MERGED = AgencyMerged(agency_id=TELECOM, name="Viễn thông", successor=SCIENCE, successor_name="Sở KHCN")


def recorded(events: Sequence[Event], by: Act = BY_FOCAL) -> list[Envelope[Event]]:
    """Each event in the stream that it belongs to."""
    found: list[Envelope[Event]] = []
    for n, event in enumerate(events):
        match event:
            case AgencyMerged() | AgencyDissolved():
                decider, stream = agency.decider, "register"
            case _ if isinstance(event, InformationEvent):
                decider, stream = information.decider, R  # type: ignore[assignment]
            case _ if isinstance(event, ObstacleEvent):
                decider, stream = obstacle.decider, MET  # type: ignore[assignment]
            case _:
                decider, stream = feedback.decider, event.model_dump()["feedback_id"]  # type: ignore[assignment]
        found += envelopes(decider, stream, [event], by, first=n)
    return found


def rung(*events: Event, by: Act = BY_FOCAL, until: date = FAR) -> list[tuple[date, Asked]]:
    return rung_after(POLICIES, recorded(events, by), until)


def asked(*events: Event) -> list[Asked]:
    return asked_after(POLICIES, recorded(events))


def marks(step: Step, day: date) -> tuple[date, Asked]:
    command = MarkFeedbackOverdue(feedback_id=F, step=step, today=day)
    return day, Asked(service="feedback", command=command, key=f"{step.value}:{F}")


def test_the_day_after_each_limit() -> None:
    classify, answer = marks(Step.CLASSIFICATION, date(2022, 10, 6)), marks(Step.ANSWER, date(2022, 10, 20))
    assert rung(RECEIVED) == [classify, answer]
    assert rung(RECEIVED, until=FORWARD_BY) == []
    assert rung(RECEIVED, until=ANSWER_BY) == [classify]


def test_what_is_done_rings_no_more() -> None:
    answer = marks(Step.ANSWER, date(2022, 10, 20))
    for sorted_out in (CLASSIFIED, DIRECTED):
        assert rung(RECEIVED, sorted_out) == [answer]
    for done in (ANSWERED, DECLINED, FORWARDED):
        assert rung(RECEIVED, done) == []
    assert rung(RECEIVED, ANSWERED, CLOSED) == []


def test_reopened_the_clock_runs_again() -> None:
    assert rung(RECEIVED, ANSWERED, CLOSED, REOPENED) == [marks(Step.ANSWER, date(2026, 1, 27))]


def test_the_past_and_what_has_no_limit_never_ring() -> None:
    assert rung(RECEIVED, by=BEFORE) == []
    assert rung(RECEIVED.model_copy(update={"forward_by": None, "answer_by": None})) == []


def test_a_late_clock_asks_what_the_decider_answers_quietly() -> None:
    [_, (_, late)] = rung(RECEIVED)
    state = feedback.decider.fold([RECEIVED, ANSWERED])
    assert feedback.decider.decide(late.command, CLOCK, state) == []  # type: ignore[arg-type]


def test_duplicates_get_the_answer_that_the_main_one_got() -> None:
    received = RECEIVED.model_copy(update={"feedback_id": OTHER})
    linked = FeedbackLinked(feedback_id=OTHER, duplicate_of=F)
    command = PassOnAnswer(
        feedback_id=OTHER, duplicate_of=F, answer=ANSWERED.answer, document=ANSWERED.document
    )
    assert asked(RECEIVED, received, linked, ANSWERED) == [
        Asked(service="feedback", command=command, key=OTHER)
    ]
    assert asked(RECEIVED, received, ANSWERED) == []
    elsewhere = FeedbackLinked(feedback_id=OTHER, duplicate_of="khac")
    assert asked(RECEIVED, received, linked, elsewhere, ANSWERED) == []
    assert asked(RECEIVED, received, linked, ANSWERED.model_copy(update={"feedback_id": OTHER})) == []


def test_declined_or_forwarded_feedback_follows_nobody() -> None:
    gone = AgencyMerged(agency_id=FOCAL, name="Sở TTTT", successor=SCIENCE, successor_name="Sở KHCN")
    for ended in (DECLINED, FORWARDED):
        assert asked(RECEIVED, ended, gone) == []


def test_a_request_for_information_rings_once_while_somebody_owes() -> None:
    day = date(2022, 10, 9)
    mark = (day, Asked("feedback", MarkInformationOverdue(request_id=R, today=day), R))
    assert rung(ASKED) == [mark]
    assert rung(ASKED, MOVED) == [mark]
    assert rung(ASKED, MOVED, PROVIDED.model_copy(update={"owing": (FOCAL,)})) == [mark]
    for done in (PROVIDED, REQUEST_CLOSED):
        assert rung(ASKED, done) == []
    assert rung(ASKED, by=BEFORE) == []
    assert rung(ASKED.model_copy(update={"due": Deadline.parse("theo quy định")})) == []


def test_requests_follow_the_agency_that_owes() -> None:
    move = TransferInformationRequest(
        request_id=R, from_agency=TELECOM, to=(SCIENCE,), reason=f"{TELECOM} → {SCIENCE}"
    )
    assert [one.command for one in asked(ASKED, MERGED)] == [move]
    assert [one.command for one in asked(MERGED, ASKED)] == [move]
    for done in (PROVIDED, REQUEST_CLOSED):
        assert asked(ASKED, done, MERGED) == []
    assert asked(ASKED, AgencyDissolved(agency_id=TELECOM, name="Viễn thông")) == []


def test_open_obstacles_follow_their_agency() -> None:
    met = REPORTED.model_copy(update={"agencies": (TELECOM, FOCAL)})
    move = TransferObstacle(
        obstacle_id=MET, from_agency=TELECOM, to=(SCIENCE,), reason=f"{TELECOM} → {SCIENCE}"
    )
    assert [one.command for one in asked(met, MERGED)] == [move]
    assert [one.command for one in asked(MERGED, met)] == [move]
    assert asked(met, RESOLVED, MERGED) == []
