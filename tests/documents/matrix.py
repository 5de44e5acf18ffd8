"""Who may ask for what: every command in every capacity, for one's own matter and another's, in time and not.

Each cell is a run: the capacity is proven from events as a service proves it, then the decider decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from uuid import UUID

from services.members import authority
from services.members.authority import Authority, mandate
from services.members.capacity import Capacity
from services.members.events import (
    AgencyDissolved,
    AgencyRegistered,
    AuthorityDelegated,
    Duty,
    FocalPointDesignated,
    Matter,
    MemberAppointed,
    MemberReleased,
    RegulationAdopted,
    Role,
)
from shared.dates import Moment
from shared.envelope import Act, Actor, Claim, Request
from shared.errors import Refused
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event, PersonId
from tests.unit.given import DECISION, SOURCE
from tests.unit.records.facts import envelope
from tests.unit.specimens import Specimen, specimens

COMMITTEE: Final = CommitteeId("langson")
TERM: Final = timedelta(days=90)
"""How long before and after the act a capacity is held."""
OUTSIDE: Final = timedelta(days=120)
TEXT: Final = DocumentRef(number="64/QĐ-BCĐ")


Matters = tuple[Matter, ...]


class When(StrEnum):
    BEFORE = "before"
    IN_TIME = "in_time"
    AFTER = "after"


class Verdict(StrEnum):
    ANY = "any"  # whoever has the capacity
    OWN = "own"  # only whose own matter it is: the lead, the seat that was asked, who presides
    NONE = "none"


@dataclass(frozen=True)
class Way:
    """A way to act: a capacity, and whether in the chair's place ("KT.")."""

    key: str
    capacity: Capacity
    for_the_chair: bool = False

    @property
    def lasts(self) -> bool:
        """Whether it is held for a time; an outside authority acts by its document, a policy by an event."""
        return self.capacity not in (Capacity.ISSUER, Capacity.POLICY)


WAYS: Final = (
    Way("chair", Capacity.CHAIR),
    Way("for_the_chair", Capacity.STANDING_DEPUTY, for_the_chair=True),
    Way("standing_deputy", Capacity.STANDING_DEPUTY),
    Way("deputy", Capacity.DEPUTY),
    Way("member", Capacity.MEMBER),
    Way("team_leader", Capacity.TEAM_LEADER),
    Way("team_member", Capacity.TEAM_MEMBER),
    Way("record_keeper", Capacity.RECORD_KEEPER),
    Way("agency", Capacity.AGENCY),
    Way("focal_point", Capacity.FOCAL_POINT),
    Way("issuer", Capacity.ISSUER),
    Way("policy", Capacity.POLICY),
)


@dataclass(frozen=True)
class Somebody:
    """Who tries: a person with a seat and an agency."""

    person: str
    seat: str
    agency: str


ANOTHER: Final = Somebody("nguoi-khac", "ghe-khac", "so-khac")


def concerned(specimen: Specimen) -> Somebody:
    """Whose own matter the command is."""
    return Somebody(
        specimen.person or "nguoi-a", specimen.seat or "ghe-nguoi-a", specimen.agency or "so-nguoi-a"
    )


def tried(
    specimen: Specimen, way: Way, who: Somebody, when: When = When.IN_TIME, matters: Matters = ()
) -> Refused | None:
    """Why this person, acting in this way, is refused; None where the command is decided."""
    try:
        decided(specimen, way, who, when, matters)
    except Refused as no:
        return no
    return None


def happened(specimen: Specimen) -> list[Event]:
    """What the command makes happen where somebody competent asks for it."""
    for way in WAYS:
        if tried(specimen, way, concerned(specimen)) is None:
            return decided(specimen, way, concerned(specimen))
    return []


def decided(
    specimen: Specimen, way: Way, who: Somebody, when: When = When.IN_TIME, matters: Matters = ()
) -> list[Event]:
    """What this person's asking makes happen; raises Refused."""
    at = date.fromisoformat(specimen.at)
    held_around = {When.BEFORE: at + OUTSIDE, When.IN_TIME: at, When.AFTER: at - OUTSIDE}[when]
    known = _held(way, who, held_around, matters)
    person = f"agency:{who.agency}" if way.capacity in (Capacity.AGENCY, Capacity.FOCAL_POINT) else who.person
    request = Request(
        command_id=UUID(int=1),
        committee=COMMITTEE,
        actor=Claim(
            person=PersonId(person),
            capacity=way.capacity,
            evidence=f"task-{COMMITTEE}.x@0" if way.capacity is Capacity.POLICY else None,
        ),
        data={},
        document=DECISION if specimen.document or way.capacity is Capacity.ISSUER else None,
    )
    proven = mandate(request, at, known)
    actor = Actor(person=request.actor.person, capacity=way.capacity, mandate=proven)
    act = Act(actor, Moment(specimen.at), document=request.document)
    events: list[Event] = specimen.decider.decide(
        specimen.command, act, specimen.decider.fold(specimen.given)
    )
    return events


def _held(way: Way, who: Somebody, around: date, matters: Matters) -> Authority:
    """The authority that follows from the events by which somebody has a capacity for a time."""
    since, until = around - TERM, around + TERM
    began, ended = Moment.of(since), Moment.of(until)
    seated = way.capacity.value in {role.value for role in Role}
    role = Role(way.capacity.value) if seated else Role.TEAM_MEMBER
    agency, seat = AgencyId(who.agency), who.seat
    course: list[tuple[Moment, Event]] = [
        (Moment("2020-01-01"), RegulationAdopted(regulation=TEXT, title="Quy chế")),
        (began, AgencyRegistered(agency_id=agency, name=who.agency)),
    ]
    if way.capacity is Capacity.FOCAL_POINT:
        course.append((began, FocalPointDesignated(agency_id=agency, duty=Duty.FEEDBACK)))
    if way.capacity in (Capacity.AGENCY, Capacity.FOCAL_POINT):
        course.append((ended, AgencyDissolved(agency_id=agency, name=who.agency)))
    else:
        post = f"{role.value} {who.person}"
        appointed = MemberAppointed(
            seat_id=seat, post=post, role=role, holder=PersonId(who.person), agency_id=agency
        )
        course += [(began, appointed), (ended, MemberReleased(seat_id=seat, reason="hết nhiệm kỳ"))]
    if way.for_the_chair:
        delegated = AuthorityDelegated(
            delegation_id="uy-quyen",
            delegate_seat=seat,
            scope="thay mặt",
            since=since,
            until=until,
            matters=matters,
        )
        course.append((began, delegated))
    state = Authority()
    for n, (moment, event) in enumerate(course, start=1):
        state = authority.evolve(state, envelope(event, n, at=str(moment), source=SOURCE))
    return state


@dataclass(frozen=True)
class Row:
    """One command in every way, and the provisions under which it is refused.

    `matters` are those of which one at least has to be delegated for the standing deputy to do it in the
    chair's place.
    """

    context: str
    specimen: Specimen
    verdicts: tuple[tuple[str, Verdict], ...]
    refused_under: tuple[str, ...]
    matters: Matters = ()

    @property
    def command(self) -> str:
        return self.specimen.name


def _row(context: str, specimen: Specimen) -> Row:
    verdicts, rules = [], dict[str, None]()
    for way in WAYS:
        own, others = (tried(specimen, way, who) for who in (concerned(specimen), ANOTHER))
        rules |= dict.fromkeys(no.rule for no in (own, others) if no)
        verdict = Verdict.NONE if own else Verdict.OWN if others else Verdict.ANY
        verdicts.append((way.key, verdict))
    return Row(context, specimen, tuple(verdicts), tuple(sorted(rules)), _matters(specimen, dict(verdicts)))


def _matters(specimen: Specimen, verdicts: Mapping[str, Verdict]) -> Matters:
    """What of the chair's one has to be authorised for; none where it is nothing of the chair's."""
    way = next(way for way in WAYS if way.for_the_chair)
    if verdicts[way.key] is verdicts[Capacity.STANDING_DEPUTY]:
        return ()
    who = concerned(specimen) if verdicts[way.key] is Verdict.OWN else ANOTHER
    return tuple(one for one in Matter if tried(specimen, way, who, matters=(one,)) is None)


@cache
def matrix() -> tuple[Row, ...]:
    """Every command once, in the order of contexts and names; the first of its specimens counts."""
    first: dict[tuple[str, str], Specimen] = {}
    for context, specimen in specimens():
        first.setdefault((context, specimen.name), specimen)
    return tuple(_row(context, specimen) for (context, _), specimen in sorted(first.items(), key=_name))


def _name(entry: tuple[tuple[str, str], Specimen]) -> tuple[str, str]:
    return entry[0]


def attempts() -> Iterator[tuple[str, Specimen, Way, When]]:
    """All that a run tries besides being in time: each capacity before it was held, and after."""
    for row in matrix():
        for way in WAYS:
            if way.lasts:
                for when in (When.BEFORE, When.AFTER):
                    yield row.context, row.specimen, way, when
