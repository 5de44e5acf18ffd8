"""What people ask of initiatives: each may be refused."""

from pydantic import Field

from services.feedback.commands import Agency, Id, OptionalText, Text
from services.feedback.initiative.events import Assessment
from shared.messages import Command, DocumentRef


class ProposeInitiative(Command):
    """Where neither seat nor agency is named, it is the proposer's own."""

    initiative_id: str = Id
    title: str = Text
    content: str = Text
    expected_result: str | None = OptionalText
    seat_id: str | None = Field(default=None, min_length=1, max_length=200)
    agency_id: Agency | None = None


class AssessInitiative(Command):
    initiative_id: str = Id
    assessment: Assessment
    reason: str | None = OptionalText


class ImplementInitiative(Command):
    initiative_id: str = Id
    result: str = Text
    document: DocumentRef | None = None


InitiativeCommand = ProposeInitiative | AssessInitiative | ImplementInitiative
