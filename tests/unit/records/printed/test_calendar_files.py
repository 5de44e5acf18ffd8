"""The invitation to a meeting, read back: what calendars take over from one state of it to the next."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from icalendar import Calendar

from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemProposed,
    AttendanceRecorded,
    MeetingCancelled,
    MeetingConvened,
    MeetingKind,
    MeetingPostponed,
    ParticipantInvited,
    ParticipantWithdrawn,
    Point,
    PresidingChanged,
    Proposal,
)
from services.meetings.events import Attendance as There
from services.records.printed.calendar import invitation
from services.records.printed.meeting_file import meeting_file
from shared.dates import Moment
from shared.envelope import Envelope
from shared.errors import InvalidRequest
from shared.messages import Event, PersonId
from tests.unit.records.facts import NAMES, meta

BEGAN = datetime(2026, 3, 2, 1, 30, 15, 250_000, tzinfo=UTC)
CONVENED = MeetingConvened(
    meeting_id="hop",
    kind=MeetingKind.PERIODIC,
    title="Phiên họp quý I; mở rộng, có khách",
    held=Moment("2026-03-20T01:00:00Z"),
    presiding=PersonId("truong-ban"),
    points=(Point(point_id="tinh", name="Điểm cầu tỉnh"), Point(point_id="xa", name="Điểm cầu xã")),
)
NAMED = {"truong-ban": "Chủ tịch UBND tỉnh", "pho": "Phó Chủ tịch"}


def invited(person: str, post: str = "Giám đốc Sở") -> ParticipantInvited:
    return ParticipantInvited(meeting_id="hop", participant=person, post=post)


def past(*events: Event, stream: str = "meeting-langson.hop") -> list[Envelope[Event]]:
    return [
        Envelope(
            event=event,
            event_id=uuid5(NAMES, f"ics {n}"),
            stream=stream,
            revision=n,
            position=n * 100,
            recorded_at=BEGAN + timedelta(minutes=n),
            meta=meta(at="2026-03-02"),
        )
        for n, event in enumerate(events)
    ]


def read(*events: Event) -> tuple[Any, Any]:
    """The calendar and its one event."""
    made = invitation(past(*events), "hop", NAMED, "Ban Chỉ đạo tỉnh")
    calendar: Any = Calendar.from_ical(made)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def attendees(event: Any) -> dict[str, str]:
    found = event.get("attendee", [])
    found = found if isinstance(found, list) else [found]
    return {str(one): one.params["ROLE"] for one in found}


def test_the_first_invitation() -> None:
    calendar, event = read(CONVENED)
    assert calendar["method"] == "REQUEST"
    assert event["uid"] == "meeting-langson.hop"
    assert event["sequence"] == 0
    assert event["status"] == "CONFIRMED"
    assert str(event["summary"]) == CONVENED.title
    assert event["location"] == "Điểm cầu tỉnh; Điểm cầu xã"
    assert event["dtstamp"].dt == BEGAN.replace(microsecond=0)
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event["dtstart"].dt == datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Ho_Chi_Minh"
    assert zone.to_tz().utcoffset(datetime(2026, 3, 20)) == timedelta(hours=7)  # noqa: DTZ001
    assert attendees(event) == {"urn:bcd:langson:person:truong-ban": "CHAIR"}
    assert event["organizer"].params["CN"] == "Ban Chỉ đạo tỉnh"


def test_the_place_is_told_with_the_points_and_moves_with_the_meeting() -> None:
    called = CONVENED.model_copy(update={"place": "Phòng họp số 1"})
    moved = MeetingPostponed(
        meeting_id="hop", held_before=CONVENED.held, held=CONVENED.held, reason="x", place="Phòng họp số 2"
    )
    assert read(called)[1]["location"] == "Phòng họp số 1; Điểm cầu tỉnh; Điểm cầu xã"
    event = read(called, moved)[1]
    assert (event["location"], event["sequence"]) == ("Phòng họp số 2; Điểm cầu tỉnh; Điểm cầu xã", 1)


def test_each_change_is_one_more_and_keeps_the_uid() -> None:
    told: list[Event] = [CONVENED]
    moved = MeetingPostponed(
        meeting_id="hop", held_before=CONVENED.held, held=Moment("2026-03-27T07:30:00Z"), reason="x"
    )
    chaired = PresidingChanged(
        meeting_id="hop", presiding_before=PersonId("truong-ban"), presiding=PersonId("pho")
    )
    proposed = AgendaItemProposed(meeting_id="hop", item_id="1", title="Kho dữ liệu", proposal=Proposal())
    quiet = AttendanceRecorded(meeting_id="hop", participant="a", status=There.PRESENT)
    steps: list[tuple[Event, int]] = [
        (invited("a"), 1),
        (invited("b"), 2),
        (moved, 3),
        (chaired, 4),
        (ParticipantWithdrawn(meeting_id="hop", participant="b"), 5),
        (proposed, 5),
        (AgendaItemAccepted(meeting_id="hop", item_id="1"), 6),
        (quiet, 6),
        (MeetingCancelled(meeting_id="hop", reason="bão"), 7),
    ]
    for change, sequence in steps:
        told.append(change)
        calendar, event = read(*told)
        assert (event["uid"], event["sequence"]) == ("meeting-langson.hop", sequence)
    assert calendar["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"
    assert event["dtstart"].dt == datetime(2026, 3, 27, 7, 30, tzinfo=UTC)
    assert event["dtstamp"].dt == (BEGAN + timedelta(minutes=9)).replace(microsecond=0)
    assert attendees(event) == {
        "urn:bcd:langson:person:pho": "CHAIR",
        "urn:bcd:langson:person:a": "REQ-PARTICIPANT",
    }
    assert "1. Kho dữ liệu" in event["description"]
    assert "bão" in event["description"]


def test_a_day_without_an_hour_gets_none() -> None:
    calendar, event = read(CONVENED.model_copy(update={"held": Moment("2026-03-20")}))
    assert event["dtstart"].dt == date(2026, 3, 20)
    assert calendar.walk("VTIMEZONE") == []


def test_nobody_gets_an_address_and_nobody_breaks_out_of_theirs() -> None:
    post = 'Giám đốc "Sở"\r\nATTENDEE:mailto:x@y'
    made = invitation(past(CONVENED, invited("a b:c;d", post)), "hop", NAMED, "Ban")
    assert b"\nATTENDEE:mailto" not in made
    event: Any = Calendar.from_ical(made).walk("VEVENT")[0]
    other = event["attendee"][1]
    assert str(other) == "urn:bcd:langson:person:a%20b%3Ac%3Bd"
    assert other.params["CN"] == "Giám đốc 'Sở' ATTENDEE:mailto:x@y"


@pytest.mark.parametrize("held", ["2026", "2026-03"])
def test_without_a_day_there_is_no_invitation(held: str) -> None:
    with pytest.raises(InvalidRequest, match=held):
        read(CONVENED.model_copy(update={"held": Moment(held)}))


def test_a_meeting_that_is_not_there() -> None:
    with pytest.raises(InvalidRequest, match="khong-co"):
        invitation(past(CONVENED), "khong-co", {}, "Ban")


def test_the_same_events_are_the_same_bytes() -> None:
    assert invitation(past(CONVENED), "hop", NAMED, "B") == invitation(past(CONVENED), "hop", NAMED, "B")


def test_only_the_stream_of_the_meeting_counts() -> None:
    """The journal finds streams by the beginning of their names, page by page."""
    asked: list[dict[str, Any]] = []

    def journal(**question: Any) -> dict[str, Any]:
        asked.append(question)
        return {
            "rows": [row("meeting-langson.hop", CONVENED, 0), row("meeting-langson.hop-2", invited("x"), 1)]
        }

    made = meeting_file(journal, "hop", "langson", NAMED, "Ban")
    event: Any = Calendar.from_ical(made).walk("VEVENT")[0]
    assert event["sequence"] == 0
    assert asked == [{"stream": "meeting-langson.hop", "after": None, "limit": 1000}]


def row(stream: str, event: Event, n: int) -> dict[str, Any]:
    """An event as the journal answers it."""
    return {
        "event_id": str(UUID(int=n)),
        "type": type(event).__name__,
        "data": event.model_dump(mode="json"),
        "metadata": meta(at="2026-03-02").model_dump(mode="json", by_alias=True, exclude_none=True),
        "shape": event.schema_number,
        "stream": stream,
        "revision": n,
        "position": n * 100,
        "recorded": BEGAN.isoformat(),
    }
