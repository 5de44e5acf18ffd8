"""What the events of other subjects mean for the file of their matter: it begins, goes on, ends or resumes.

A paper is named by the event that tells of it; the beginning of a meeting names the invitation, of which
nothing else tells.
"""

from collections.abc import Iterable
from typing import Final

from services.feedback.events import (
    FeedbackAnswered,
    FeedbackClosed,
    FeedbackDeclined,
    FeedbackForwarded,
    FeedbackReceived,
    FeedbackReopened,
)
from services.meetings.casefile.commands import (
    EndMatter,
    ExpectedPaper,
    ExpectInCaseFile,
    OpenCaseFile,
    ResumeMatter,
    file_id,
)
from services.meetings.casefile.events import Ending, MatterKind, Paper
from services.meetings.events import (
    ConclusionIssued,
    MeetingCancelled,
    MeetingClosed,
    MeetingConvened,
    MeetingDocumentsCirculated,
    MinutesApproved,
    OpinionRequested,
    OpinionRoundClosed,
    RoundForm,
    SubstituteAuthorised,
)
from services.tasks.events import ProgrammeDrafted, ProgrammeIssued
from services.tasks.inspection.events import (
    InspectionCancelled,
    InspectionClosed,
    InspectionConducted,
    InspectionScheduled,
)
from shared.messages import DocumentRef, Event

Followed = OpenCaseFile | ExpectInCaseFile | EndMatter | ResumeMatter
KEY: Final = 500
TITLE: Final = 1000
MEETING, ROUND = MatterKind.MEETING, MatterKind.OPINION_ROUND
INSPECTION, FEEDBACK = MatterKind.INSPECTION, MatterKind.FEEDBACK


def begun(event: Event) -> OpenCaseFile | None:
    """The file of a matter that begins, or None. What is asked orally belongs to the file of the meeting."""
    match event:
        case MeetingConvened():
            return _open(MEETING, event.meeting_id, event.title, [_paper(Paper.INVITATION)])
        case OpinionRequested(form=RoundForm.WRITTEN):
            sent = _paper(Paper.REQUEST, digest=event.text_digest)
            return _open(ROUND, event.round_id, event.subject, [sent])
        case ProgrammeDrafted():
            return _open(MatterKind.PROGRAMME, event.programme_id, event.title)
        case InspectionScheduled():
            decided = [_paper(Paper.DECISION, event.decision)] if event.decision else []
            return _open(INSPECTION, event.inspection_id, event.subject, decided)
        case FeedbackReceived():
            sent_along = [
                _paper(Paper.ATTACHMENT, about=one.digest, digest=one.digest, title=one.name)
                for one in event.attachments
            ]
            return _open(FEEDBACK, event.feedback_id, event.subject, sent_along)
        case _:
            return None


def gone_on(event: Event, ground: DocumentRef | None) -> Followed | None:
    """What a matter that goes on or ends asks of its file, or None; `ground` is the document of the act."""
    match event:
        case MeetingDocumentsCirculated():
            papers = [_paper(Paper.MEETING_PAPER, one, about=str(one)) for one in event.documents]
            return _expect(MEETING, event.meeting_id, papers)
        case SubstituteAuthorised(opinion=DocumentRef() as opinion):
            papers = [_paper(Paper.WRITTEN_OPINION, opinion, about=event.member)]
            return _expect(MEETING, event.meeting_id, papers)
        case ConclusionIssued():
            papers = [_paper(Paper.CONCLUSION, event.notice or ground, about=event.conclusion_id)]
            return _expect(MEETING, event.meeting_id, papers)
        case MinutesApproved():
            return _expect(MEETING, event.meeting_id, [_paper(Paper.MINUTES, event.minutes)])
        case MeetingClosed():
            return _end(MEETING, event.meeting_id, [_paper(Paper.MINUTES)])
        case MeetingCancelled():
            return _end(MEETING, event.meeting_id, ending=Ending.CALLED_OFF)
        case OpinionRoundClosed(tally=tally):
            came = tally.agree + tally.agree_with_comments + tally.disagree
            papers = [_paper(Paper.OPINIONS)] if came else []
            return _end(ROUND, event.round_id, [*papers, _paper(Paper.TALLY)])
        case ProgrammeIssued():
            papers = [_paper(Paper.PROGRAMME, ground)]
            return _expect(MatterKind.PROGRAMME, event.programme_id, papers)
        case InspectionConducted():
            return _expect(INSPECTION, event.inspection_id, [_paper(Paper.RECORD)])
        case InspectionClosed():
            concluded = _paper(Paper.INSPECTION_CONCLUSION, event.document or ground)
            return _end(INSPECTION, event.inspection_id, [concluded])
        case InspectionCancelled():
            return _end(INSPECTION, event.inspection_id, ending=Ending.CALLED_OFF)
        case FeedbackAnswered():
            written = event.document or ground  # else the answer is the event itself
            papers = [_paper(Paper.ANSWER, written)] if written else []
            return _expect(FEEDBACK, event.feedback_id, papers)
        case FeedbackClosed() | FeedbackDeclined():
            return _end(FEEDBACK, event.feedback_id)
        case FeedbackForwarded():
            told = [_paper(Paper.ANSWER, event.document)] if event.document else []
            return _end(FEEDBACK, event.feedback_id, told)
        case FeedbackReopened():
            reason = event.reason[:TITLE]
            return ResumeMatter(file_id=file_id(FEEDBACK, event.feedback_id), reason=reason)
        case _:
            return None


def _paper(
    what: Paper,
    document: DocumentRef | None = None,
    *,
    about: str | None = None,
    digest: str | None = None,
    title: str | None = None,
) -> ExpectedPaper:
    key = f"{what}:{about}"[:KEY] if about else what.value
    return ExpectedPaper(key=key, what=what, document=document, digest=digest, title=title)


def _open(
    kind: MatterKind, subject_id: str, title: str, papers: Iterable[ExpectedPaper] = ()
) -> OpenCaseFile:
    return OpenCaseFile(kind=kind, subject_id=subject_id, title=title[:TITLE], expected=tuple(papers))


def _expect(kind: MatterKind, subject_id: str, papers: Iterable[ExpectedPaper]) -> Followed | None:
    expected = tuple(papers)
    return ExpectInCaseFile(file_id=file_id(kind, subject_id), expected=expected) if expected else None


def _end(
    kind: MatterKind,
    subject_id: str,
    papers: Iterable[ExpectedPaper] = (),
    ending: Ending = Ending.DONE,
) -> EndMatter:
    return EndMatter(file_id=file_id(kind, subject_id), ending=ending, expected=tuple(papers))
