"""What is asked of a committee when one under it has reported."""

from pydantic import Field

from services.feedback.child.events import ChildFigure
from services.feedback.commands import Id, Title
from shared.messages import Command, CommitteeId


class ReceiveChildReport(Command):
    child: CommitteeId = Field(pattern=r"^[a-z0-9]+$", max_length=100)
    report_id: str = Id
    period: str = Field(min_length=4, max_length=10)
    title: str = Title
    figures: tuple[ChildFigure, ...] = Field(default=(), max_length=500)


ChildCommand = ReceiveChildReport
