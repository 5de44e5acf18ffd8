"""What a decision needs to know about a number series: its numbers, and what became of each document."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.meetings.document.events import (
    Body,
    DocumentCorrected,
    DocumentDispatched,
    DocumentIssued,
    DocumentRecalled,
    DocumentReplaced,
    NumberVoided,
    SeriesEvent,
    SeriesHandedOver,
)
from services.meetings.rules import Rule
from shared.decider import require
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef


@dataclass(frozen=True)
class Kept:
    """An issued document, which never changes, and what came after it."""

    issued: DocumentIssued
    replaced_by: DocumentRef | None = None
    corrected_by: tuple[DocumentRef, ...] = ()
    recalled: bool = False
    ended_on: date | None = None
    dispatched: tuple[DocumentDispatched, ...] = ()


@dataclass(frozen=True)
class Series:
    """The numbers of one body in one year. `last` is the last number that is gone, by a document or void."""

    symbol: str | None = None
    body: Body | None = None
    agency: AgencyId | None = None
    last: int = 0
    newest: DocumentIssued | None = None
    documents: dict[str, Kept] = field(default_factory=dict)
    void: dict[int, str] = field(default_factory=dict)

    @property
    def next(self) -> int:
        return self.last + 1


def standing(document_id: str, series: Series, day: date | None = None) -> Kept:
    """A document in force, now or on an earlier day; refuses for one that was never issued, was replaced or
    was recalled."""
    kept = series.documents.get(document_id)
    require(kept is not None, Rule.DOCUMENT_STANDS, f"no document {document_id} was issued in this series")
    assert kept is not None
    if day is not None and kept.ended_on is not None and day <= kept.ended_on:
        return kept
    require(not kept.recalled, Rule.DOCUMENT_STANDS, f"{kept.issued.symbol} was recalled")
    require(
        kept.replaced_by is None,
        Rule.DOCUMENT_STANDS,
        f"{kept.issued.symbol} was replaced by {kept.replaced_by}",
    )
    return kept


def require_not_ahead(act: Act, day: date, what: str) -> None:
    """The day of a document, a dispatch or an arrival has come in Viet Nam when it is recorded."""
    require(
        day <= act.effective_at.latest,
        Rule.DATE_NOT_AHEAD,
        f"{what} on {day} cannot be recorded on {act.effective_at.latest}",
    )


def evolve(series: Series, event: SeriesEvent) -> Series:
    match event:
        case DocumentIssued():
            return replace(
                series,
                symbol=event.series,
                body=event.body,
                agency=event.agency,
                last=event.number,
                newest=event,
                documents={**series.documents, event.document_id: Kept(event)},
            )
        case DocumentReplaced():
            return _changed(
                series, event.document_id, lambda kept: replace(kept, replaced_by=event.by, ended_on=event.on)
            )
        case DocumentCorrected():
            return _changed(
                series,
                event.document_id,
                lambda kept: replace(kept, corrected_by=(*kept.corrected_by, event.by)),
            )
        case DocumentRecalled():
            return _changed(
                series, event.document_id, lambda kept: replace(kept, recalled=True, ended_on=event.on)
            )
        case DocumentDispatched():
            return _changed(
                series, event.document_id, lambda kept: replace(kept, dispatched=(*kept.dispatched, event))
            )
        case NumberVoided():
            void_numbers = {**series.void, event.number: event.reason}
            return replace(series, symbol=event.series, last=event.number, void=void_numbers)
        case SeriesHandedOver():
            return replace(series, agency=event.to_agency)
        case _:
            assert_never(event)


def _changed(series: Series, document_id: str, change: Callable[[Kept], Kept]) -> Series:
    changed = change(series.documents[document_id])
    return replace(series, documents={**series.documents, document_id: changed})
