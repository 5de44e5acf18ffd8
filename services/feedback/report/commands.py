"""What people ask of templates, requests for reports and reporting regimes: each may be refused."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from services.feedback.commands import LAST, Agency, Due, Heirs, Id, Text, Title
from services.feedback.report.events import Rhythm, TemplateField
from shared.messages import Command, DocumentRef

MANY = 200
"""Fields of a template, at most."""
ALL = 5000
"""Agencies that are asked at once, at most."""

REGIME = Field(min_length=1, max_length=180)
"""The id of a regime: with a period it is the id of a request."""

Value = StrictInt | Annotated[StrictStr, Field(max_length=10_000)] | DocumentRef


class FieldAsked(TemplateField):
    """A field as people define it; names and labels have a limited length."""

    name: str = Field(min_length=1, max_length=100)
    label: str = Field(min_length=1, max_length=500)


class DefineTemplate(Command):
    template_id: str = Id
    title: str = Title
    fields: tuple[FieldAsked, ...] = Field(default=(), max_length=MANY)


TemplateCommand = DefineTemplate


class RequestReport(Command):
    """The fields are those of the template as it is, so that the answer is judged by them alone."""

    request_id: str = Id
    title: str = Title
    to: tuple[Agency, ...] = Field(default=(), max_length=ALL)
    due: Due
    template_id: str | None = Field(default=None, max_length=200)
    version: int | None = Field(default=None, ge=1, le=1_000_000)
    fields: tuple[FieldAsked, ...] = Field(default=(), max_length=MANY)
    period: str | None = Field(default=None, max_length=200)
    from_conclusion: str | None = Field(default=None, max_length=500)
    regime_id: str | None = Field(default=None, min_length=1, max_length=180)


class SubmitReport(Command):
    request_id: str = Id
    agency_id: Agency
    values: dict[str, Value] = Field(default_factory=dict, max_length=MANY)
    document: DocumentRef | None = None


class ReturnReport(Command):
    request_id: str = Id
    agency_id: Agency
    reasons: str = Text


class ExtendReport(Command):
    request_id: str = Id
    due: Due
    reason: str = Text


class TransferReport(Command):
    """A report that is still owed follows an agency that ended to its successors."""

    request_id: str = Id
    from_agency: Agency
    to: Heirs
    reason: str = Text


class MarkReportsOverdue(Command):
    request_id: str = Id
    today: date


class CloseReportRequest(Command):
    request_id: str = Id


ReportCommand = (
    RequestReport
    | SubmitReport
    | ReturnReport
    | ExtendReport
    | TransferReport
    | MarkReportsOverdue
    | CloseReportRequest
)


class SetReportRegime(Command):
    """`due_days` are counted from the last day of each period; without `since`, from the day of the act."""

    regime_id: str = REGIME
    title: str = Title
    rhythm: Rhythm
    to: tuple[Agency, ...] = Field(default=(), max_length=ALL)
    due_days: int = Field(ge=0, le=366)
    since: date | None = Field(default=None, ge=date(1900, 1, 1), le=LAST)
    template_id: str | None = Field(default=None, max_length=200)
    version: int | None = Field(default=None, ge=1, le=1_000_000)
    fields: tuple[FieldAsked, ...] = Field(default=(), max_length=MANY)
    from_conclusion: str | None = Field(default=None, max_length=500)


class EndReportRegime(Command):
    regime_id: str = REGIME
    reason: str = Text


RegimeCommand = SetReportRegime | EndReportRegime
