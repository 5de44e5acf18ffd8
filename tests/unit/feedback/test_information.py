"""Requests for information: asked by the support team, answered by who was asked, late or not."""

from datetime import date

import pytest

from services.feedback.information.commands import (
    CloseInformationRequest,
    MarkInformationOverdue,
    ProvideInformation,
    RequestInformation,
    TransferInformationRequest,
)
from services.feedback.information.decider import decider
from services.feedback.information.events import (
    InformationOverdue,
    InformationProvided,
    InformationRequestClosed,
    InformationRequested,
    InformationRequestTransferred,
)
from services.feedback.rules import Rule
from services.members.parameters import Parameters
from shared.dates import Deadline
from shared.envelope import Act
from shared.messages import Event
from tests.unit.feedback.examples import (
    BEFORE,
    CHAIR,
    CLOCK,
    FOCAL,
    OUTSIDE,
    POLICY,
    SCIENCE,
    TEAM,
    TELECOM,
    head,
)
from tests.unit.given import DECISION, Story

R = "so-lieu-tram-phat-song"
DUE = Deadline.parse("2022-10-08")  # a Saturday
ASK = RequestInformation(request_id=R, to=TELECOM, what="Số trạm phát sóng theo xã", due=DUE)
ASKED = InformationRequested.model_validate(ASK.model_dump())
PROVIDE = ProvideInformation(request_id=R, content="412 trạm", document=DECISION)
PROVIDED = InformationProvided.model_validate({**PROVIDE.model_dump(), "agency": TELECOM})
CLOSE = CloseInformationRequest(request_id=R, reason="Đã có từ nguồn khác")
CLOSED = InformationRequestClosed(request_id=R, reason="Đã có từ nguồn khác", owing=(TELECOM,))
TRANSFER = TransferInformationRequest(request_id=R, from_agency=TELECOM, to=(SCIENCE, FOCAL), reason="chia")
MOVED = InformationRequestTransferred.model_validate({**TRANSFER.model_dump(), "owing": (SCIENCE, FOCAL)})


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


def mark(today: str) -> MarkInformationOverdue:
    return MarkInformationOverdue(request_id=R, today=date.fromisoformat(today))


def test_asked_answered_closed() -> None:
    told = story().when(ASK, TEAM).then(ASKED)
    told.when(PROVIDE, head(TELECOM)).then(PROVIDED)
    told.when(PROVIDE, head(TELECOM)).then_nothing()
    told.when(CLOSE, TEAM).then(CLOSED.model_copy(update={"owing": ()}))
    told.when(CLOSE, TEAM).then_nothing()


@pytest.mark.parametrize("who", [TEAM, CHAIR, BEFORE])
def test_the_support_team_or_a_leader_asks(who: Act) -> None:
    story().when(ASK, who).then(ASKED)


@pytest.mark.parametrize("who", [head(TELECOM), OUTSIDE, POLICY])
def test_nobody_else_asks_or_closes(who: Act) -> None:
    story().when(ASK, who).then_refused(Rule.INFORMATION_ASKED_BY_TEAM)
    story(ASKED).when(CLOSE, who).then_refused(Rule.INFORMATION_ASKED_BY_TEAM)


def test_asked_once_and_by_when() -> None:
    story(ASKED).when(ASK, TEAM).then_refused(Rule.REQUEST_IS_NEW)
    open_end = ASK.model_copy(update={"due": None})
    story().when(open_end, TEAM).then_refused(Rule.REQUEST_HAS_DEADLINE)
    story().when(open_end, BEFORE).then(ASKED.model_copy(update={"due": None}))


def test_the_deadline_counts_as_the_regulation_says() -> None:
    rolling = Parameters(roll_deadlines=True)
    told = story().when(ASK, Act(TEAM.actor, TEAM.effective_at, terms=rolling.model_dump(mode="json")))
    assert told.state.due.latest == date(2022, 10, 10)
    assert told.state.due.wording == DUE.wording


def test_who_was_asked_provides() -> None:
    for who in (head(SCIENCE), TEAM, CHAIR):
        story(ASKED).when(PROVIDE, who).then_refused(Rule.PROVIDED_BY_ASKED)
    story(ASKED).when(PROVIDE, BEFORE).then(PROVIDED.model_copy(update={"agency": None}))


def test_more_of_it_is_a_new_event() -> None:
    more = PROVIDE.model_copy(update={"content": "415 trạm"})
    told = story(ASKED, PROVIDED).when(more, head(TELECOM, at="2022-12-01"))
    told.then(PROVIDED.model_copy(update={"content": "415 trạm"}))


def test_nothing_goes_on_before_asking_or_after_closing() -> None:
    for command, who in (
        (PROVIDE, head(TELECOM)),
        (CLOSE, TEAM),
        (mark("2030-01-01"), CLOCK),
        (TRANSFER, POLICY),
    ):
        story().when(command, who).then_refused(Rule.REQUEST_STANDS)
    story(ASKED, CLOSED).when(PROVIDE, head(TELECOM)).then_refused(Rule.REQUEST_IS_OPEN)


def test_late_is_recorded() -> None:
    late = PROVIDED.model_copy(update={"late": True})
    story(ASKED).when(PROVIDE, head(TELECOM, at="2022-10-08")).then(PROVIDED)
    story(ASKED).when(PROVIDE, head(TELECOM, at="2022-10-09")).then(late)
    as_prescribed = ASKED.model_copy(update={"due": Deadline.parse("theo quy định")})
    story(as_prescribed).when(PROVIDE, head(TELECOM, at="2030-10-09")).then(PROVIDED)


def test_the_clock_notes_it_once() -> None:
    told = story(ASKED).when(mark("2022-10-08"), CLOCK).then_nothing()
    told.when(mark("2022-10-09"), CLOCK)
    told.then(InformationOverdue(request_id=R, owing=(TELECOM,), due=DUE, seen=date(2022, 10, 9)))
    told.when(mark("2022-10-10"), CLOCK).then_nothing()
    for events in ((ASKED, PROVIDED), (ASKED, CLOSED), (ASKED.model_copy(update={"due": None}),)):
        story(*events).when(mark("2030-01-01"), CLOCK).then_nothing()
    story(ASKED).when(mark("2030-01-01"), CHAIR).then_refused(Rule.INFORMATION_OVERDUE_BY_CLOCK)
    story(ASKED).when(mark("2022-10-09"), TEAM).then_refused(Rule.INFORMATION_OVERDUE_BY_CLOCK)


def test_what_is_owed_follows_the_agency_to_each_of_its_successors() -> None:
    told = story(ASKED).when(TRANSFER, POLICY).then(MOVED)
    told.when(TRANSFER, POLICY).then_nothing()
    told.when(PROVIDE, head(TELECOM)).then_refused(Rule.PROVIDED_BY_ASKED)
    told.when(PROVIDE, head(SCIENCE)).then(PROVIDED.model_copy(update={"agency": SCIENCE, "owing": (FOCAL,)}))
    told.when(mark("2022-10-09"), CLOCK)
    told.then(InformationOverdue(request_id=R, owing=(FOCAL,), due=DUE, seen=date(2022, 10, 9)))
    told.when(PROVIDE, head(FOCAL)).then(PROVIDED.model_copy(update={"agency": FOCAL}))
    story(ASKED).when(TRANSFER, CHAIR).then_refused(Rule.FOLLOWS_ITS_AGENCY)


def test_what_was_answered_or_closed_stays() -> None:
    for events in ((ASKED, PROVIDED), (ASKED, CLOSED)):
        story(*events).when(TRANSFER, POLICY).then_nothing()


def test_an_heir_that_answered_for_itself_still_owes_what_it_inherits() -> None:
    again = TransferInformationRequest(request_id=R, from_agency=FOCAL, to=(SCIENCE,), reason="nhập")
    told = story(ASKED, MOVED).when(PROVIDE, head(SCIENCE)).when(again, POLICY)
    assert told.state.owing == (SCIENCE,)
    told.when(PROVIDE, head(SCIENCE)).then(PROVIDED.model_copy(update={"agency": SCIENCE}))
