"""What people ask of requests for information: each may be refused."""

from datetime import date

from services.feedback.commands import Agency, Due, Heirs, Id, Text
from shared.messages import Command, DocumentRef


class RequestInformation(Command):
    request_id: str = Id
    to: Agency
    what: str = Text
    due: Due | None = None


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
    from_agency: Agency
    to: Heirs
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
