"""What comes in: registered once, a second copy noticed, given on."""

from datetime import date

import pytest

from services.meetings.document.commands import ForwardIncoming, RegisterIncoming, Urgency
from services.meetings.document.events import DuplicateNoticed, IncomingForwarded, IncomingRegistered
from services.meetings.document.incoming import decider
from services.meetings.rules import Rule
from services.members.parameters import Parameters, as_terms
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import DocumentRef
from tests.unit.given import Story
from tests.unit.meetings.document_examples import (
    ARRIVED,
    ARRIVES,
    BEFORE,
    CHAIR,
    CLOCK,
    HEAD,
    INVITED,
    MEMBER,
    OUTSIDE,
    TEAM,
    TEAM_LEADER,
    digest,
)

GIVE = ForwardIncoming(
    year=2026,
    document_id="den-1",
    to="Tổ giúp việc",
    forwarded_on=date(2026, 2, 6),
    with_units=("Sở Mẫu",),
    instruction="Giao Tổ giúp việc tham mưu trả lời",
    due=Deadline(wording="trước ngày 01/3/2026", latest=date(2026, 2, 28)),
)


def on(day: str, who: Act = TEAM, parameters: Parameters | None = None) -> Act:
    return Act(who.actor, Moment(day), terms=as_terms(parameters))


def again(**changed: object) -> RegisterIncoming:
    return ARRIVES.model_copy(update=changed)


def noticed(same: str, document_id: str = "den-1", day: date = date(2026, 2, 5)) -> DuplicateNoticed:
    return DuplicateNoticed(
        year=2026,
        document_id=document_id,
        duplicate_of="den-1",
        arrival_number=1,
        same=same,
        document=INVITED,
        received_on=day,
        text_digest=digest("den-1"),
        copies=1,
    )


def arrivals() -> Story:
    return Story(decider).given(ARRIVED)


def test_arrivals_are_numbered_in_their_order() -> None:
    story = Story(decider).when(ARRIVES, TEAM).then(ARRIVED)
    other = again(document_id="den-2", document=DocumentRef(number="13/UBND-VX", issuer="UBND xã Mẫu"))
    story.when(other, TEAM_LEADER).then_happened(IncomingRegistered)
    assert story.state.last == 2
    assert decider.stream_id(ARRIVES) == "2026"


def test_the_same_message_twice_is_one_record_and_one_warning() -> None:
    story = Story(decider).when(ARRIVES, TEAM).when(ARRIVES, TEAM).then(noticed("document_id"))
    story.when(ARRIVES, TEAM).then_nothing()
    assert list(story.state.records) == ["den-1"]
    assert story.state.last == 1


def test_the_same_number_and_issuer_is_the_same_document() -> None:
    spaced = DocumentRef(number="12/ubnd-vx ", date=date(2026, 2, 2), issuer="UBND  xã Mẫu")
    story = arrivals().when(again(document_id="den-2", document=spaced), TEAM)
    story.then(noticed("number_and_issuer", "den-2").model_copy(update={"document": spaced}))
    next_day = again(document_id="den-2", received_on=date(2026, 2, 6))
    story.when(next_day, on("2026-02-06")).then(noticed("document_id", "den-2", date(2026, 2, 6)))


def test_a_number_that_began_anew_is_another_document() -> None:
    last_year = INVITED.model_copy(update={"date": date(2025, 2, 2)})
    arrivals().when(again(document_id="den-2", document=last_year), TEAM).then_happened(IncomingRegistered)
    undated = INVITED.model_copy(update={"date": None})
    arrivals().when(again(document_id="den-2", document=undated), TEAM).then_happened(DuplicateNoticed)


def test_who_issued_it_is_named() -> None:
    for issuer in (None, "  "):
        nameless = again(document=INVITED.model_copy(update={"issuer": issuer}))
        Story(decider).when(nameless, TEAM).then_refused(Rule.INCOMING_NAMES_ITS_ISSUER)


def test_the_day_of_arrival_is_of_the_year_and_has_come() -> None:
    story = Story(decider)
    story.when(again(received_on=date(2025, 12, 31)), TEAM).then_refused(Rule.DATE_IN_THE_YEAR)
    story.when(again(received_on=date(2026, 2, 6)), TEAM).then_refused(Rule.DATE_NOT_AHEAD)


def test_registered_late_is_noted() -> None:
    """It came on Thursday: in time until Friday; an urgent one only on the day itself."""
    for day, urgency, late in (
        ("2026-02-06", None, False),
        ("2026-02-09", None, True),
        ("2026-02-05", Urgency.URGENT, False),
        ("2026-02-06", Urgency.URGENT, True),
    ):
        story = Story(decider).when(again(urgency=urgency), on(day))
        story.then(ARRIVED.model_copy(update={"urgency": urgency, "late": late}))


@pytest.mark.parametrize("who", [MEMBER, HEAD, OUTSIDE, CLOCK])
def test_the_team_registers_and_gives_on(who: Act) -> None:
    Story(decider).when(ARRIVES, who).then_refused(Rule.TEAM_KEEPS_RECORDS)
    arrivals().when(GIVE, on("2026-02-06", who)).then_refused(Rule.TEAM_KEEPS_RECORDS)
    Story(decider).when(ARRIVES, BEFORE).then(ARRIVED)


def test_given_on_with_the_leaders_opinion_and_a_settled_deadline() -> None:
    expected = IncomingForwarded.model_validate(GIVE.model_dump())
    story = arrivals().when(GIVE, on("2026-02-06", CHAIR)).then(expected)
    story.when(GIVE, on("2026-02-06", CHAIR)).then_nothing()
    rolls = on("2026-02-06", TEAM, Parameters(roll_deadlines=True))
    arrivals().when(GIVE, rolls).then_happened(IncomingForwarded)
    moved = arrivals().when(GIVE, rolls).outcome[0]
    assert isinstance(moved, IncomingForwarded)
    assert moved.due is not None
    assert moved.due.latest == date(2026, 3, 2)  # 28 February 2026 is a Saturday


def test_a_second_copy_is_given_on_as_the_record_that_stands() -> None:
    story = arrivals().when(again(document_id="den-2"), TEAM)
    story.when(GIVE.model_copy(update={"document_id": "den-2"}), on("2026-02-06"))
    story.then(IncomingForwarded.model_validate(GIVE.model_dump()))


def test_given_on_to_another_afterwards() -> None:
    story = arrivals().when(GIVE, on("2026-02-06"))
    other = GIVE.model_copy(update={"to": "Sở Tài chính", "forwarded_on": date(2026, 2, 9)})
    story.when(other, on("2026-02-09"))
    story.then(IncomingForwarded.model_validate({**other.model_dump(), "late": True}))


def test_only_what_was_registered_is_given_on_and_not_before_it_came() -> None:
    Story(decider).when(GIVE, on("2026-02-06")).then_refused(Rule.INCOMING_IS_REGISTERED)
    early = GIVE.model_copy(update={"forwarded_on": date(2026, 2, 4)})
    arrivals().when(early, on("2026-02-06")).then_refused(Rule.SENT_AFTER_ISSUE)
    arrivals().when(GIVE, on("2026-02-05")).then_refused(Rule.DATE_NOT_AHEAD)
