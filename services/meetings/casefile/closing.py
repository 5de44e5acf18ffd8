"""The end of a matter and of its file: closed when it is whole, kept, submitted, or held back for a while."""

from datetime import date

from services.meetings.casefile.commands import (
    CloseCaseFile,
    EndMatter,
    HoldBackCaseFile,
    ReopenCaseFile,
    ResumeMatter,
)
from services.meetings.casefile.events import (
    CaseFileClosed,
    CaseFileEvent,
    CaseFileHeldBack,
    CaseFileReopened,
    DocumentFiled,
    Ending,
    MatterEnded,
    MatterResumed,
)
from services.meetings.casefile.filing import require_entry
from services.meetings.casefile.opening import by_the_team, called, expected_of
from services.meetings.casefile.state import CaseFile, answered, opened
from services.meetings.casefile.terms import HELD_BACK_YEARS, terms_of, years_later
from services.meetings.document.secrecy import require_no_secret
from services.meetings.document.state import require_not_ahead
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.decider import require
from shared.envelope import Act


def end_matter(command: EndMatter, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: from the year in which the work ended its retention counts."""
    by_the_team(act, Capacity.POLICY)
    require_no_secret(None, (paper.title for paper in command.expected))
    opened(file)
    if file.ended is not None:
        return []
    on = command.on or act.effective_at.latest
    require_not_ahead(act, on, "the end of a matter")
    papers = tuple(paper for paper in expected_of(command.expected) if paper.key not in file.expected)
    return [
        MatterEnded(
            file_id=command.file_id,
            on=on,
            ending=command.ending,
            expected=papers,
            answered=answered(papers, file),
        )
    ]


def resume_matter(command: ResumeMatter, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: what goes on has an open file."""
    by_the_team(act, Capacity.POLICY)
    require_no_secret(None, (command.reason,))
    opened(file)
    if file.ended is None:
        return []
    resumed = MatterResumed.model_validate(command.model_dump())
    if file.closed is None:
        return [resumed]
    return [CaseFileReopened(file_id=command.file_id, reason=command.reason), resumed]


def close(command: CloseCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: closed when the matter is over and every paper is there; drafts and duplicates go out."""
    by_the_team(act)
    began = opened(file)
    if file.closed is not None:
        return []
    require(
        file.ended is not None,
        Rule.MATTER_HAS_ENDED,
        f"its matter is still open: {began.kind} {began.subject_id}",
    )
    assert file.ended is not None
    assert file.settled is not None
    for ordinal in command.remove:
        require_entry(ordinal, file)
    drafts = {ordinal for ordinal, filed in file.entries.items() if filed.draft}
    removed = tuple(sorted({*command.remove, *drafts}))
    missing = "; ".join(called(paper) for paper in file.missing(without=removed))
    require(
        not missing,
        Rule.FILE_IS_COMPLETE,
        f"the file lacks: {missing}; file it, or say why it will not come",
    )
    kept = [filed for ordinal, filed in file.entries.items() if ordinal not in removed]
    require(
        bool(kept) or file.ended.ending is Ending.CALLED_OFF,
        Rule.FILE_IS_COMPLETE,
        "the file lacks every document: it holds none",
    )
    ended = file.ended.on
    terms = terms_of(file.settled.retention, ended)
    return [
        CaseFileClosed(
            file_id=command.file_id,
            documents=len(kept),
            pages=sum(filed.pages or 0 for filed in kept),
            start=min([began.began, ended, *_days(kept)]),
            end=ended,
            removed=removed,
            keep_until=terms.keep_until,
            by_decree=terms.by_decree,
            by_law=terms.by_law,
            submit_by=terms.submit_by,
        )
    ]


def _days(kept: list[DocumentFiled]) -> list[date]:
    return [filed.document.date for filed in kept if filed.document and filed.document.date]


def reopen(command: ReopenCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: never in silence; who asks says why."""
    by_the_team(act)
    require_no_secret(None, (command.reason,))
    opened(file)
    if file.closed is None:
        return []
    return [CaseFileReopened.model_validate(command.model_dump())]


def hold_back(command: HoldBackCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: by the archive's written consent, for two years after the day of submission at most."""
    by_the_team(act)
    require_no_secret(None, (command.reason,))
    opened(file)
    require(file.closed is not None, Rule.ONLY_CLOSED_IS_HELD_BACK, "the file is not closed yet")
    assert file.closed is not None
    due = file.closed.submit_by
    require(
        due is not None,
        Rule.ONLY_SUBMITTED_IS_HELD_BACK,
        "its retention is below five years: it stays where it is without a consent",
    )
    assert due is not None
    last = years_later(due, HELD_BACK_YEARS)
    require(
        due < command.until <= last,
        Rule.HELD_BACK_TWO_YEARS,
        f"it is due on {due}, and may be held back until {last}",
    )
    held = CaseFileHeldBack.model_validate(command.model_dump())
    return [] if file.held_back == held else [held]
