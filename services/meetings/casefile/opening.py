"""Opening a file and saying what it must hold; settling anew how it is called and kept."""

from collections.abc import Sequence

from services.meetings.casefile.commands import (
    ExpectedPaper,
    ExpectInCaseFile,
    OpenCaseFile,
    ReviseCaseFile,
    WaiveExpectation,
)
from services.meetings.casefile.events import (
    CaseFileEvent,
    CaseFileOpened,
    CaseFileReopened,
    CaseFileRevised,
    DocumentExpected,
    ExpectationWaived,
    Expected,
)
from services.meetings.casefile.state import CaseFile, answered, opened, require_open
from services.meetings.casefile.terms import retention_by
from services.meetings.document.secrecy import require_no_secret
from services.meetings.rules import Rule
from services.members.capacity import SUPPORT_TEAM, Capacity
from shared.decider import require
from shared.envelope import Act


def by_the_team(act: Act, *others: str) -> None:
    require(
        act.in_capacity(*SUPPORT_TEAM, *others),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team keeps the files",
    )


def open_file(command: OpenCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: a matter has one file; where it began by itself and the file is there, nothing is opened."""
    by_the_team(act, Capacity.POLICY)
    require_no_secret(None, (command.title, command.note))
    if file.opened is not None and act.actor.mandate.capacity == Capacity.POLICY:
        return []
    require(file.opened is None, Rule.FILE_IS_NEW, f"the file {command.file_id} was opened already")
    began = act.effective_at.earliest
    values = command.model_dump(exclude={"retention_class"}) | {
        "file_id": command.file_id,
        "year": command.year or began.year,
        "began": began,
        "retention": retention_by(command.retention_class, command.kind, began),
        "expected": expected_of(command.expected),
    }
    return [CaseFileOpened.model_validate(values)]


def expected_of(papers: Sequence[ExpectedPaper]) -> tuple[Expected, ...]:
    """Each key once, as it was said last."""
    found = {paper.key: Expected.model_validate(paper.model_dump()) for paper in papers}
    return tuple(found.values())


def revise(command: ReviseCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: title and retention are settled anew before the file is closed."""
    by_the_team(act)
    require_no_secret(None, (command.title, command.note))
    began, settled = require_open(file), file.settled
    assert settled is not None
    given = command.model_dump(exclude_none=True, exclude={"retention_class"})
    if command.retention_class is not None:
        day = act.effective_at.earliest
        given["retention"] = retention_by(command.retention_class, began.kind, day)
    revised = CaseFileRevised.model_validate(settled.model_dump() | given)
    return [] if revised == settled else [revised]


def expect(command: ExpectInCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: the course of the matter must be seen from the file; a closed one that lacks it is reopened."""
    by_the_team(act, Capacity.POLICY)
    require_no_secret(None, (paper.title for paper in command.expected))
    opened(file)
    new = tuple(paper for paper in expected_of(command.expected) if file.expected.get(paper.key) != paper)
    if not new:
        return []
    there = answered(new, file)
    asked = DocumentExpected(file_id=command.file_id, expected=new, answered=there)
    found = {one.key for one in there} | file.met.keys()
    lacking = [paper for paper in new if paper.key not in found]
    if file.closed is None or not lacking:
        return [asked]
    reason = f"còn thiếu: {'; '.join(called(paper) for paper in lacking)}"[:500]
    return [CaseFileReopened(file_id=command.file_id, reason=reason), asked]


def waive(command: WaiveExpectation, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: what will not come is explained, not passed over."""
    by_the_team(act)
    require_no_secret(None, (command.reason,))
    if command.key in file.waived:
        return []
    require_open(file)
    require(
        command.key in file.expected,
        Rule.EXPECTED_IS_KNOWN,
        f"the file expects no {command.key}, but: {', '.join(file.expected) or 'nothing'}",
    )
    return [ExpectationWaived.model_validate(command.model_dump())]


def called(paper: Expected) -> str:
    """A paper for people: its key, and its number or title where it has one."""
    about = str(paper.document) if paper.document else paper.title
    return f"{paper.key} ({about})" if about else paper.key
