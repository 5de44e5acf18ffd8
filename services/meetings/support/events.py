"""What the support team does around a meeting (D7.4): part of the published language of this context."""

from enum import StrEnum
from typing import ClassVar

from shared.messages import DocumentRef, Event


class FollowUp(StrEnum):
    """How far a conclusion is carried out, as the support team found it."""

    CARRIED_OUT = "carried_out"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


class MeetingDocumentsCirculated(Event):
    """The documents of a meeting went out: to all who attend, or only to those in `to`.

    `late` where fewer working days than the regulation asks were certainly left before the meeting.
    """

    clauses: ClassVar[tuple[str, ...]] = ("D7.4",)
    meeting_id: str
    documents: tuple[DocumentRef, ...] = ()
    to: tuple[str, ...] = ()
    late: bool = False


class ConclusionFollowUpChecked(Event):
    """The support team looked at how a conclusion is carried out; a later check stands beside this one."""

    clauses: ClassVar[tuple[str, ...]] = ("D6.1.d", "D7.4")
    meeting_id: str
    conclusion_id: str
    status: FollowUp
    findings: str = ""
