"""What a decision needs to know about a case file: what it must hold, what it holds, how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.meetings.casefile.events import (
    Answered,
    CaseFileClosed,
    CaseFileEvent,
    CaseFileHeldBack,
    CaseFileOpened,
    CaseFileReopened,
    CaseFileRevised,
    DocumentExpected,
    DocumentFiled,
    Ending,
    ExpectationWaived,
    Expected,
    FiledDocumentRemoved,
    MatterEnded,
    MatterResumed,
)
from services.meetings.rules import Rule
from shared.decider import require
from shared.messages import DocumentRef


@dataclass(frozen=True)
class CaseFile:
    """A file so far. `settled` is what of it can be revised; `met` are, by key, the documents in place."""

    opened: CaseFileOpened | None = None
    settled: CaseFileRevised | None = None
    expected: dict[str, Expected] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()
    met: dict[str, frozenset[int]] = field(default_factory=dict)
    entries: dict[int, DocumentFiled] = field(default_factory=dict)
    last: int = 0
    ended: MatterEnded | None = None
    closed: CaseFileClosed | None = None
    held_back: CaseFileHeldBack | None = None

    def missing(self, without: Iterable[int] = ()) -> list[Expected]:
        """What the file must hold and does not, as it is or `without` these documents."""
        if self.ended is not None and self.ended.ending is Ending.CALLED_OFF:
            return []
        gone = frozenset(without)
        return [
            paper
            for key, paper in self.expected.items()
            if key not in self.waived and not self.met.get(key, frozenset()) - gone
        ]


def citation(document: DocumentRef | None) -> str | None:
    """Number and year of a document, however the number is spaced: numbers begin anew with each year, so that
    without a day it is not certain which one is meant."""
    if document is None or document.date is None:
        return None
    return f"{''.join(document.number.split()).casefold()} {document.date.year}"


def recognised(paper: Expected, filed: DocumentFiled) -> bool:
    """Whether a filed document is this paper: it says so, or has the same digest or citation."""
    if filed.draft:
        return False
    same_bytes = filed.content is not None and filed.content.digest == paper.digest
    cited = citation(paper.document)
    return (
        paper.key in filed.satisfies
        or same_bytes
        or (cited is not None and cited == citation(filed.document))
    )


def answered(papers: Iterable[Expected], file: CaseFile) -> tuple[Answered, ...]:
    """Those of the papers that lie in the file already."""
    return tuple(
        Answered(key=paper.key, ordinal=ordinal)
        for paper in papers
        for ordinal, filed in file.entries.items()
        if recognised(paper, filed)
    )


def opened(file: CaseFile) -> CaseFileOpened:
    """Refuses where there is no such file."""
    require(file.opened is not None, Rule.FILE_IS_OPEN, "no such file was opened")
    assert file.opened is not None
    return file.opened


def require_open(file: CaseFile) -> CaseFileOpened:
    """Refuses for a file that was never opened, or is closed."""
    found = opened(file)
    require(
        file.closed is None, Rule.FILE_IS_OPEN, f"{found.file_id} is closed: reopen it first, with a reason"
    )
    return found


def evolve(file: CaseFile, event: CaseFileEvent) -> CaseFile:
    match event:
        case CaseFileOpened():
            settled = CaseFileRevised.model_validate(event.model_dump())
            return CaseFile(opened=event, settled=settled, expected=_by_key(event.expected))
        case CaseFileRevised():
            return replace(file, settled=event)
        case DocumentExpected():
            return _expecting(file, event)
        case ExpectationWaived():
            return replace(file, waived=file.waived | {event.key})
        case DocumentFiled():
            entries = {**file.entries, event.ordinal: event}
            met = _met(file, [Answered(key=key, ordinal=event.ordinal) for key in event.satisfies])
            return replace(file, entries=entries, met=met, last=event.ordinal)
        case FiledDocumentRemoved():
            return _without(file, (event.ordinal,))
        case MatterEnded():
            return replace(_expecting(file, event), ended=event)
        case MatterResumed():
            return replace(file, ended=None)
        case CaseFileClosed():
            return replace(_without(file, event.removed), closed=event)
        case CaseFileReopened():
            return replace(file, closed=None, held_back=None)
        case CaseFileHeldBack():
            return replace(file, held_back=event)
        case _:
            assert_never(event)


def _by_key(papers: Iterable[Expected]) -> dict[str, Expected]:
    return {paper.key: paper for paper in papers}


def _expecting(file: CaseFile, event: DocumentExpected | MatterEnded) -> CaseFile:
    """What is asked anew takes the place of what was asked under its key, and is no longer waived."""
    expected = {**file.expected, **_by_key(event.expected)}
    waived = file.waived - {paper.key for paper in event.expected}
    return replace(file, expected=expected, waived=waived, met=_met(file, event.answered))


def _met(file: CaseFile, by: Iterable[Answered]) -> dict[str, frozenset[int]]:
    met = dict(file.met)
    for one in by:
        met[one.key] = met.get(one.key, frozenset()) | {one.ordinal}
    return met


def _without(file: CaseFile, ordinals: Iterable[int]) -> CaseFile:
    gone = frozenset(ordinals)
    entries = {ordinal: filed for ordinal, filed in file.entries.items() if ordinal not in gone}
    met = {key: left for key, found in file.met.items() if (left := found - gone)}
    return replace(file, entries=entries, met=met)
