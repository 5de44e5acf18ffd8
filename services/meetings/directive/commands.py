"""What people ask of directives: each may be refused."""

from datetime import date

from pydantic import Field

from services.meetings.commands import Id, Name, Several, Text
from shared.dates import Deadline
from shared.messages import AgencyId, Command


class IssueDirective(Command):
    """Without `acknowledge_by`, the regulation's own time limit counts; a source is left as it is.

    `about` names the task, programme or meeting that it is about, as `task:…`, `programme:…`, `meeting:…`.
    """

    directive_id: str = Id
    text: str = Text
    to: tuple[AgencyId, ...] = Field(default=(), max_length=500)
    to_support_team: bool = False
    about: str | None = Field(default=None, pattern=r"^(task|programme|meeting):\S+$", max_length=220)
    acknowledge_by: Deadline | None = None


class AcknowledgeDirective(Command):
    """`measures`: what was made known to whom, and how. The support team's `agency_id` is `to-giup-viec`."""

    directive_id: str = Id
    agency_id: AgencyId = Id
    measures: str = Text


class MarkAcknowledgementsOverdue(Command):
    """Time as input: what is overdue on the day `today`."""

    directive_id: str = Id
    today: date


class ReaddressDirective(Command):
    directive_id: str = Id
    from_agency: AgencyId = Id
    to: tuple[AgencyId, ...] = Several
    reason: str = Name


class WithdrawDirective(Command):
    directive_id: str = Id
    reason: str = Name


DirectiveCommand = (
    IssueDirective
    | AcknowledgeDirective
    | MarkAcknowledgementsOverdue
    | ReaddressDirective
    | WithdrawDirective
)
