"""Files follow their matters: these commands, no others, the same twice."""

from datetime import date
from itertools import count

import pytest

from services.feedback.events import Attachment, FeedbackClosed, FeedbackReceived, FeedbackReopened
from services.meetings.casefile.commands import (
    Ending,
    EndMatter,
    EnterCaseFile,
    ExpectInCaseFile,
    FileDocument,
    OpenCaseFile,
    ResumeMatter,
)
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import DocumentExpected, Expected, MatterKind, Paper
from services.meetings.casefile.policies import POLICIES
from services.meetings.document.events import Body
from services.meetings.events import (
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MeetingKind,
    MinutesApproved,
    OpinionRequested,
    OpinionRoundClosed,
    RoundForm,
    SubstituteAuthorised,
    Tally,
)
from services.tasks.events import ProgrammeDrafted, ProgrammeIssued
from services.tasks.inspection.events import InspectionClosed, InspectionConducted, InspectionScheduled
from shared.dates import Moment
from shared.messages import AgencyId, Command, DocumentRef, Event, PersonId
from tests.unit.given import SOURCE, act
from tests.unit.holdings import asked_after
from tests.unit.meetings.casefile_examples import FILE, MINUTES, digest
from tests.unit.meetings.document_examples import CHAIR, issued, paper
from tests.unit.meetings.specimens_casefile import OPENED
from tests.unit.rows import envelopes

M = "hop-quy-1"
CONVENED = MeetingConvened(
    meeting_id=M, kind=MeetingKind.PERIODIC, title="Họp", held=Moment("2026-03-05"), presiding=PersonId("a")
)
ROUND = OpinionRequested(round_id="gop-y", subject="Dự thảo", asked=("g",), form=RoundForm.WRITTEN)
RECEIVED = FeedbackReceived(
    feedback_id="pa",
    subject="Phần mềm chậm",
    attachments=(Attachment(digest="ab" * 32, name="a.pdf", media_type="application/pdf", size=1),),
)
SCHEDULED = InspectionScheduled(inspection_id="kt", agency_id=AgencyId("so"), subject="Kiểm tra")
DRAFTED = ProgrammeDrafted(programme_id="ct", title="Chương trình 2026")
NOTICE = issued(paper("thong-bao"), 4, "04/TB-BCĐ")


def asked(*events: Event, source: bool = False, bound: bool = True) -> list[Command]:
    revisions, recorded = count(), []
    by = act("chair", source=SOURCE if source else None, bound=bound)
    for event in events:
        recorded += envelopes(decider, "x", [event], by, first=next(revisions))
    return [one.command for one in asked_after(POLICIES, recorded)]


@pytest.mark.parametrize(
    ("event", "kind", "papers"),
    [
        (CONVENED, MatterKind.MEETING, ["invitation_paper"]),
        (ROUND, MatterKind.OPINION_ROUND, ["opinion_request"]),
        (DRAFTED, MatterKind.PROGRAMME, []),
        (SCHEDULED, MatterKind.INSPECTION, []),
        (RECEIVED, MatterKind.FEEDBACK, [f"feedback_attachment:{'ab' * 32}"]),
    ],
)
def test_a_matter_that_begins_has_its_file(event: Event, kind: MatterKind, papers: list[str]) -> None:
    [command] = asked(event)
    assert isinstance(command, OpenCaseFile)
    assert (command.kind, [one.key for one in command.expected]) == (kind, papers)
    assert asked(event, event) == [], "it has one file"


@pytest.mark.parametrize("event", [CONVENED, ROUND, DRAFTED, SCHEDULED, RECEIVED])
def test_of_what_only_a_source_tells_or_nothing_bound_no_file_was_kept(event: Event) -> None:
    assert asked(event, source=True) == []
    assert asked(event, bound=False) == []
    assert asked(CONVENED, MeetingClosed(meeting_id=M), source=True) == []


def test_opinions_that_are_asked_at_a_meeting_belong_to_its_file() -> None:
    assert asked(ROUND.model_copy(update={"form": RoundForm.AT_MEETING})) == []


@pytest.mark.parametrize(
    ("before", "event", "keys"),
    [
        (
            CONVENED,
            MeetingDocumentsCirculated(meeting_id=M, documents=(MINUTES,)),
            ["meeting_paper:03/BB-BCĐ 05/03/2026"],
        ),
        (
            CONVENED,
            SubstituteAuthorised(
                meeting_id=M, member=PersonId("v"), substitute=PersonId("t"), opinion=MINUTES
            ),
            ["written_opinion:v"],
        ),
        (
            CONVENED,
            ConclusionIssued(meeting_id=M, conclusion_id="kl", text="Giao."),
            ["conclusion_notice:kl"],
        ),
        (CONVENED, MinutesApproved(meeting_id=M, minutes=MINUTES), ["minutes_paper"]),
        (DRAFTED, ProgrammeIssued(programme_id="ct", title="Chương trình"), ["programme_paper"]),
        (
            SCHEDULED,
            InspectionConducted(inspection_id="kt", on=Moment("2026-03-05"), by="Đoàn"),
            ["inspection_record"],
        ),
    ],
)
def test_a_step_says_what_the_file_must_hold(before: Event, event: Event, keys: list[str]) -> None:
    [command] = asked(before, event)
    assert isinstance(command, ExpectInCaseFile)
    assert [one.key for one in command.expected] == keys


@pytest.mark.parametrize(
    ("before", "event", "ending", "keys"),
    [
        (CONVENED, MeetingClosed(meeting_id=M), Ending.DONE, ["minutes_paper"]),
        (CONVENED, MeetingCancelled(meeting_id=M, reason="x"), Ending.CALLED_OFF, []),
        (
            ROUND,
            OpinionRoundClosed(round_id="gop-y", tally=Tally(agree=1)),
            Ending.DONE,
            ["opinions_received", "opinion_tally"],
        ),
        (
            ROUND,
            OpinionRoundClosed(round_id="gop-y", tally=Tally(no_answer=1)),
            Ending.DONE,
            ["opinion_tally"],
        ),
        (
            SCHEDULED,
            InspectionClosed(inspection_id="kt", conclusion="Tốt"),
            Ending.DONE,
            ["inspection_conclusion"],
        ),
        (RECEIVED, FeedbackClosed(feedback_id="pa"), Ending.DONE, []),
    ],
)
def test_the_end_of_a_matter_is_told_to_its_file(
    before: Event, event: Event, ending: Ending, keys: list[str]
) -> None:
    [command] = asked(before, event)
    assert isinstance(command, EndMatter)
    assert (command.ending, [one.key for one in command.expected]) == (ending, keys)


def test_a_matter_that_goes_on_is_told_to_its_file() -> None:
    [command] = asked(RECEIVED, FeedbackReopened(feedback_id="pa", reason="chưa xong", lies_with=()))
    assert command == ResumeMatter(file_id="feedback.pa", reason="chưa xong")


def test_a_file_that_the_team_opened_follows_its_matter_too() -> None:
    [command] = asked(OPENED, MeetingClosed(meeting_id=M))
    assert isinstance(command, EndMatter)


def test_a_file_that_was_opened_gets_its_number() -> None:
    assert asked(OPENED) == [EnterCaseFile(year=2026, file_id=FILE, kind=MatterKind.MEETING, subject_id=M)]


def expecting(document: DocumentRef | None = None, of: str | None = None) -> DocumentExpected:
    wanted = Expected(key="kl", what=Paper.CONCLUSION, document=document, digest=of)
    return DocumentExpected(file_id=FILE, expected=(wanted,))


CITED = DocumentRef(number="04/TB-BCĐ", date=NOTICE.date)


@pytest.mark.parametrize("expected", [expecting(CITED), expecting(of=NOTICE.text_digest)])
def test_what_is_issued_goes_into_the_file_that_expects_it_whichever_is_first(
    expected: DocumentExpected,
) -> None:
    for events in ((expected, NOTICE), (NOTICE, expected)):
        [command] = asked(*events)
        assert isinstance(command, FileDocument)
        assert (command.file_id, str(command.document)) == (FILE, str(CITED))
        assert command.content is not None
        assert command.content.digest == NOTICE.text_digest


def test_a_document_of_another_number_year_or_without_a_day_goes_nowhere() -> None:
    old = DocumentRef(number="04/TB-BCĐ", date=date(2025, 1, 1))
    for other in (old, DocumentRef(number="04/TB-BCĐ"), DocumentRef(number="05/TB-BCĐ", date=NOTICE.date)):
        assert asked(NOTICE, expecting(other)) == []
        assert asked(expecting(other), NOTICE) == []
    assert asked(expecting(of=digest("x")), NOTICE) == []
    assert (NOTICE.body, CHAIR.actor.capacity) == (Body.COMMITTEE, "chair")
