"""What people ask of requests for information: each may be refused."""

from datetime import date

from pydantic import Field

from services.feedback.commands import Id, Text
from shared.dates import Deadline
from shared.messages import AgencyId, Command, DocumentRef


class RequestInformation(Command):
    request_id: str = Id
    to: AgencyId = Field(min_length=1, max_length=200)
    what: str = Text
    due: Deadline | None = None


class ProvideInformation(Command):
    request_id: str = Id
    content: str = Text
    document: DocumentRef | None = None


class MarkInformationOverdue(Command):
    """Time as input: whether the deadline had passed on the day `today`."""

    request_id: str = Id
    today: date


class TransferInformationRequest(Command):
    """A request follows an agency that ended to its successors."""

    request_id: str = Id
    from_agency: AgencyId
    to: tuple[AgencyId, ...] = Field(min_length=1, max_length=1000)
    reason: str = Text


class CloseInformationRequest(Command):
    request_id: str = Id
    reason: str = Text


InformationCommand = (
    RequestInformation
    | ProvideInformation
    | MarkInformationOverdue
    | TransferInformationRequest
    | CloseInformationRequest
)
