"""Commendations: proposed for completed tasks, decided on, or noted from outside (D7.4, paragraph 2)."""

from typing import Any

import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from services.members.commendation import decider as commendation
from services.members.commendation.commands import (
    CommendationCommand,
    DecideCommendation,
    NoteCommendation,
    ProposeCommendation,
)
from services.members.commendation.events import (
    CommendationDecided,
    CommendationNoted,
    CommendationProposed,
)
from services.members.commendation.records import READ_MODELS, commendations
from services.members.policies import POLICIES
from services.members.rules import Rule
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, Event
from tests.unit.given import DECISION, SOURCE, Story, act
from tests.unit.histories import acts, machine
from tests.unit.holdings import asked_after
from tests.unit.rows import envelopes, project, rows

TEAM = act("team_member")
ISSUER = act("issuer", document=DECISION)
ACTING = act("standing_deputy", acts_for="truong-ban")
AWARD = DocumentRef(number="15/QĐ-KT")
PROPOSE = ProposeCommendation(
    commendation_id="kt-1",
    seats=("giam-doc-so-a",),
    agencies=(AgencyId("so-a"),),
    form="Bằng khen của Chủ tịch UBND tỉnh",
    reasons="Hoàn thành trước hạn việc số hóa hồ sơ",
    tasks=("nhiem-vu-1",),
)
PROPOSED = CommendationProposed.model_validate(PROPOSE.model_dump())
GRANT = DecideCommendation(commendation_id="kt-1", granted=True, reason="Đủ điều kiện", document=AWARD)
GRANTED = CommendationDecided(commendation_id="kt-1", granted=True, reason="Đủ điều kiện", document=AWARD)
DECLINE = DecideCommendation(commendation_id="kt-1", granted=False, reason="Chưa đủ điều kiện")
DECLINED = CommendationDecided(commendation_id="kt-1", granted=False, reason="Chưa đủ điều kiện")
NOTE = NoteCommendation(
    commendation_id="kt-1",
    recipient="Nền tảng cửa khẩu số hư cấu",
    form="Giải thưởng",
    given_by="Hiệp hội A",
    document=AWARD,
)
NOTED = CommendationNoted.model_validate(NOTE.model_dump())


@pytest.fixture
def story() -> Story:
    return Story(commendation.decider)


def test_the_support_team_proposes_once(story: Story) -> None:
    story.when(PROPOSE, TEAM).then(PROPOSED)
    story.when(PROPOSE, TEAM).then_refused(Rule.COMMENDATION_IS_NEW)
    story.when(NOTE, TEAM).then_refused(Rule.COMMENDATION_IS_NEW)


@pytest.mark.parametrize(
    "capacity", ["chair", "deputy", "member", "agency", "focal_point", "issuer", "policy"]
)
def test_nobody_else_proposes(story: Story, capacity: str) -> None:
    story.when(PROPOSE, act(capacity)).then_refused(Rule.COMMENDED_BY_TEAM)


def test_a_proposal_cites_completed_tasks_or_another_merit(story: Story) -> None:
    bare = PROPOSE.model_copy(update={"tasks": ()})
    story.when(bare, TEAM).then_refused(Rule.COMMENDED_FOR_TASKS)
    story.when(bare.model_copy(update={"other_merit": "Sáng kiến dùng chung dữ liệu"}), TEAM)
    story.then_happened(CommendationProposed)


def test_nothing_is_cited_twice(story: Story) -> None:
    story.when(PROPOSE.model_copy(update={"tasks": ("nhiem-vu-1", "nhiem-vu-1")}), TEAM).then(PROPOSED)


def test_somebody_is_commended() -> None:
    with pytest.raises(ValidationError, match="seats or the agencies"):
        ProposeCommendation(commendation_id="kt-1", form="Bằng khen", reasons="Tốt", tasks=("nhiem-vu-1",))
    with pytest.raises(ValidationError, match="or the recipient"):
        NoteCommendation(commendation_id="kt-1", form="Giải thưởng", given_by="Hiệp hội A")


@pytest.mark.parametrize("by", [ISSUER, act("chair"), ACTING])
@pytest.mark.parametrize(("command", "event"), [(GRANT, GRANTED), (DECLINE, DECLINED)])
def test_the_competent_decide_once(
    story: Story, by: Act, command: DecideCommendation, event: CommendationDecided
) -> None:
    expected = event.model_copy(update={"document": command.document or by.document})
    story.given(PROPOSED).when(command, by).then(expected)
    story.when(command, by).then_nothing()
    other = DECLINE if command is GRANT else GRANT
    story.when(other, by).then_refused(Rule.COMMENDATION_LIES_BEFORE)


@pytest.mark.parametrize(
    "capacity", ["standing_deputy", "deputy", "member", "team_leader", "agency", "policy"]
)
def test_nobody_else_decides(story: Story, capacity: str) -> None:
    story.given(PROPOSED).when(GRANT, act(capacity)).then_refused(Rule.COMMENDATION_BY_COMPETENT)


@pytest.mark.parametrize("given", [(), (NOTED,)])
def test_only_what_was_proposed_is_decided_on(story: Story, given: tuple[Event, ...]) -> None:
    story.given(*given).when(GRANT, ISSUER).then_refused(Rule.COMMENDATION_LIES_BEFORE)


def test_it_is_granted_by_a_document(story: Story) -> None:
    bare = GRANT.model_copy(update={"document": None})
    story.given(PROPOSED).when(bare, act("chair")).then_refused(Rule.GRANTED_BY_DECISION)
    story.when(bare, ISSUER).then(GRANTED.model_copy(update={"document": DECISION}))


@pytest.mark.parametrize("by", [TEAM, ISSUER, act("record_keeper", source=SOURCE)])
def test_what_comes_from_outside_is_noted(story: Story, by: Act) -> None:
    story.when(NOTE, by).then(NOTED)
    story.when(NOTE, by).then_refused(Rule.COMMENDATION_IS_NEW)


def test_it_is_noted_by_its_document_or_from_a_source(story: Story) -> None:
    bare = NOTE.model_copy(update={"document": None})
    story.when(bare, TEAM).then_refused(Rule.COMMENDATION_NOTED_BY_DOCUMENT)
    story.when(bare, act("record_keeper", source=SOURCE)).then(NOTED.model_copy(update={"document": None}))


@pytest.mark.parametrize("capacity", ["chair", "member", "agency", "policy"])
def test_nobody_else_notes_it(story: Story, capacity: str) -> None:
    story.when(NOTE, act(capacity)).then_refused(Rule.COMMENDATION_NOTED_BY_TEAM)


def test_before_the_regulation_it_is_not_asked_who_acted(story: Story) -> None:
    story.when(NOTE, act("member", bound=False, source=SOURCE)).then(NOTED)


# The register


def recorded(*events: Event) -> list[Any]:
    return envelopes(commendation.decider, "kt-1", events, ISSUER)


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize(
    ("events", "state", "document"),
    [
        ((PROPOSED,), "proposed", None),
        ((PROPOSED, GRANTED), "granted", "15/QĐ-KT"),
        ((PROPOSED, DECLINED), "not_granted", None),
        ((NOTED,), "noted", "15/QĐ-KT"),
    ],
)
def test_the_register(twice: bool, events: tuple[Event, ...], state: str, document: str | None) -> None:
    [row] = rows(project(READ_MODELS, recorded(*events), twice=twice), commendations)
    assert (row["state"], row["award_document"]) == (state, document)
    if state == "noted":
        assert (row["recipient"], row["commended_by"]) == (NOTE.recipient, "Hiệp hội A")
    else:
        assert (row["commended_seats"], row["commended_agencies"]) == (["giam-doc-so-a"], ["so-a"])
        assert (row["title"], row["cited_tasks"]) == (PROPOSE.form, ["nhiem-vu-1"])


def test_nothing_follows_from_it() -> None:
    assert asked_after(POLICIES, recorded(PROPOSED, GRANTED)) == []


# Any course of commands

ID = st.just("kt-1")
COMMANDS: st.SearchStrategy[CommendationCommand] = st.one_of(
    st.builds(
        ProposeCommendation,
        commendation_id=ID,
        seats=st.just(("giam-doc-so-a",)),
        form=st.just("Bằng khen"),
        reasons=st.just("Hoàn thành tốt"),
        tasks=st.sampled_from([(), ("nhiem-vu-1",)]),
        other_merit=st.sampled_from([None, "Sáng kiến"]),
    ),
    st.builds(
        DecideCommendation,
        commendation_id=ID,
        granted=st.booleans(),
        reason=st.just("Theo hồ sơ"),
        document=st.sampled_from([None, AWARD]),
    ),
    st.builds(
        NoteCommendation,
        commendation_id=ID,
        recipient=st.just("Giải pháp hư cấu"),
        form=st.just("Giải thưởng"),
        given_by=st.just("Hiệp hội A"),
        document=st.sampled_from([None, AWARD]),
    ),
)


def holds(events: list[Event], now: commendation.Commendation) -> None:
    """Begun once, decided once and only where proposed; nothing is granted without a document."""
    assert [type(event) for event in events] in (
        [],
        [CommendationNoted],
        [CommendationProposed],
        [CommendationProposed, CommendationDecided],
    )
    for event in events:
        if isinstance(event, CommendationProposed):
            assert event.tasks or event.other_merit
        if isinstance(event, CommendationDecided):
            assert event.document is not None or not event.granted


TestAnyCourse = machine(commendation.decider, COMMANDS, acts(), holds)
