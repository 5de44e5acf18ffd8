"""What happened to templates, requests for reports and reporting regimes: published language."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field, StrictInt, StrictStr

from shared.dates import Deadline
from shared.messages import AgencyId, DocumentRef, Event, Message, PersonId


class FieldKind(StrEnum):
    """What may stand in a field of a report. A number is whole, or a decimal in text; money is whole đồng."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DOCUMENT = "document"


class TemplateField(Message):
    """A field that a report is to fill in; `label` is what people read."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True


class Rhythm(StrEnum):
    """How often a regime asks for a report."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


Value = StrictInt | StrictStr | DocumentRef
"""What a report says in one field."""


class ReportTally(Message):
    """How a request ended, in agencies: those who were asked at its closing are on time, late, returned or
    silent, and each is counted once."""

    asked: int = 0
    on_time: int = 0
    late: int = 0
    returned: int = 0
    silent: int = 0


class TemplateDefined(Event):
    """Reports of this template have these fields (D5.2.b); each change is a new version."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    template_id: str
    version: int
    title: str
    fields: tuple[TemplateField, ...] = ()


TemplateEvent = TemplateDefined


class ReportRequested(Event):
    """These agencies are to report by a template and a deadline (D5.2.b).

    The fields are those of the template as it was. `regime_id` where a regime asks by itself,
    `from_conclusion` is the event that the request goes back to.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    title: str
    to: tuple[AgencyId, ...]
    due: Deadline
    template_id: str | None = None
    version: int | None = None
    fields: tuple[TemplateField, ...] = ()
    period: str | None = None
    from_conclusion: str | None = None
    regime_id: str | None = None
    requested_by: PersonId | None = None


class ReportSubmitted(Event):
    """One agency's report; a later version stands beside the earlier ones. `late` is after the deadline that
    stood when it came, by `days_late` days."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    agency_id: AgencyId
    version: int
    late: bool = False
    days_late: int = 0
    values: dict[str, Value] = Field(default_factory=dict)
    document: DocumentRef | None = None


class ReportAccepted(Event):
    """Every field that the template requires is there and of its kind."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    agency_id: AgencyId
    version: int


class ReportReturned(Event):
    """The report goes back with what is `missing`, what is of the `wrong` kind or not asked for, or the
    `reasons` that the support team gives."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    agency_id: AgencyId
    version: int
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    reasons: str | None = None


class ReportOverdue(Event):
    """The deadline passed and this agency has sent nothing, on the day `seen`."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    agency_id: AgencyId
    due: Deadline
    seen: date


class ReportRequestExtended(Event):
    """All who were asked have more time; what came late before stays late."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b",)
    request_id: str
    due: Deadline
    due_before: Deadline | None = None
    reason: str = ""


class ReportRequestTransferred(Event):
    """A report that is still owed is owed by the successors of an agency that ended; `asked` are all from
    here on."""

    clauses: ClassVar[tuple[str, ...]] = ("D1.2", "D5.2.b", "D11.3")
    request_id: str
    from_agency: AgencyId
    to: tuple[AgencyId, ...]
    asked: tuple[AgencyId, ...]
    reason: str = ""


class ReportRequestClosed(Event):
    """The request ends with a count of those who were asked by then."""

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    request_id: str
    tally: ReportTally


ReportEvent = (
    ReportRequested
    | ReportSubmitted
    | ReportAccepted
    | ReportReturned
    | ReportOverdue
    | ReportRequestExtended
    | ReportRequestTransferred
    | ReportRequestClosed
)


class ReportRegimeSet(Event):
    """From `since` on these agencies report in this rhythm, each time so many days after the period's end.

    Set again, it goes on with other terms.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    regime_id: str
    title: str
    rhythm: Rhythm
    to: tuple[AgencyId, ...]
    due_days: int
    since: date
    template_id: str | None = None
    version: int | None = None
    fields: tuple[TemplateField, ...] = ()
    from_conclusion: str | None = None


class ReportRegimeEnded(Event):
    clauses: ClassVar[tuple[str, ...]] = ("D5.2.b", "D11.3")
    regime_id: str
    reason: str = ""


RegimeEvent = ReportRegimeSet | ReportRegimeEnded
