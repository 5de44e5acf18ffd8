"""Which of the clauses that the type of an event cites this one event serves, by what it says."""

from collections.abc import Mapping
from typing import Final

from services.meetings.directive.events import SUPPORT_TEAM_ID
from services.meetings.events import MeetingConvened, MeetingKind
from services.records.compliance.standing import Recorded
from services.tasks.events import TaskAssigned, TaskOrigin

BY_KIND: Final[Mapping[str, tuple[MeetingKind, ...]]] = {
    "D4.3": (MeetingKind.PERIODIC, MeetingKind.EXTRAORDINARY, MeetingKind.EXPANDED),
    "D8.1": (MeetingKind.PERIODIC, MeetingKind.EXTRAORDINARY),
    "D8.2": (MeetingKind.EXPANDED,),
    "D9.2": (MeetingKind.WORKING_SESSION,),
}
"""The clauses of which a meeting serves only those of its own kind."""
BY_ORIGIN: Final[Mapping[str, tuple[TaskOrigin, ...]]] = {
    "D4.2": (TaskOrigin.ASSIGNMENT, TaskOrigin.CONCLUSION),
    "D5.2.c": (TaskOrigin.ASSIGNMENT,),
    "D7.4": (TaskOrigin.CONCLUSION,),
    "D8.1": (TaskOrigin.CONCLUSION,),
}
"""And a task only those of where it comes from."""
BY_WHAT_IT_SAYS: Final = (MeetingConvened.__name__, TaskAssigned.__name__)
"""The types of events of which it is not enough to know what they cite."""


def served(envelope: Recorded) -> tuple[str, ...]:
    """A meeting of one kind is no proof that those of another were held, nor a task of the work of others."""
    cited = envelope.meta.clauses
    match envelope.event:
        case MeetingConvened() as meeting:
            return tuple(one for one in cited if one not in BY_KIND or meeting.kind in BY_KIND[one])
        case TaskAssigned() as task:
            theirs = SUPPORT_TEAM_ID in (*task.lead, *task.with_agencies)
            others = (one for one in cited if one != "D7.9" or theirs)
            return tuple(one for one in others if one not in BY_ORIGIN or task.origin in BY_ORIGIN[one])
        case _:
            return cited
