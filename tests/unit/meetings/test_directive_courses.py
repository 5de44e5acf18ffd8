"""Random courses of commands, valid and not: what holds of a directive after each."""

from typing import Any

from hypothesis import strategies as st

from services.meetings.directive import commands as directing
from services.meetings.directive import decider as directive
from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    AcknowledgementOverdue,
    DirectiveAcknowledged,
    DirectiveIssued,
    DirectiveReaddressed,
    DirectiveWithdrawn,
)
from shared.messages import Event
from tests.unit.histories import machine
from tests.unit.meetings.courses import AGENCIES, DAYS, DUES, some_acts

D = "chi-dao"
ADDRESSEES = st.sampled_from([*AGENCIES, SUPPORT_TEAM_ID])
DIRECTIVE_COMMANDS = st.one_of(
    st.builds(
        directing.IssueDirective,
        directive_id=st.just(D),
        text=st.just("Đẩy nhanh"),
        to=st.sampled_from([(), AGENCIES[:1], AGENCIES[:2], (*AGENCIES[:1], SUPPORT_TEAM_ID)]),
        to_support_team=st.booleans(),
        acknowledge_by=st.sampled_from([None, DUES[0]]),
    ),
    st.builds(
        directing.AcknowledgeDirective,
        directive_id=st.just(D),
        agency_id=ADDRESSEES,
        measures=st.sampled_from(["đã họp", "đã gửi"]),
    ),
    st.builds(directing.MarkAcknowledgementsOverdue, directive_id=st.just(D), today=DAYS),
    st.builds(
        directing.ReaddressDirective,
        directive_id=st.just(D),
        from_agency=ADDRESSEES,
        to=st.sampled_from([AGENCIES[1:], AGENCIES[2:], AGENCIES[:1]]),
        reason=st.just("hợp nhất"),
    ),
    st.builds(directing.WithdrawDirective, directive_id=st.just(D), reason=st.just("thay thế")),
)


def a_directive_is_in_order(events: list[Event], state: Any) -> None:
    addressees, told, overdue = set[str](), set[str](), set[str]()
    for n, event in enumerate(events):
        assert isinstance(event, DirectiveIssued) == (n == 0)
        match event:
            case DirectiveIssued():
                addressees = set(event.addressees)
                assert len(addressees) == len(event.addressees)
            case DirectiveAcknowledged():
                assert event.agency_id in addressees
                told.add(event.agency_id)
            case AcknowledgementOverdue():
                assert event.agency_id in addressees - told - overdue
                assert event.due.passed(event.seen)
                overdue.add(event.agency_id)
            case DirectiveReaddressed():
                assert event.from_agency in addressees - told
                assert event.from_agency not in event.to
                addressees = (addressees - {event.from_agency}) | set(event.to)
            case DirectiveWithdrawn():
                assert n == len(events) - 1
            case _:
                pass
    assert set(state.silent) == addressees - told


TestADirective = machine(
    directive.decider, DIRECTIVE_COMMANDS, some_acts(agencies=(None, *AGENCIES)), a_directive_is_in_order
)
