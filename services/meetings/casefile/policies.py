"""Files follow their matters: opened, numbered, told what they must hold; what is issued is filed (D7.8).

Only what is bound by the regulation opens a file by itself: of what a source alone tells
nobody kept papers here.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.meetings.casefile.commands import Content, EnterCaseFile, FileDocument
from services.meetings.casefile.events import (
    CaseFileOpened,
    DocumentExpected,
    Expected,
    MatterEnded,
)
from services.meetings.casefile.matters import begun, gone_on
from services.meetings.casefile.state import citation
from services.meetings.document.events import DocumentIssued
from shared.envelope import Envelope
from shared.messages import Command, DocumentRef, Event
from shared.policies import Asked, Holdings, Policy

FILE: Final = "casefile"
"""The kind under which `Holdings` keeps which files there are; an item is the id of a file."""
OPEN: Final = "open"
EXPECTED: Final = "casefile_expects"
"""By citation or digest, the files that expect a document."""
ISSUED: Final = "casefile_issued"
"""By citation or digest, a document that was issued, as the command that files it, without its file."""


def files_follow_their_matter(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.8: the file begins with its matter and learns from each step what it must hold."""
    if _kept(envelope) and (opening := begun(envelope.event)):
        if not holdings.holders(envelope.committee, FILE, opening.file_id):
            yield _ask(opening, opening.file_id)
        return
    followed = gone_on(envelope.event, envelope.meta.document)
    if followed is not None and holdings.holders(envelope.committee, FILE, followed.file_id):
        yield _ask(followed, followed.file_id)


def files_are_numbered(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.8: a file that was opened has its number and symbol in the catalogue of its year."""
    match envelope.event:
        case CaseFileOpened() as opened:
            told = opened.model_dump(include={"year", "file_id", "kind", "subject_id", "item"})
            yield _ask(EnterCaseFile.model_validate(told), opened.file_id)


def issued_is_filed(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D7.8: an issued document goes into the files that expect it, whichever was first."""
    match envelope.event:
        case DocumentIssued() as issued:
            for file_id in _known(envelope, holdings, EXPECTED, _marks(issued)):
                yield _ask(_filing(issued, file_id), file_id)
        case CaseFileOpened() | DocumentExpected() | MatterEnded():
            lacking = _lacking(envelope.event)
            marks = [mark for paper in lacking for mark in _marks_of(paper)]
            for told in _known(envelope, holdings, ISSUED, marks):
                command = FileDocument.model_validate_json(told)
                filed = command.model_copy(update={"file_id": envelope.event.file_id})
                yield _ask(filed, f"{filed.file_id}:{command.document}")


def remember_files(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Which files there are, what they expect, and what was issued."""
    committee = envelope.committee
    opening = begun(envelope.event)
    if opening is not None and _kept(envelope):
        holdings.hold(committee, FILE, opening.file_id, (OPEN,))
    match envelope.event:
        case CaseFileOpened() | DocumentExpected() | MatterEnded():
            file_id = envelope.event.file_id
            holdings.hold(committee, FILE, file_id, (OPEN,))
            for paper in _lacking(envelope.event):
                for mark in _marks_of(paper):
                    holdings.hold(committee, EXPECTED, mark, (file_id,))
        case DocumentIssued() as issued:
            for mark in _marks(issued):
                holdings.hold(committee, ISSUED, mark, (_filing(issued, "any").model_dump_json(),))


def _known(envelope: Envelope[Event], holdings: Holdings, kind: str, marks: Iterable[str]) -> Iterator[str]:
    """What is remembered by any of these marks, each once."""
    found = [one for mark in marks for one in holdings.holders(envelope.committee, kind, mark)]
    yield from dict.fromkeys(found)


def _kept(envelope: Envelope[Event]) -> bool:
    """Whether the regulation bound the act, so that its papers had to be kept here."""
    return envelope.meta.source is None and envelope.meta.actor.mandate.bound


def _lacking(event: CaseFileOpened | DocumentExpected | MatterEnded) -> list[Expected]:
    there = () if isinstance(event, CaseFileOpened) else event.answered
    return [paper for paper in event.expected if all(one.key != paper.key for one in there)]


def _marks_of(paper: Expected) -> Sequence[str]:
    """By what a document is recognised as this paper."""
    return [mark for mark in (citation(paper.document), paper.digest) if mark]


def _marks(issued: DocumentIssued) -> Sequence[str]:
    return [mark for mark in (citation(_cited(issued)), issued.text_digest) if mark]


def _cited(issued: DocumentIssued) -> DocumentRef:
    return DocumentRef(number=issued.symbol, date=issued.date)


def _filing(issued: DocumentIssued, file_id: str) -> FileDocument:
    return FileDocument(
        file_id=file_id,
        subject=issued.subject,
        type_code=issued.type_code,
        document=_cited(issued),
        pages=issued.pages,
        content=Content(digest=issued.text_digest),
    )


def _ask(command: Command, key: str) -> Asked:
    return Asked(service="meetings", command=command, key=key)


POLICIES = (
    Policy("files_follow_their_matter", files_follow_their_matter, remember_files),
    Policy("files_are_numbered", files_are_numbered),
    Policy("issued_is_filed", issued_is_filed),
)
