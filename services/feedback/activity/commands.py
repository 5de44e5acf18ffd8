"""What people ask of the activity report: each may be refused."""

from pydantic import Field

from services.feedback.activity.events import ReportFigure
from services.feedback.commands import Id, Text, Title
from shared.messages import Command, DocumentRef

REFERENCE = r"^[a-z]+-[a-z0-9]+\.[^@]{1,400}@\d{1,10}$"
"""An event as it is cited: `stream@revision`."""
MOST = 10**17
"""What a figure may be: every read database holds it."""


class FigureAsked(ReportFigure):
    """A figure as people report it; texts have a limited length."""

    key: str = Field(pattern=r"^[a-z0-9_.]{1,100}$")
    label: str = Field(min_length=1, max_length=500)
    value: int = Field(default=0, ge=-MOST, le=MOST)
    unit: str | None = Field(default=None, max_length=100)
    evidence: tuple[str, ...] = Field(default=(), max_length=20_000)
    remark: str | None = Field(default=None, max_length=2000)


class IssueActivityReport(Command):
    report_id: str = Id
    period: str = Field(min_length=4, max_length=10)
    title: str = Title
    figures: tuple[FigureAsked, ...] = Field(default=(), max_length=500)
    text: str = Field(default="", max_length=100_000)
    document: DocumentRef | None = None


class CorrectActivityReport(Command):
    """The figures given take the place of those with the same key; a new key is one more figure."""

    report_id: str = Id
    figures: tuple[FigureAsked, ...] = Field(min_length=1, max_length=500)
    reason: str = Text


ActivityCommand = IssueActivityReport | CorrectActivityReport
