"""Obstacles: who reports them, who puts them before the chair, who resolves them."""

import pytest

from services.feedback.obstacle.commands import (
    EscalateObstacle,
    ReportObstacle,
    ResolveObstacle,
    TransferObstacle,
)
from services.feedback.obstacle.decider import decider
from services.feedback.obstacle.events import (
    ObstacleEscalated,
    ObstacleReported,
    ObstacleResolved,
    ObstacleTransferred,
)
from services.feedback.rules import Rule
from services.members.capacity import Capacity
from shared.envelope import Act
from shared.messages import Event
from tests.unit.feedback.examples import (
    BEFORE,
    CHAIR,
    DEPUTY,
    FOCAL,
    OUTSIDE,
    POLICY,
    SCIENCE,
    TEAM,
    TELECOM,
    head,
)
from tests.unit.given import DECISION, Story, act

MET = "vuong-mac-dinh-muc"
REPORT = ReportObstacle(
    obstacle_id=MET, what="Chưa có định mức thuê dịch vụ", field="tài chính", proposal="Ban hành định mức"
)
REPORTED = ObstacleReported.model_validate(
    {**REPORT.model_dump(), "agencies": (SCIENCE,), "agency_id": SCIENCE}
)
ESCALATE = EscalateObstacle(obstacle_id=MET, reason="Vượt thẩm quyền của sở")
ESCALATED = ObstacleEscalated(obstacle_id=MET, reason="Vượt thẩm quyền của sở")
RESOLVE = ResolveObstacle(obstacle_id=MET, how="Đã ban hành định mức", document=DECISION)
RESOLVED = ObstacleResolved.model_validate(RESOLVE.model_dump())
TRANSFER = TransferObstacle(obstacle_id=MET, from_agency=SCIENCE, to=(TELECOM, FOCAL), reason="chia tách")
SEATED = act(Capacity.MEMBER, seat="giam-doc-so-khcn", agency=SCIENCE)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


def test_from_report_to_resolution() -> None:
    told = story().when(REPORT, head(SCIENCE)).then(REPORTED)
    told.when(ESCALATE, head(SCIENCE)).then(ESCALATED)
    told.when(ESCALATE, TEAM).then_nothing()
    told.when(RESOLVE, CHAIR).then(RESOLVED)
    told.when(RESOLVE, CHAIR).then_nothing()


def test_who_reports_it_stays_known() -> None:
    story().when(REPORT, SEATED).then(REPORTED.model_copy(update={"seat_id": "giam-doc-so-khcn"}))
    for_others = REPORT.model_copy(update={"agencies": (TELECOM, TELECOM)})
    told = story().when(for_others, TEAM)
    told.then(REPORTED.model_copy(update={"agencies": (TELECOM,), "agency_id": FOCAL}))
    story().when(REPORT, TEAM).then(REPORTED.model_copy(update={"agencies": (), "agency_id": FOCAL}))


@pytest.mark.parametrize("who", [OUTSIDE, POLICY])
def test_reported_from_within(who: Act) -> None:
    story().when(REPORT, who).then_refused(Rule.OBSTACLE_FROM_WITHIN)


def test_reported_once() -> None:
    story(REPORTED).when(REPORT, head(SCIENCE)).then_refused(Rule.OBSTACLE_IS_NEW)


@pytest.mark.parametrize("who", [head(SCIENCE), TEAM, DEPUTY, BEFORE])
def test_escalated_and_resolved_by_those_concerned(who: Act) -> None:
    story(REPORTED).when(ESCALATE, who).then(ESCALATED).when(RESOLVE, who).then(RESOLVED)
    story(REPORTED).when(RESOLVE, who).then(RESOLVED)


def test_the_member_who_reported_it_goes_on_with_it() -> None:
    """From the own seat, whoever meets it and whether or not an agency stands behind the seat."""
    lone = act(Capacity.MEMBER, seat="chuyen-gia")
    told = story().when(REPORT, lone)
    told.then(REPORTED.model_copy(update={"agencies": (), "agency_id": None, "seat_id": "chuyen-gia"}))
    told.when(ESCALATE, act(Capacity.MEMBER, seat="ghe-khac")).then_refused(Rule.ESCALATED_BY_CONCERNED)
    told.when(ESCALATE, act(Capacity.TEAM_MEMBER, seat="chuyen-gia")).then(ESCALATED)
    told.when(RESOLVE, lone).then(RESOLVED)


@pytest.mark.parametrize("who", [head(TELECOM), OUTSIDE, POLICY])
def test_strangers_neither_escalate_nor_resolve(who: Act) -> None:
    story(REPORTED).when(ESCALATE, who).then_refused(Rule.ESCALATED_BY_CONCERNED)
    story(REPORTED).when(RESOLVE, who).then_refused(Rule.RESOLVED_BY_COMPETENT)


def test_only_what_was_reported_and_is_open_goes_on() -> None:
    for command in (ESCALATE, RESOLVE):
        story().when(command, CHAIR).then_refused(Rule.OBSTACLE_STANDS)
    story().when(TRANSFER, POLICY).then_refused(Rule.OBSTACLE_STANDS)
    story(REPORTED, RESOLVED).when(ESCALATE, CHAIR).then_refused(Rule.OBSTACLE_IS_OPEN)
    otherwise = RESOLVE.model_copy(update={"how": "khác"})
    story(REPORTED, RESOLVED).when(otherwise, CHAIR).then_refused(Rule.OBSTACLE_IS_OPEN)


def test_an_open_obstacle_follows_its_agency() -> None:
    moved = ObstacleTransferred.model_validate({**TRANSFER.model_dump(), "agencies": (TELECOM, FOCAL)})
    told = story(REPORTED).when(TRANSFER, POLICY).then(moved)
    told.when(TRANSFER, POLICY).then_nothing()
    told.when(RESOLVE, head(SCIENCE)).then_refused(Rule.RESOLVED_BY_COMPETENT)
    told.when(RESOLVE, head(FOCAL)).then(RESOLVED)
    told.when(TRANSFER, POLICY).then_nothing()
    story(REPORTED, RESOLVED).when(TRANSFER, POLICY).then_nothing()
    story(REPORTED).when(TRANSFER, CHAIR).then_refused(Rule.FOLLOWS_ITS_AGENCY)
