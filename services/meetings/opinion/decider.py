"""A round of opinions: who is asked about which text, what each seat answered, how it ended (D6.1.c)."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.meetings.commands import (
    CloseOpinionRound,
    ExtendOpinionRound,
    MarkOpinionsOverdue,
    OpinionCommand,
    RequestOpinions,
    SubmitOpinion,
)
from services.meetings.events import (
    Answer,
    OpinionEvent,
    OpinionOverdue,
    OpinionRequested,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    RoundForm,
    Tally,
)
from services.meetings.rules import Rule, require_where_bound
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, answers_for, noticed
from services.members.parameters import terms
from shared.dates import Deadline
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class OpinionRound:
    """A round so far: the latest opinion of each seat, and the seats marked under the present deadline."""

    requested: OpinionRequested | None = None
    due: Deadline | None = None
    opinions: dict[str, OpinionSubmitted] = field(default_factory=dict)
    overdue: frozenset[str] = frozenset()
    closed: bool = False


def request(command: RequestOpinions, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    """D3, D6.1.c: opinions are asked in writing, or at a meeting; a seat is asked once."""
    _from_within(act)
    require(round_.requested is None, Rule.ROUND_IS_NEW, f"round {command.round_id} was opened already")
    known_from_source = act.source is not None
    require_where_bound(
        act, bool(command.asked) or known_from_source, Rule.SOMEBODY_IS_ASKED, "no seat is asked"
    )
    require_where_bound(
        act,
        command.form is RoundForm.WRITTEN or command.meeting_id is not None or known_from_source,
        Rule.OPINION_AT_A_MEETING,
        "name the meeting at which opinions are asked",
    )
    told = {
        **command.model_dump(),
        "asked": tuple(dict.fromkeys(command.asked)),
        "due": terms(act).settle(command.due),
        "sent": act.effective_at.earliest,
    }
    return [OpinionRequested.model_validate(told)]


def submit(command: SubmitOpinion, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    """D6.1.c: one opinion a seat; another one is a new version. Late is recorded, never refused."""
    requested = _open(round_)
    require_where_bound(
        act,
        command.seat_id in requested.asked,
        Rule.ONLY_THOSE_ASKED,
        f"{command.seat_id} was not asked in this round",
    )
    require(
        answers_for(act, command.seat_id),
        Rule.ANSWERED_BY_MEMBERS,
        f"who holds the seat {command.seat_id} answers, or the support team notes the answer",
    )
    require_where_bound(
        act,
        requested.text_digest is None or command.text_digest == requested.text_digest,
        Rule.SAME_TEXT,
        f"the opinion is not about the text that was sent out, {requested.text_digest}",
    )
    require_where_bound(
        act,
        requested.sent is None or act.effective_at.latest >= requested.sent,
        Rule.AFTER_THE_TEXT_WENT_OUT,
        f"the text went out on {requested.sent}, and an opinion on it comes that day or later",
    )
    before = round_.opinions.get(command.seat_id)
    submitted = OpinionSubmitted(
        round_id=command.round_id,
        seat_id=command.seat_id,
        version=before.version + 1 if before else 1,
        answer=command.answer,
        comments=command.comments,
        text_digest=command.text_digest,
        late=round_.due is not None and round_.due.passed(act.effective_at.earliest),
    )
    return [] if before and _same(before, submitted) else [submitted]


def _same(one: OpinionSubmitted, other: OpinionSubmitted) -> bool:
    """Whether two opinions say the same about the same text."""
    return (one.answer, one.comments, one.text_digest) == (other.answer, other.comments, other.text_digest)


def extend(command: ExtendOpinionRound, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    """D6.1.c: more time for all; seats that were overdue are so no longer, until the new deadline."""
    _from_within(act)
    _open(round_)
    due = terms(act).settle(command.due) or command.due
    if due == round_.due:
        return []
    old, new = round_.due.latest if round_.due else None, due.latest
    require_where_bound(
        act,
        old is None or (new is not None and new > old),
        Rule.EXTENSION_IS_LATER,
        f"the new deadline is not after {old}",
    )
    return [
        OpinionRoundExtended(round_id=command.round_id, due_before=round_.due, due=due, reason=command.reason)
    ]


def close(command: CloseOpinionRound, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    """D6.1.c: the round ends with a tally of seats."""
    _from_within(act)
    if round_.closed:
        return []
    return [OpinionRoundClosed(round_id=command.round_id, tally=_tally(_open(round_), round_))]


def _tally(requested: OpinionRequested, round_: OpinionRound) -> Tally:
    answers = Counter(opinion.answer for opinion in round_.opinions.values())
    return Tally(
        agree=answers[Answer.AGREE],
        agree_with_comments=answers[Answer.AGREE_WITH_COMMENTS],
        disagree=answers[Answer.DISAGREE],
        no_answer=len(_unanswered(requested, round_)),
    )


def mark_overdue(command: MarkOpinionsOverdue, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    """D6.1.c: once for each seat and deadline. A clock that comes after the end finds nothing to mark."""
    require(
        act.in_capacity(Capacity.POLICY, *SUPPORT_TEAM),
        Rule.MARKED_BY_CLOCK,
        "overdue follows from the clock; the support team may look at it",
    )
    if round_.closed:
        return []
    requested, due, today = _open(round_), round_.due, noticed(act, command.today)
    if due is None or not due.passed(today):
        return []
    return [
        OpinionOverdue(round_id=command.round_id, seat_id=seat_id, due=due, seen=today)
        for seat_id in _unanswered(requested, round_)
        if seat_id not in round_.overdue
    ]


def _unanswered(requested: OpinionRequested, round_: OpinionRound) -> list[str]:
    return [seat_id for seat_id in requested.asked if seat_id not in round_.opinions]


def _from_within(act: Act) -> None:
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.ASKED_FROM_WITHIN,
        "the chair, a deputy or the support team asks for opinions",
    )


def _open(round_: OpinionRound) -> OpinionRequested:
    """The question of a round that still takes answers; refuses for any other."""
    require(round_.requested is not None, Rule.ROUND_IS_OPEN, "no such round was opened")
    require(not round_.closed, Rule.ROUND_IS_OPEN, "the round is closed")
    assert round_.requested is not None
    return round_.requested


def decide(command: OpinionCommand, act: Act, round_: OpinionRound) -> list[OpinionEvent]:
    match command:
        case RequestOpinions():
            return request(command, act, round_)
        case SubmitOpinion():
            return submit(command, act, round_)
        case ExtendOpinionRound():
            return extend(command, act, round_)
        case CloseOpinionRound():
            return close(command, act, round_)
        case MarkOpinionsOverdue():
            return mark_overdue(command, act, round_)
        case _:
            assert_never(command)


def evolve(round_: OpinionRound, event: OpinionEvent) -> OpinionRound:
    match event:
        case OpinionRequested():
            return OpinionRound(requested=event, due=event.due)
        case OpinionSubmitted():
            return replace(round_, opinions={**round_.opinions, event.seat_id: event})
        case OpinionOverdue():
            return replace(round_, overdue=round_.overdue | {event.seat_id})
        case OpinionRoundExtended():
            return replace(round_, due=event.due, overdue=frozenset())
        case OpinionRoundClosed():
            return replace(round_, closed=True)
        case _:
            assert_never(event)


decider: Decider[OpinionCommand, OpinionEvent, OpinionRound] = Decider(
    category="opinion",
    stream_id=lambda command: command.round_id,
    initial=OpinionRound(),
    decide=decide,
    evolve=evolve,
)
