"""Any course of commands: a closed file is whole, places and numbers are never given twice."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from services.meetings.casefile import catalogue
from services.meetings.casefile import decider as case_file
from services.meetings.casefile.catalogue import Catalogue
from services.meetings.casefile.commands import (
    CloseCaseFile,
    Content,
    DraftFilePlan,
    Ending,
    EndMatter,
    EnterCaseFile,
    ExpectedPaper,
    ExpectInCaseFile,
    FileDocument,
    HoldBackCaseFile,
    IssueFilePlan,
    MatterKind,
    Paper,
    PlanItem,
    RemoveFromCaseFile,
    ReopenCaseFile,
    ResumeMatter,
    ReviseCaseFile,
    WaiveExpectation,
)
from services.meetings.casefile.events import CaseFileClosed, CaseFileEntered, DocumentFiled, FilePlanIssued
from services.meetings.casefile.state import CaseFile
from shared.messages import Command, DocumentRef, Event
from tests.unit.histories import machine
from tests.unit.meetings.casefile_examples import FILE, MINUTES, OPEN, digest
from tests.unit.meetings.courses import some_acts

KEYS = ("invitation_paper", "minutes_paper", "giay-khac")
REFS = (None, MINUTES, DocumentRef(number="7/BC"), DocumentRef(number="03/BB-BCĐ", date=date(2025, 1, 1)))
one: dict[str, Any] = {"file_id": st.just(FILE)}
keys = st.sampled_from(KEYS)
expected = st.lists(
    st.builds(
        ExpectedPaper,
        key=keys,
        what=st.sampled_from(Paper),
        document=st.sampled_from(REFS),
        digest=st.sampled_from([None, digest("a")]),
        title=st.none(),
    ),
    min_size=1,
    max_size=2,
).map(tuple)
reasons = st.sampled_from(["vì thế", "lý do khác"])
documents = st.builds(
    FileDocument,
    **one,
    subject=st.sampled_from(["Biên bản", "Giấy mời"]),
    type_code=st.none(),
    document=st.sampled_from(REFS),
    pages=st.sampled_from([None, 3]),
    content=st.sampled_from(["a", "b", "c"]).map(lambda name: Content(digest=digest(name))),
    paper_at=st.none(),
    draft=st.sampled_from([False, False, True]),
    satisfies=st.sampled_from([(), (), ("minutes_paper",), ("invitation_paper",)]),
)
commands: st.SearchStrategy[Command] = st.one_of(
    st.just(OPEN),
    documents,
    documents,
    st.builds(CloseCaseFile, **one, remove=st.sampled_from([(), (), (1,), (1, 2)])),
    st.builds(EndMatter, **one, on=st.none(), ending=st.sampled_from(Ending), expected=expected),
    st.builds(ExpectInCaseFile, **one, expected=expected),
    st.builds(WaiveExpectation, **one, key=keys, reason=reasons),
    st.builds(RemoveFromCaseFile, **one, ordinal=st.integers(1, 4), reason=reasons),
    st.builds(ResumeMatter, **one, reason=reasons),
    st.builds(ReopenCaseFile, **one, reason=reasons),
    st.builds(
        HoldBackCaseFile,
        **one,
        until=st.sampled_from([date(2027, 2, 1), date(2028, 1, 1), date(2031, 1, 1)]),
        consent=st.just(MINUTES),
        reason=st.just(""),
    ),
    st.builds(
        ReviseCaseFile,
        **one,
        title=st.sampled_from([None, "Tiêu đề"]),
        retention_class=st.sampled_from([None, "letters", "meetings"]),
        keeper=st.none(),
        access=st.none(),
        note=st.none(),
    ),
)


def file_holds(events: list[Event], file: CaseFile) -> None:
    ordinals = [event.ordinal for event in events if isinstance(event, DocumentFiled)]
    assert ordinals == list(range(1, len(ordinals) + 1))
    assert file.last == len(ordinals)
    if file.closed is not None:
        assert file.ended is not None
        assert file.missing() == [], "a closed file is whole"
        assert not any(filed.draft for filed in file.entries.values())
        if isinstance(events[-1], CaseFileClosed):
            assert file.closed.documents == len(file.entries)
            assert file.closed.start <= file.closed.end
    assert {ordinal for found in file.met.values() for ordinal in found} <= file.entries.keys()


subjects = st.sampled_from(["a", "b", "c", "d"])
lines = st.lists(
    st.builds(
        PlanItem,
        title=st.sampled_from(["Một", "Hai"]),
        retention_class=st.sampled_from(["meetings", "letters", "letters", "khong-co"]),
        keeper=st.none(),
        kind=st.sampled_from([None, MatterKind.MEETING]),
        subject_id=st.one_of(st.none(), subjects),
        note=st.just(""),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
plan_commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        DraftFilePlan,
        year=st.just(2026),
        items=lines,
        notation=st.sampled_from(["BCĐ", "BCĐCĐS"]),
        organ_id=st.none(),
    ),
    st.just(IssueFilePlan(year=2026)),
    st.builds(
        lambda subject, item: EnterCaseFile(
            year=2026, file_id=f"meeting.{subject}", kind=MatterKind.MEETING, subject_id=subject, item=item
        ),
        subjects,
        st.sampled_from([None, 1, 2, 9]),
    ),
)


def catalogue_holds(events: list[Event], state: Catalogue) -> None:
    planned = [item.number for event in events if isinstance(event, FilePlanIssued) for item in event.items]
    entered = [event for event in events if isinstance(event, CaseFileEntered)]
    assert len(set(planned)) == len(planned)
    assert len({event.number for event in entered}) == len(entered), "no number is given twice"
    assert len({event.symbol for event in entered}) == len(entered)
    assert all(event.planned == (event.number in planned) for event in entered)
    given = {*planned, *(event.number for event in entered)}
    assert given == set(range(1, state.last + 1)), "numbers leave no gap"


TestCaseFile = machine(case_file.decider, commands, some_acts(), file_holds)
TestCatalogue = machine(catalogue.decider, plan_commands, some_acts(), catalogue_holds)
