"""Sets of targets: listed, assessed again and again, revised."""

import pytest
from pydantic import ValidationError

from services.tasks.rules import Rule
from services.tasks.target.commands import AssessTarget, ListedTarget, ReviseTargets, SetTargets
from services.tasks.target.decider import decider
from services.tasks.target.events import (
    Direction,
    Outcome,
    Target,
    TargetAssessed,
    TargetsRevised,
    TargetsSet,
)
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import Event
from tests.unit.given import SOURCE, Story, act
from tests.unit.tasks.examples import (
    BEFORE,
    BUILDING,
    CHAIR,
    DEPUTY,
    FOR_CHAIR,
    KEEPER,
    LEAD,
    OUTSIDE,
    PARTNER,
    POLICY,
    TEAM,
    UNDOCUMENTED,
)

S = "chi-tieu-2022"
ONLINE = ListedTarget(
    target_id="ct-1",
    name="Hồ sơ trực tuyến",
    unit="%",
    value="80",
    direction=Direction.AT_LEAST,
    lead=(BUILDING,),
)
OTHER = ListedTarget(target_id="ct-2", name="Tổ công nghệ số cộng đồng")
SET = SetTargets(set_id=S, title="Chỉ tiêu năm 2022", period="2022", targets=(ONLINE, OTHER))
LISTED = tuple(Target.model_validate(one.model_dump()) for one in (ONLINE, OTHER))
MADE = TargetsSet(set_id=S, title="Chỉ tiêu năm 2022", period="2022", targets=LISTED)
ASSESS = AssessTarget(
    set_id=S, target_id="ct-1", outcome=Outcome.ACHIEVED, as_of=Moment("2022-08"), value="81,5"
)
ASSESSED = TargetAssessed.model_validate(ASSESS.model_dump())
ESTIMATE = ASSESS.model_copy(update={"estimated": True})
REVISE = ReviseTargets(set_id=S, targets=(ONLINE,), reason="Trung ương điều chỉnh")
REVISED = TargetsRevised(set_id=S, title=MADE.title, targets=LISTED[:1], reason=REVISE.reason)
FROM_SOURCE = act("team_member", source=SOURCE)


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR, OUTSIDE, KEEPER, FROM_SOURCE, BEFORE])
def test_set_once_by_who_may(who: Act) -> None:
    made = MADE.model_copy(update={"authority": "ubnd-tinh" if who is OUTSIDE else None})
    story().when(SET, who).then(made).when(SET, who).then_refused(Rule.TARGETS_ARE_NEW)


@pytest.mark.parametrize("who", [DEPUTY, TEAM, LEAD, POLICY, UNDOCUMENTED])
def test_nobody_else_sets_or_revises(who: Act) -> None:
    story().when(SET, who).then_refused(Rule.TARGETS_SET_BY_CHAIR)
    story(MADE).when(REVISE, who).then_refused(Rule.TARGETS_SET_BY_CHAIR)


def test_an_outside_authority_revises_its_own_set_and_no_other() -> None:
    story(MADE).when(REVISE, OUTSIDE).then_refused(Rule.TARGETS_SET_BY_CHAIR)
    its_own = MADE.model_copy(update={"authority": "ubnd-tinh"})
    story(its_own).when(REVISE, OUTSIDE).then_happened(TargetsRevised)
    story(its_own).when(REVISE, UNDOCUMENTED).then_refused(Rule.TARGETS_SET_BY_CHAIR)


def test_the_same_assessment_is_no_news_and_another_is() -> None:
    told = story(MADE).when(ASSESS, TEAM).then(ASSESSED)
    told.when(ASSESS, TEAM).then_nothing()
    restated = ASSESS.model_copy(update={"outcome": Outcome.NOT_ACHIEVED, "value": "79"})
    told.when(restated, TEAM).then_happened(TargetAssessed)
    told.when(ASSESS, TEAM).then(ASSESSED)


def test_the_lead_estimates() -> None:
    story(MADE).when(ESTIMATE, LEAD).then_happened(TargetAssessed)
    story(MADE).when(ASSESS, LEAD).then_refused(Rule.LEAD_ESTIMATES)
    story(MADE).when(ESTIMATE, PARTNER).then_refused(Rule.ASSESSED_BY)
    story(MADE).when(ASSESS, CHAIR).then_refused(Rule.ASSESSED_BY)
    unled = ESTIMATE.model_copy(update={"target_id": "ct-2"})
    story(MADE).when(unled, LEAD).then_refused(Rule.ASSESSED_BY)


def test_only_what_is_listed_is_assessed() -> None:
    story().when(ASSESS, TEAM).then_refused(Rule.TARGETS_STAND)
    unknown = ASSESS.model_copy(update={"target_id": "ct-9"})
    story(MADE).when(unknown, TEAM).then_refused(Rule.TARGET_IS_LISTED)
    gone = ASSESS.model_copy(update={"target_id": "ct-2"})
    story(MADE, REVISED).when(gone, TEAM).then_refused(Rule.TARGET_IS_LISTED)


def test_an_outcome_of_a_day_to_come_is_an_estimate() -> None:
    ahead = ASSESS.model_copy(update={"as_of": Moment("2023-01")})
    story(MADE).when(ahead, TEAM).then_refused(Rule.CONFIRMED_IS_PAST)
    estimate = ahead.model_copy(update={"estimated": True})
    story(MADE).when(estimate, TEAM).then_happened(TargetAssessed)


def test_revised_with_a_reason() -> None:
    told = story(MADE).when(REVISE, CHAIR).then(REVISED)
    told.when(REVISE, CHAIR).then_nothing()
    told.when(REVISE.model_copy(update={"title": "Chỉ tiêu điều chỉnh"}), CHAIR).then_happened(TargetsRevised)
    story().when(REVISE, CHAIR).then_refused(Rule.TARGETS_STAND)


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": ()},
        {"targets": (ONLINE, ONLINE)},
        {"period": "quý I"},
        {"period": "2025-2021"},
    ],
)
def test_what_is_no_set(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SetTargets.model_validate({**SET.model_dump(), **wrong})
