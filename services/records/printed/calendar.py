"""The invitation to a meeting for people's calendars: iCalendar (RFC 5545) as iTIP sends it (RFC 5546).

It is a copy for convenience: who may stay away is decided by the one who presides (D6.1.d), not by a reply.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vUri

from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    MeetingCancelled,
    MeetingConvened,
    MeetingPostponed,
    ParticipantInvited,
    ParticipantWithdrawn,
    PresidingChanged,
)
from shared.catalogue import both, say, word
from shared.catalogue.presentation import Names
from shared.dates import VIETNAM, Moment
from shared.envelope import Envelope
from shared.errors import InvalidRequest

PRODUCT: Final = "-//bcd//Ban Chi dao//VI"
ZONE: Final = str(VIETNAM)
DAY: Final = len("YYYY-MM-DD")


@dataclass
class _Invitation:
    """What the events say up to now; `changes` is how often it changed after it was first sent."""

    convened: MeetingConvened
    stream: str
    committee: str
    held: Moment
    presiding: str
    presiding_post: str | None
    stamped: datetime
    place: str | None = None
    changes: int = 0
    cancelled: str | None = None
    invited: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    agenda: dict[str, str] = field(default_factory=dict)


def invitation(past: Iterable[Envelope[Any]], meeting: str, names: Names, called: str) -> bytes:
    """The file; `called` is the committee's name, `names` are posts by their holders.

    The UID is the meeting's stream, SEQUENCE grows by one with every event that changes what the invitation
    says, DTSTAMP is when the last of them was recorded. No address of electronic mail is invented: whoever
    attends is named by post and by a URN. Raises InvalidRequest where the meeting or its day is not known.
    """
    found = _told(past, meeting)
    if found is None:
        raise InvalidRequest("meeting", both("exports.no_meeting", meeting=meeting))
    if len(found.held) < DAY:
        raise InvalidRequest("day", both("exports.no_day", meeting=meeting, held=found.held))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if found.cancelled is not None else "REQUEST")
    if "T" in found.held:
        calendar.add_component(_zone())
    calendar.add_component(_event(found, names, called))
    made: bytes = calendar.to_ical()
    return made


def _told(past: Iterable[Envelope[Any]], meeting: str) -> _Invitation | None:
    said: _Invitation | None = None
    for one in past:
        if getattr(one.event, "meeting_id", None) != meeting or not one.stream.startswith("meeting-"):
            continue
        if isinstance(one.event, MeetingConvened):
            event = one.event
            presiding, post = event.presiding, event.presiding_post
            said = _Invitation(
                event, one.stream, one.committee, event.held, presiding, post, one.recorded_at, event.place
            )
        elif said is not None and _changed(said, one.event):
            said.changes += 1
            said.stamped = one.recorded_at
    return said


def _changed(said: _Invitation, event: Any) -> bool:
    """Whether the event changes what the invitation says; it does so."""
    match event:
        case MeetingPostponed():
            said.held = event.held
            said.place = event.place or said.place
        case MeetingCancelled():
            said.cancelled = event.reason
        case PresidingChanged():
            said.presiding, said.presiding_post = event.presiding, event.presiding_post
        case ParticipantInvited():
            said.invited[event.participant] = event.post
        case ParticipantWithdrawn():
            said.invited.pop(event.participant, None)
        case AgendaItemProposed():
            said.titles[event.item_id] = event.title
            return False  # it is on the agenda once it is accepted
        case AgendaItemAccepted():
            said.agenda[event.item_id] = said.titles.get(event.item_id, event.item_id)
        case AgendaItemNoted():
            said.agenda[event.item_id] = event.title
        case _:
            return False
    return True


def _event(said: _Invitation, names: Names, called: str) -> Event:
    event = Event()
    event.add("uid", said.stream)
    event.add("sequence", said.changes)
    event.add("dtstamp", said.stamped.astimezone(UTC).replace(microsecond=0))
    event.add("summary", said.convened.title)
    event.add("dtstart", _start(said.held))
    event.add("status", "CANCELLED" if said.cancelled is not None else "CONFIRMED")
    if places := list(filter(None, (said.place, *(point.name for point in said.convened.points)))):
        event.add("location", "; ".join(places))
    event.add("description", _description(said, names))
    organizer = vCalAddress(_urn(said.committee, "committee", said.committee))
    organizer.params["CN"] = _parameter(called)
    event.add("organizer", organizer)
    chair = said.presiding_post or names.get(said.presiding, said.presiding)
    event.add("attendee", _attendee(said, said.presiding, chair, "CHAIR"))
    for person, post in said.invited.items():
        if person != said.presiding:
            event.add("attendee", _attendee(said, person, post, "REQ-PARTICIPANT"))
    return event


def _start(held: Moment) -> date | datetime:
    """A day is a day, without an hour that nobody told."""
    return datetime.fromisoformat(held).astimezone(VIETNAM) if "T" in held else held.earliest


def _description(said: _Invitation, names: Names) -> str:
    convened = said.convened
    chair = said.presiding_post or names.get(said.presiding, said.presiding)
    lines = [say("exports.chaired", who=chair)]
    if convened.kind:
        lines.append(say("exports.meeting_kind", kind=word("kind", convened.kind.value)))
    if convened.form:
        lines.append(say("exports.meeting_form", form=convened.form))
    if convened.subject_documents:
        lines.append(say("exports.papers", papers="; ".join(map(str, convened.subject_documents))))
    if said.agenda:
        lines.append(say("exports.agenda"))
        lines += [f"{number}. {title}" for number, title in enumerate(said.agenda.values(), start=1)]
    if said.cancelled is not None:
        lines.append(say("exports.cancelled", reason=said.cancelled))
    return "\n".join(lines)


def _attendee(said: _Invitation, person: str, post: str, role: str) -> vCalAddress:
    one = vCalAddress(_urn(said.committee, "person", person))
    parameters: Mapping[str, str] = {"CN": _parameter(post), "ROLE": role, "PARTSTAT": "NEEDS-ACTION"}
    one.params.update(parameters)
    return one


def _parameter(text: str) -> str:
    """A parameter holds neither quotation marks nor lines."""
    return " ".join(text.replace('"', "'").split())


def _urn(committee: str, kind: str, name: str) -> str:
    return str(vUri(f"urn:bcd:{committee}:{kind}:{quote(name, safe='')}"))


def _zone() -> Timezone:
    """Viet Nam's time as it has been since 13 June 1975: seven hours ahead of UTC, never changed."""
    ahead = timedelta(hours=7)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001  # local time, as the format asks for
    standard.add("tzoffsetfrom", ahead)
    standard.add("tzoffsetto", ahead)
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
