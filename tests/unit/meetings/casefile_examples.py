"""Files, papers and people for the tests of case files; all of them invented."""

from datetime import date
from typing import Any

from services.meetings.casefile.commands import Content, ExpectedPaper, FileDocument, OpenCaseFile
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import MatterKind, Paper
from services.meetings.document.events import TypeCode
from shared.envelope import Act
from shared.messages import DocumentRef
from tests.unit.given import Story, act

TEAM = act("team_member", at="2026-03-02")
LATER = act("team_leader", at="2026-06-30")
CHAIR = act("chair", at="2026-01-05")
CLOCK = act("policy", at="2026-03-02")
MEMBER = act("member", at="2026-03-02", seat="ghe-1")

FILE = "meeting.hop-quy-1"
MINUTES = DocumentRef(number="03/BB-BCĐ", date=date(2026, 3, 5))
NOTICE = DocumentRef(number="04/TB-BCĐ", date=date(2026, 3, 6))
OPEN = OpenCaseFile(
    kind=MatterKind.MEETING,
    subject_id="hop-quy-1",
    title="Phiên họp quý I/2026 (giả định)",
    expected=(ExpectedPaper(key="invitation_paper", what=Paper.INVITATION),),
)
FREE = OpenCaseFile(kind=MatterKind.FREE, subject_id="trao-doi", title="Trao đổi", retention_class="letters")


def digest(of: str) -> str:
    """64 hex digits."""
    return of.encode().hex().ljust(64, "0")[:64]


def paper(name: str, **changed: Any) -> FileDocument:
    """A document of two pages, with its bytes."""
    return FileDocument(
        **{
            "file_id": FILE,
            "subject": name,
            "type_code": TypeCode.INVITATION,
            "pages": 2,
            "content": Content(
                digest=digest(name), name=f"{name}.pdf", media_type="application/pdf", size=1000
            ),
            **changed,
        }
    )


def opened(by: Act = TEAM, command: OpenCaseFile = OPEN) -> Story:
    return Story(decider).when(command, by)
