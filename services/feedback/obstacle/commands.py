"""What people ask of obstacles: each may be refused."""

from pydantic import Field

from services.feedback.commands import Agency, Heirs, Id, OptionalText, Text
from shared.messages import Command, DocumentRef


class ReportObstacle(Command):
    """Where no agency is named that meets it, it is the reporter's own."""

    obstacle_id: str = Id
    what: str = Text
    field: str | None = Field(default=None, min_length=1, max_length=500)
    proposal: str | None = OptionalText
    agencies: tuple[Agency, ...] = Field(default=(), max_length=1000)


class EscalateObstacle(Command):
    """To the chair."""

    obstacle_id: str = Id
    reason: str = Text


class ResolveObstacle(Command):
    obstacle_id: str = Id
    how: str = Text
    document: DocumentRef | None = None


class TransferObstacle(Command):
    """An obstacle follows an agency that ended to its successors."""

    obstacle_id: str = Id
    from_agency: Agency
    to: Heirs
    reason: str = Text


ObstacleCommand = ReportObstacle | EscalateObstacle | ResolveObstacle | TransferObstacle
