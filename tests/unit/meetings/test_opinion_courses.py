"""Random courses of commands, valid and not: what holds of a round of opinions after each."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from services.meetings.commands import (
    CloseOpinionRound,
    ExtendOpinionRound,
    MarkOpinionsOverdue,
    RequestOpinions,
    SubmitOpinion,
)
from services.meetings.events import (
    Answer,
    OpinionOverdue,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionSubmitted,
    RoundForm,
)
from services.meetings.opinion import decider as opinion_round
from shared.messages import Event
from tests.unit.histories import machine
from tests.unit.meetings.courses import DAYS, DUES, FEW, bound, some_acts

R = "dot-1"
SEATS = ("ghe-1", "ghe-2", "ghe-3")
ROUND_COMMANDS = st.one_of(
    st.builds(
        RequestOpinions,
        round_id=st.just(R),
        subject=st.just("Dự thảo"),
        asked=st.sampled_from([(), SEATS[:2], SEATS[:1] * 2]),
        form=st.sampled_from(RoundForm),
        due=st.sampled_from([None, DUES[0]]),
        text_digest=st.sampled_from([None, "ab"]),
    ),
    st.builds(
        SubmitOpinion,
        round_id=st.just(R),
        seat_id=st.sampled_from(SEATS),
        answer=st.sampled_from(Answer),
        comments=st.sampled_from(["", "rõ kinh phí"]),
        text_digest=st.sampled_from([None, "ab", "cd"]),
    ),
    st.builds(ExtendOpinionRound, round_id=st.just(R), due=st.sampled_from(DUES), reason=st.just("chờ")),
    st.builds(MarkOpinionsOverdue, round_id=st.just(R), today=DAYS),
    st.builds(CloseOpinionRound, round_id=st.just(R)),
)


def a_round_is_in_order(events: list[Event], state: Any) -> None:
    versions = dict[str, int]()
    marked = set[tuple[str, date | None]]()
    asked: tuple[str, ...] = ()
    for n, event in enumerate(events):
        assert isinstance(event, OpinionRequested) == (n == 0)
        match event:
            case OpinionRequested():
                asked = event.asked
                assert len(set(asked)) == len(asked)
            case OpinionSubmitted():
                assert event.version == versions.get(event.seat_id, 0) + 1
                versions[event.seat_id] = event.version
            case OpinionOverdue():
                assert event.seat_id in asked
                assert event.seat_id not in versions
                assert event.due.passed(event.seen)
                marked.add((event.seat_id, event.due.latest))
            case OpinionRoundClosed():
                assert n == len(events) - 1
                assert sum(event.tally.model_dump().values()) == len({*asked, *versions})
            case _:
                pass


def a_bound_round_is_in_order(events: list[Event], state: Any) -> None:
    """Besides: only those asked answer, each about the text, and each is overdue once for a deadline."""
    a_round_is_in_order(events, state)
    missed = [(one.seat_id, one.due.latest) for one in events if isinstance(one, OpinionOverdue)]
    assert len(missed) == len(set(missed))
    for event in events:
        if isinstance(event, OpinionSubmitted):
            assert state.requested.text_digest in (None, event.text_digest)
        if isinstance(event, OpinionRoundClosed):
            assert sum(event.tally.model_dump().values()) == len(state.requested.asked)


SEAT_ACTS = some_acts(seats=(None, *SEATS))
TestARound = machine(opinion_round.decider, ROUND_COMMANDS, SEAT_ACTS, a_round_is_in_order, FEW)
TestABoundRound = machine(
    opinion_round.decider, ROUND_COMMANDS, SEAT_ACTS.map(bound), a_bound_round_is_in_order
)
