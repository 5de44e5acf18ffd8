"""Initiatives: who proposes, who assesses, what is carried out."""

import pytest

from services.feedback.initiative.commands import AssessInitiative, ImplementInitiative, ProposeInitiative
from services.feedback.initiative.decider import decider
from services.feedback.initiative.events import (
    Assessment,
    InitiativeAssessed,
    InitiativeImplemented,
    InitiativeProposed,
)
from services.feedback.rules import Rule
from services.members.capacity import Capacity
from shared.envelope import Act
from shared.messages import AgencyId, Event
from tests.unit.feedback.examples import BEFORE, CHAIR, DEPUTY, OUTSIDE, POLICY, SCIENCE, STANDING, TEAM, head
from tests.unit.given import DECISION, Story, act

IDEA = "sang-kien-to-cong-nghe"
SEAT = "giam-doc-so-khcn"
MEMBER = act(Capacity.MEMBER, person=SEAT, seat=SEAT, agency=SCIENCE)
PROPOSE = ProposeInitiative(
    initiative_id=IDEA,
    title="Tổ công nghệ số cộng đồng",
    content="Mỗi thôn một tổ",
    expected_result="1.600 tổ",
    seat_id=SEAT,
    agency_id=SCIENCE,
)
PROPOSED = InitiativeProposed.model_validate(PROPOSE.model_dump())
ADOPT = AssessInitiative(initiative_id=IDEA, assessment=Assessment.ADOPTED)
DEFER = AssessInitiative(initiative_id=IDEA, assessment=Assessment.DEFERRED, reason="Chưa có kinh phí")
ADOPTED, DEFERRED = (InitiativeAssessed.model_validate(one.model_dump()) for one in (ADOPT, DEFER))
IMPLEMENT = ImplementInitiative(initiative_id=IDEA, result="Đã lập 1.658 tổ", document=DECISION)
IMPLEMENTED = InitiativeImplemented.model_validate(IMPLEMENT.model_dump())


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


def test_from_proposal_to_result() -> None:
    told = story().when(PROPOSE, MEMBER).then(PROPOSED)
    told.when(DEFER, CHAIR).then(DEFERRED)
    told.when(DEFER, CHAIR).then_nothing()
    told.when(ADOPT, DEPUTY).then(ADOPTED)
    told.when(ADOPT, DEPUTY).then_nothing()
    told.when(IMPLEMENT, head(SCIENCE)).then(IMPLEMENTED)
    told.when(IMPLEMENT, head(SCIENCE)).then_nothing()


@pytest.mark.parametrize("who", [MEMBER, TEAM, BEFORE])
def test_in_ones_own_name_or_noted_by_the_support_team(who: Act) -> None:
    story().when(PROPOSE, who).then(PROPOSED)


def test_unnamed_it_is_the_proposers_own() -> None:
    bare = PROPOSE.model_copy(update={"seat_id": None, "agency_id": None})
    story().when(bare, MEMBER).then(PROPOSED)
    story().when(bare, head(SCIENCE)).then(PROPOSED.model_copy(update={"seat_id": None}))


@pytest.mark.parametrize("who", [OUTSIDE, POLICY, head(AgencyId("so-khac")), DEPUTY])
def test_nobody_proposes_for_another(who: Act) -> None:
    story().when(PROPOSE, who).then_refused(Rule.INITIATIVE_FROM_WITHIN)


def test_proposed_once() -> None:
    story(PROPOSED).when(PROPOSE, MEMBER).then_refused(Rule.INITIATIVE_IS_NEW)


@pytest.mark.parametrize("who", [MEMBER, TEAM, head(SCIENCE), OUTSIDE])
def test_only_leaders_assess(who: Act) -> None:
    story(PROPOSED).when(ADOPT, who).then_refused(Rule.INITIATIVE_ASSESSED_BY_LEADERS)


def test_what_is_not_adopted_has_a_reason() -> None:
    silent = DEFER.model_copy(update={"reason": None})
    story(PROPOSED).when(silent, STANDING).then_refused(Rule.ASSESSMENT_SAYS_WHY)
    story(PROPOSED).when(silent, BEFORE).then_happened(InitiativeAssessed)


def test_only_what_was_proposed_and_adopted_is_carried_out() -> None:
    for command, who in ((ADOPT, CHAIR), (IMPLEMENT, CHAIR)):
        story().when(command, who).then_refused(Rule.INITIATIVE_STANDS)
    for events in ((PROPOSED,), (PROPOSED, DEFERRED), (PROPOSED, ADOPTED, DEFERRED)):
        story(*events).when(IMPLEMENT, TEAM).then_refused(Rule.INITIATIVE_ADOPTED_FIRST)


@pytest.mark.parametrize("who", [MEMBER, TEAM, CHAIR, head(SCIENCE), BEFORE])
def test_carried_out_by_those_concerned(who: Act) -> None:
    story(PROPOSED, ADOPTED).when(IMPLEMENT, who).then(IMPLEMENTED)


def test_strangers_carry_out_nothing() -> None:
    for who in (head(AgencyId("so-khac")), OUTSIDE):
        story(PROPOSED, ADOPTED).when(IMPLEMENT, who).then_refused(Rule.IMPLEMENTED_BY_CONCERNED)


def test_what_is_carried_out_stays_so() -> None:
    done = (PROPOSED, ADOPTED, IMPLEMENTED)
    story(*done).when(DEFER, CHAIR).then_refused(Rule.INITIATIVE_GOES_ON)
    other = IMPLEMENT.model_copy(update={"result": "khác"})
    story(*done).when(other, TEAM).then_refused(Rule.INITIATIVE_GOES_ON)
    story(*done).when(ADOPT, CHAIR).then_nothing()
