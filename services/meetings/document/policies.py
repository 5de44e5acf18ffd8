"""What documents ask for: a new one changes those of other series, a series follows its agency."""

from collections.abc import Iterator

from services.meetings.document.commands import HandOverSeries
from services.meetings.document.events import DocumentIssued, SeriesHandedOver
from services.meetings.document.issuing import consequences
from services.members.succession import handovers, remember_succession
from shared.envelope import Envelope
from shared.messages import AgencyId, Command, Event
from shared.policies import Asked, Holdings, Policy

SERIES = "series"
"""The kind under which `Holdings` keeps the series of agencies; an item is symbol and year."""


def documents_change_others(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D2.1: what a document replaces or corrects in another series or year is told there."""
    match envelope.event:
        case DocumentIssued() as issued:
            for command in consequences(issued):
                if (command.series, command.year) != (issued.series, issued.year):
                    yield _ask(command, f"{command.series}-{command.year}:{command.document_id}")


def series_follow_their_agency(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D1.2: where an agency that ended has one successor, its numbers go on there; several begin anew."""
    for move in handovers(envelope, holdings, SERIES, _held(envelope.event)):
        if len(move.heirs) == 1:
            series, _, year = move.item.partition(" ")
            command = HandOverSeries(
                series=series, year=int(year), from_agency=move.ended, to_agency=move.heirs[0]
            )
            yield _ask(command, move.key)


def _held(event: Event) -> tuple[str, tuple[AgencyId, ...]] | None:
    """The series that was just used or handed over, and whose it is."""
    match event:
        case DocumentIssued(agency=str() as agency):
            return f"{event.series} {event.year}", (AgencyId(agency),)
        case SeriesHandedOver():
            return f"{event.series} {event.year}", (event.to_agency,)
        case _:
            return None


def remember_series(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Whose series it is, and who came after which agency."""
    remember_succession(envelope, holdings)
    if held := _held(envelope.event):
        holdings.let_go(envelope.committee, SERIES, held[0])
        holdings.hold(envelope.committee, SERIES, *held)


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="meetings", command=command, key=key)


POLICIES = (
    Policy("documents_change_others", documents_change_others),
    Policy("series_follow_their_agency", series_follow_their_agency, remember_series),
)
