"""Every event comes back from the store as it went in, and names its clauses."""

import json
from datetime import UTC, date, datetime
from typing import Any, get_args
from uuid import UUID

import pytest

from services.meetings.events import (
    AbsenceDeclined,
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    Answer,
    Attendance,
    AttendanceRecorded,
    ConclusionIssued,
    DutyToDo,
    MeetingEvent,
    MeetingPostponed,
    MinutesApproved,
    OpinionEvent,
    OpinionOverdue,
    OpinionRoundClosed,
    OpinionRoundExtended,
    OpinionSubmitted,
    ParticipantInvited,
    ParticipantWithdrawn,
    SubstituteAuthorised,
    Tally,
)
from services.meetings.history import CODEC
from shared.dates import Deadline, Moment
from shared.eventstore.port import RecordedEvent
from shared.history import encode
from shared.messages import Event
from tests.unit.meetings.examples import (
    AGREED,
    ASKED,
    BY_MEMBER,
    CANCELLED,
    CLOSED,
    CONCRETE,
    CONVENED,
    MEMBER,
    OPENED,
    OPINION,
    REPORTED,
    SO_XAY_DUNG,
    SUBSTITUTE,
    M,
    R,
)
from tests.unit.rows import ROOT, metadata_of

DUE = Deadline(wording="quý IV/2022", latest=date(2022, 12, 31))
SAMPLES: tuple[Event, ...] = (
    CONVENED,
    MeetingPostponed(meeting_id=M, held_before=Moment("2022-09-28"), held=Moment("2022-10"), reason="bão"),
    CANCELLED,
    OPENED,
    CLOSED,
    ParticipantInvited(meeting_id=M, participant="cuc-thue", post="Cục trưởng", point_id="tinh", expert=True),
    ParticipantWithdrawn(meeting_id=M, participant="cuc-thue", reason="đổi nội dung"),
    AgendaItemProposed(meeting_id=M, item_id="a", title="Mã QR", proposal=CONCRETE),
    AgendaItemAccepted(meeting_id=M, item_id="a"),
    AgendaItemReturned(meeting_id=M, item_id="a", missing=("goals",)),
    AgendaItemNoted(meeting_id=M, item_id="a", title="Mã QR"),
    AttendanceRecorded(
        meeting_id=M, participant="cac-huyen", status=Attendance.PRESENT, point_id="huyen", count=11
    ),
    REPORTED,
    AGREED,
    AbsenceDeclined(meeting_id=M, member=MEMBER),
    SubstituteAuthorised(meeting_id=M, member=MEMBER, substitute=SUBSTITUTE, opinion=OPINION),
    ConclusionIssued(
        meeting_id=M,
        conclusion_id="kl-1",
        text="Giao việc",
        duties=(DutyToDo(what="Rà soát", lead=(SO_XAY_DUNG,), deadline=DUE), DutyToDo(what="Báo cáo")),
        notice=OPINION,
    ),
    MinutesApproved(meeting_id=M, minutes=OPINION),
    ASKED,
    OpinionSubmitted(round_id=R, seat_id="ghe-1", version=2, answer=Answer.AGREE, late=True),
    OpinionOverdue(round_id=R, seat_id="ghe-1", due=DUE, seen=date(2023, 1, 1)),
    OpinionRoundExtended(round_id=R, due_before=None, due=DUE, reason="thêm thời gian"),
    OpinionRoundClosed(round_id=R, tally=Tally(agree=2, no_answer=1)),
)


def stored(event: Event, **more: Any) -> RecordedEvent:
    new = encode(event, UUID(int=1), metadata_of(event, BY_MEMBER))
    data = json.dumps({**json.loads(new.data), **more}).encode()
    when = datetime(2022, 9, 28, tzinfo=UTC)
    return RecordedEvent(new.id, new.type, data, new.metadata, "meeting-langson.x", 0, 1, when)


def test_there_is_a_sample_of_every_event() -> None:
    assert {type(sample) for sample in SAMPLES} == {*get_args(MeetingEvent), *get_args(OpinionEvent)}
    assert {type(sample).__name__ for sample in SAMPLES} == set(CODEC.types)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_survives_the_round_trip(event: Event) -> None:
    decoded = CODEC.decode(stored(event, unknown_to_this_code=1))
    assert decoded.event == event
    assert decoded.meta.command_id == ROOT
    assert decoded.meta.clauses == event.clauses


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_names_its_own_clauses(event: Event) -> None:
    assert "clauses" in vars(type(event))
    assert all(clause.startswith("D") for clause in event.clauses)
