"""What is discussed, what is concluded, and the minutes."""

from datetime import date

import pytest

from services.meetings.commands import ApproveMinutes, IssueConclusion, NoteAgendaItem, ProposeAgendaItem
from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    ConclusionIssued,
    DutyToDo,
    MinutesApproved,
)
from services.meetings.meeting import decider
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import Command, DocumentRef
from tests.unit.given import DECISION, Story, act
from tests.unit.meetings.examples import (
    BY_MEMBER,
    CANCELLED,
    CHAIR,
    CLOSED,
    CONCRETE,
    CONVENED,
    DEPUTY,
    FOR_CHAIR,
    KEEPER,
    OPENED,
    OUTSIDE,
    SO_XAY_DUNG,
    STANDING,
    TEAM,
    VAGUE,
    M,
    on,
)

PROPOSE = ProposeAgendaItem(meeting_id=M, item_id="ma-qr", title="Gắn mã QR tên đường", proposal=CONCRETE)
PROPOSE_VAGUELY = PROPOSE.model_copy(update={"proposal": VAGUE})
NOTE = NoteAgendaItem(meeting_id=M, item_id="9-thang", title="Kết quả 9 tháng đầu năm")
CONCLUDE = IssueConclusion(
    meeting_id=M,
    conclusion_id="kl-1",
    text="Giao Sở Xây dựng chủ trì rà soát tên đường.",
    duties=(
        DutyToDo(
            what="Rà soát tên đường",
            lead=(SO_XAY_DUNG,),
            lead_wording="Sở Xây dựng",
            deadline=Deadline(wording="trong tháng 10", latest=date(2022, 10, 31)),
        ),
    ),
    notice=DocumentRef(number="512/TB-VP", date=date(2022, 9, 30), issuer="Văn phòng UBND tỉnh"),
)
MINUTES = ApproveMinutes(meeting_id=M, minutes=DocumentRef(number="03/BB-BCĐ", date=date(2022, 9, 29)))


def meeting() -> Story:
    return Story(decider).given(CONVENED)


@pytest.mark.parametrize("who", [TEAM, BY_MEMBER, DEPUTY])
def test_a_concrete_proposal_is_accepted(who: Act) -> None:
    story = meeting().when(PROPOSE, who)
    story.then(
        AgendaItemProposed(meeting_id=M, item_id="ma-qr", title="Gắn mã QR tên đường", proposal=CONCRETE),
        AgendaItemAccepted(meeting_id=M, item_id="ma-qr"),
    )
    story.when(PROPOSE, who).then_nothing()


def test_a_vague_proposal_goes_back_with_what_is_missing() -> None:
    story = meeting().when(PROPOSE_VAGUELY, TEAM).then_happened(AgendaItemProposed, AgendaItemReturned)
    assert story.outcome[1] == AgendaItemReturned(meeting_id=M, item_id="ma-qr", missing=("goals", "results"))
    story.when(PROPOSE_VAGUELY, TEAM).then_nothing()
    story.when(PROPOSE, TEAM).then_happened(AgendaItemProposed, AgendaItemAccepted)


def test_what_is_on_the_agenda_stays_as_it_is() -> None:
    story = meeting().when(PROPOSE, TEAM)
    story.when(PROPOSE_VAGUELY, TEAM).then_refused(Rule.ITEM_IS_NEW)


def test_proposals_come_from_within() -> None:
    meeting().when(PROPOSE, OUTSIDE).then_refused(Rule.PREPARED_FROM_WITHIN)


def test_nothing_is_proposed_after_the_meeting() -> None:
    meeting().given(OPENED, CLOSED).when(PROPOSE, TEAM).then_refused(Rule.NOT_OVER)


def test_an_item_known_from_a_source_is_noted_also_after_the_meeting() -> None:
    noted = AgendaItemNoted(meeting_id=M, item_id="9-thang", title="Kết quả 9 tháng đầu năm")
    story = meeting().given(OPENED, CLOSED).when(NOTE, KEEPER).then(noted)
    story.when(NOTE, KEEPER).then_nothing()


def test_an_item_is_noted_only_from_a_source_and_by_the_record_keepers() -> None:
    meeting().when(NOTE, TEAM).then_refused(Rule.NOTED_FROM_A_SOURCE)
    by_document = act(Capacity.TEAM_MEMBER, document=DECISION)
    meeting().when(NOTE, by_document).then_happened(AgendaItemNoted)
    meeting().when(NOTE, BY_MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_what_was_returned_is_not_noted_onto_the_agenda_by_a_document() -> None:
    by_document = act(Capacity.TEAM_MEMBER, document=DECISION)
    again = NOTE.model_copy(update={"item_id": PROPOSE.item_id})
    story = meeting().when(PROPOSE_VAGUELY, TEAM)
    story.when(again, by_document).then_refused(Rule.RETURNED_IS_COMPLETED)
    story.when(again, KEEPER).then_happened(AgendaItemNoted)  # that it was discussed is a fact of the source


@pytest.mark.parametrize("who", [CHAIR, FOR_CHAIR])
def test_a_conclusion_is_issued_once(who: Act) -> None:
    story = meeting().given(OPENED, CLOSED).when(CONCLUDE, who)
    story.then(ConclusionIssued.model_validate(CONCLUDE.model_dump()))
    story.when(CONCLUDE, who).then_nothing()
    story.when(CONCLUDE.model_copy(update={"text": "Khác"}), who).then_refused(Rule.CONCLUSION_IS_NEW)


def test_who_presided_concludes() -> None:
    by_deputy = CONVENED.model_copy(update={"presiding": STANDING.actor.person})
    Story(decider).given(by_deputy).when(CONCLUDE, STANDING).then_happened(ConclusionIssued)
    meeting().when(CONCLUDE, STANDING).then_refused(Rule.PRESIDING_CONCLUDES)
    meeting().when(MINUTES, TEAM).then_refused(Rule.PRESIDING_CONCLUDES)


def test_nothing_is_concluded_before_the_meeting() -> None:
    early = on("2022-09-27", CHAIR)
    meeting().when(CONCLUDE, early).then_refused(Rule.HAS_BEGUN)
    meeting().when(MINUTES, early).then_refused(Rule.HAS_BEGUN)


def test_minutes_are_approved_and_may_be_followed_by_others() -> None:
    story = meeting().when(MINUTES, CHAIR).then_happened(MinutesApproved)
    story.when(MINUTES, CHAIR).then_nothing()
    others = MINUTES.model_copy(update={"minutes": DocumentRef(number="03a/BB-BCĐ")})
    story.when(others, CHAIR).then_happened(MinutesApproved)


@pytest.mark.parametrize("command", [PROPOSE, NOTE, CONCLUDE, MINUTES], ids=lambda c: type(c).__name__)
def test_nothing_happens_to_a_meeting_that_does_not_stand(command: Command) -> None:
    Story(decider).when(command, CHAIR).then_refused(Rule.MEETING_STANDS)
    meeting().given(CANCELLED).when(command, CHAIR).then_refused(Rule.MEETING_STANDS)
