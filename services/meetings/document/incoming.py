"""The documents that came in during one year: each has one arrival number, a second copy one warning."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.meetings.document.commands import ForwardIncoming, IncomingCommand, RegisterIncoming
from services.meetings.document.events import (
    DuplicateNoticed,
    IncomingEvent,
    IncomingForwarded,
    IncomingRegistered,
    Urgency,
)
from services.meetings.document.secrecy import require_no_secret
from services.meetings.document.state import require_not_ahead
from services.meetings.rules import Rule
from services.members.capacity import LEADERS, SUPPORT_TEAM
from services.members.parameters import terms
from shared.decider import Decider, require
from shared.envelope import Act
from shared.messages import DocumentRef


@dataclass(frozen=True)
class Arrived:
    """A registered document, the second copies that were noticed, and where it was last given to."""

    registered: IncomingRegistered
    duplicates: tuple[DuplicateNoticed, ...] = ()
    forwarded: IncomingForwarded | None = None


@dataclass(frozen=True)
class Arrivals:
    """What came in during a year. `by_citation` finds records by number and issuer; `aliases` by the id
    under which a second copy came."""

    last: int = 0
    records: dict[str, Arrived] = field(default_factory=dict)
    by_citation: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)


def register(command: RegisterIncoming, act: Act, arrivals: Arrivals) -> list[IncomingEvent]:
    """D7.8: what comes in is registered once; a second copy is noticed and kept beside it."""
    require_no_secret(command.secrecy, (command.subject, command.document.number))
    _by_the_team(act)
    require(
        bool(command.document.issuer and command.document.issuer.strip()),
        Rule.INCOMING_NAMES_ITS_ISSUER,
        "name the outside body that issued the document",
    )
    require(
        command.received_on.year == command.year,
        Rule.DATE_IN_THE_YEAR,
        f"{command.received_on} belongs into the arrivals of {command.received_on.year}",
    )
    require_not_ahead(act, command.received_on, "an arrival")
    if (same := _same(command, arrivals)) is not None:
        return _noticed(command, same[0], same[1], arrivals)
    values = command.model_dump(exclude={"secrecy"}) | {
        "arrival_number": arrivals.last + 1,
        "late": _late(act, command.received_on, act.effective_at.earliest, command.urgency),
    }
    return [IncomingRegistered.model_validate(values)]


def _same(command: RegisterIncoming, arrivals: Arrivals) -> tuple[Arrived, str] | None:
    """The record that stands for this document already, and by what it is the same."""
    known = arrivals.aliases.get(command.document_id, command.document_id)
    if known in arrivals.records:
        return arrivals.records[known], "document_id"
    for document_id in arrivals.by_citation.get(_citation(command.document), ()):
        arrived = arrivals.records[document_id]
        if _one_year(arrived.registered.document, command.document):
            return arrived, "number_and_issuer"
    return None


def _one_year(one: DocumentRef, other: DocumentRef) -> bool:
    """Whether two days of issue can be of one year; numbers begin anew with each."""
    return one.date is None or other.date is None or one.date.year == other.date.year


def _citation(document: DocumentRef) -> tuple[str, str]:
    """Number and issuer, however they are spaced and capitalised."""
    return "".join(document.number.split()).casefold(), " ".join((document.issuer or "").split()).casefold()


def _noticed(
    command: RegisterIncoming, arrived: Arrived, same: str, arrivals: Arrivals
) -> list[IncomingEvent]:
    """One warning for each time that it came: by id and day."""
    came = (command.document_id, command.received_on)
    if any((noticed.document_id, noticed.received_on) == came for noticed in arrived.duplicates):
        return []
    return [
        DuplicateNoticed(
            year=command.year,
            document_id=command.document_id,
            duplicate_of=arrived.registered.document_id,
            arrival_number=arrived.registered.arrival_number,
            same=same,
            document=command.document,
            received_on=command.received_on,
            text_digest=command.text_digest,
            copies=command.copies,
        )
    ]


def forward(command: ForwardIncoming, act: Act, arrivals: Arrivals) -> list[IncomingEvent]:
    """D7.8: given to who deals with it, with what a leader wrote on it, and until when."""
    require_no_secret(None, (command.instruction,))
    _by_the_team(act)
    known = arrivals.aliases.get(command.document_id, command.document_id)
    arrived = arrivals.records.get(known)
    require(arrived is not None, Rule.INCOMING_IS_REGISTERED, f"{command.document_id} was not registered")
    assert arrived is not None
    registered = arrived.registered
    require(
        command.forwarded_on >= registered.received_on,
        Rule.SENT_AFTER_ISSUE,
        f"it came on {registered.received_on}, and was not given on before",
    )
    require_not_ahead(act, command.forwarded_on, "the giving on")
    values = command.model_dump() | {
        "document_id": known,
        "due": terms(act).settle(command.due),
        "late": _late(act, registered.received_on, command.forwarded_on, registered.urgency),
    }
    forwarded = IncomingForwarded.model_validate(values)
    return [] if arrived.forwarded == forwarded else [forwarded]


def _late(act: Act, since: date, day: date, urgency: Urgency | None) -> bool:
    """Whether a day lies after the next working day, or after the same day where it is urgent."""
    return day > (since if urgency else terms(act).due(since, 1))


def _by_the_team(act: Act) -> None:
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team registers what comes in, or a leader",
    )


def decide(command: IncomingCommand, act: Act, arrivals: Arrivals) -> list[IncomingEvent]:
    match command:
        case RegisterIncoming():
            return register(command, act, arrivals)
        case ForwardIncoming():
            return forward(command, act, arrivals)
        case _:
            assert_never(command)


def evolve(arrivals: Arrivals, event: IncomingEvent) -> Arrivals:
    match event:
        case IncomingRegistered():
            citation = _citation(event.document)
            found = (*arrivals.by_citation.get(citation, ()), event.document_id)
            return replace(
                arrivals,
                last=event.arrival_number,
                records={**arrivals.records, event.document_id: Arrived(event)},
                by_citation={**arrivals.by_citation, citation: found},
            )
        case DuplicateNoticed():
            noticed = _changed(
                arrivals, event.duplicate_of, lambda one: replace(one, duplicates=(*one.duplicates, event))
            )
            return replace(noticed, aliases={**arrivals.aliases, event.document_id: event.duplicate_of})
        case IncomingForwarded():
            return _changed(arrivals, event.document_id, lambda one: replace(one, forwarded=event))
        case _:
            assert_never(event)


def _changed(arrivals: Arrivals, document_id: str, change: Callable[[Arrived], Arrived]) -> Arrivals:
    changed = change(arrivals.records[document_id])
    return replace(arrivals, records={**arrivals.records, document_id: changed})


decider: Decider[IncomingCommand, IncomingEvent, Arrivals] = Decider(
    category="incoming",
    stream_id=lambda command: str(command.year),
    initial=Arrivals(),
    decide=decide,
    evolve=evolve,
)
