"""Erasing personal data: requested, refused on a legal basis, or ordered by the chair and recorded (D7.8)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from services.members.privacy import decider as privacy
from services.members.privacy.commands import (
    OrderErasure,
    PrivacyCommand,
    RecordErasure,
    RefuseErasure,
    RequestErasure,
)
from services.members.privacy.events import (
    ErasureOrdered,
    ErasureRefused,
    ErasureRequested,
    PersonalDataErased,
)
from services.members.privacy.records import READ_MODELS, erasures
from services.members.rules import Rule
from shared.envelope import Act
from shared.messages import DocumentRef, Event
from tests.unit.given import DECISION, Story, act
from tests.unit.histories import acts, machine
from tests.unit.rows import envelopes, project, rows

SUBJECT = "person:chuyen-gia-a"
CHAIR = act("chair", document=DECISION)
BARE = act("chair")
TEAM = act("team_member")
DEPUTY = act("standing_deputy")
ACTING = act("standing_deputy", acts_for="truong-ban")
ORDER_PAPER = DocumentRef(number="12/QĐ-BCĐ", date=date(2026, 2, 3))
BASIS = "Điều 14, Điều 19 Luật 91/2025"
GROUND = "Hết mục đích xử lý"
DAY = date(2022, 9, 28)

REQUEST = RequestErasure(subject=SUBJECT)
REFUSE = RefuseErasure(subject=SUBJECT, basis=BASIS)
ORDER = OrderErasure(subject=SUBJECT, ground=GROUND, document=ORDER_PAPER)
RECORD = RecordErasure(subject=SUBJECT, key_id="ab" * 16, destroyed_on=DAY)
REQUESTED = ErasureRequested(subject=SUBJECT, decide_by=date(2022, 10, 18))
REFUSED = ErasureRefused(subject=SUBJECT, basis=BASIS)
ORDERED = ErasureOrdered(subject=SUBJECT, ground=GROUND, document=ORDER_PAPER)
ERASED = PersonalDataErased(subject=SUBJECT, key_id="ab" * 16, destroyed_on=DAY)


@pytest.fixture
def story() -> Story:
    return Story(privacy.decider)


@pytest.mark.parametrize("by", [TEAM, act("focal_point"), BARE, ACTING, act("record_keeper")])
def test_who_keeps_the_records_notes_a_request_and_until_when_it_is_decided(story: Story, by: Act) -> None:
    story.when(REQUEST, by).then(REQUESTED)
    story.when(REQUEST, by).then_nothing()


@pytest.mark.parametrize("by", [DEPUTY, act("member"), act("agency"), act("policy")])
def test_nobody_else_notes_it(story: Story, by: Act) -> None:
    story.when(REQUEST, by).then_refused(Rule.ERASURE_NOTED_BY_KEEPER)


def test_a_day_at_the_end_of_time_sets_no_limit(story: Story) -> None:
    story.when(REQUEST, act("team_member", at="9999")).then(ErasureRequested(subject=SUBJECT))


def test_it_is_refused_on_a_legal_basis_and_may_be_asked_anew(story: Story) -> None:
    story.given(REQUESTED).when(REFUSE, BARE).then(REFUSED)
    story.when(REFUSE, BARE).then_nothing()
    other = REFUSE.model_copy(update={"basis": "Điều 16"})
    story.when(other, BARE).then_refused(Rule.ERASURE_LIES_BEFORE)
    story.when(REQUEST, TEAM).then(REQUESTED)
    story.when(other, BARE).then_happened(ErasureRefused)


@pytest.mark.parametrize("given", [(), (ORDERED,), (ORDERED, ERASED)])
def test_only_what_waits_is_refused(story: Story, given: tuple[Event, ...]) -> None:
    story.given(*given).when(REFUSE, BARE).then_refused(Rule.ERASURE_LIES_BEFORE)


@pytest.mark.parametrize("command", [REFUSE, ORDER])
@pytest.mark.parametrize("by", [TEAM, DEPUTY, act("focal_point"), act("issuer", document=DECISION)])
def test_only_the_chair_decides(story: Story, command: PrivacyCommand, by: Act) -> None:
    story.given(REQUESTED).when(command, by).then_refused(Rule.ERASURE_BY_CHAIR)


@pytest.mark.parametrize("given", [(), (REQUESTED,), (REQUESTED, REFUSED)])
def test_the_chair_orders_it_with_or_without_a_request(story: Story, given: tuple[Event, ...]) -> None:
    story.given(*given).when(ORDER, ACTING).then(ORDERED)
    story.when(ORDER, ACTING).then_nothing()
    story.when(REQUEST, TEAM).then_nothing()


def test_it_is_ordered_by_a_document(story: Story) -> None:
    spoken = ORDER.model_copy(update={"document": None})
    story.when(spoken, BARE).then_refused(Rule.ERASED_BY_DOCUMENT)
    story.when(spoken, CHAIR).then(ORDERED.model_copy(update={"document": DECISION}))


def test_that_it_was_done_is_recorded_once_after_the_order(story: Story) -> None:
    story.given(REQUESTED).when(RECORD, TEAM).then_refused(Rule.ERASURE_WAS_ORDERED)
    story.given(ORDERED).when(RECORD, DEPUTY).then_refused(Rule.ERASURE_RECORDED_BY_KEEPER)
    story.when(RECORD, TEAM).then(ERASED)
    story.when(RECORD, TEAM).then_nothing()
    story.when(ORDER, CHAIR).then_nothing()


@pytest.mark.parametrize("subject", ["chuyen-gia-a", "person:", "Person:a", "person:có tên"])
def test_a_subject_is_a_kind_and_an_id(subject: str) -> None:
    with pytest.raises(ValidationError):
        RequestErasure(subject=subject)


def test_the_register_has_a_row_a_subject_and_no_personal_value() -> None:
    told = [REQUESTED, REFUSED, REQUESTED, ORDERED, ERASED]
    for until, state in enumerate(["requested", "refused", "requested", "ordered", "erased"], start=1):
        recorded = envelopes(privacy.decider, SUBJECT, told[:until], CHAIR)
        [row] = rows(project(READ_MODELS, recorded, twice=True), erasures)
        assert row["state"] == state
    assert row["subject_key"] == SUBJECT
    assert (row["requested_on"], row["decide_by"], row["legal_basis"]) == ("2022-09-28", "2022-10-18", None)
    assert (row["erasure_ground"], row["order_document"]) == (GROUND, "12/QĐ-BCĐ 03/02/2026")
    assert (row["key_id"], row["destroyed_on"]) == ("ab" * 16, "2022-09-28")


def test_of_a_refused_request_the_register_shows_the_basis() -> None:
    [row] = rows(
        project(READ_MODELS, envelopes(privacy.decider, SUBJECT, [REQUESTED, REFUSED], CHAIR)), erasures
    )
    assert (row["state"], row["legal_basis"], row["key_id"]) == ("refused", BASIS, None)


def _holds(events: list[Event], _state: Any) -> None:
    kinds: list[type[Event]] = [type(event) for event in events]
    assert kinds.count(ErasureOrdered) <= 1
    assert kinds.count(PersonalDataErased) <= 1
    if PersonalDataErased in kinds:
        assert [kind.__name__ for kind in kinds[-2:]] == ["ErasureOrdered", "PersonalDataErased"]


TestCourses = machine(privacy.decider, st.sampled_from([REQUEST, REFUSE, ORDER, RECORD]), acts(), _holds)
