"""What the support team does around a meeting: its documents, and what became of its conclusions (D7.4)."""

from services.meetings.commands import CheckConclusionFollowUp, CirculateMeetingDocuments
from services.meetings.events import ConclusionFollowUpChecked, MeetingDocumentsCirculated, MeetingEvent
from services.meetings.rules import Rule
from services.meetings.state import Meeting, not_over, standing
from services.members.capacity import SUPPORT_TEAM
from services.members.parameters import terms
from shared.decider import require
from shared.envelope import Act


def circulate(command: CirculateMeetingDocuments, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D7.4: the documents go out before the meeting is over; late is recorded, never refused."""
    standing(meeting)
    require(
        act.in_capacity(*SUPPORT_TEAM),
        Rule.TEAM_CIRCULATES,
        "the support team prepares the documents and sends them out",
    )
    not_over(meeting)
    sent = MeetingDocumentsCirculated.model_validate(command.model_dump())
    if sent in meeting.circulated:
        return []
    return [sent.model_copy(update={"late": _late(act, meeting)})]


def _late(act: Act, meeting: Meeting) -> bool:
    """Whether too few working days were left, however the days of the act and the meeting are meant."""
    if meeting.held is None or not act.actor.mandate.bound:
        return False
    parameters = terms(act)
    in_time = parameters.work.before(meeting.held.latest, parameters.invitation_working_days)
    return act.effective_at.earliest > in_time


def check_follow_up(command: CheckConclusionFollowUp, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D7.4: the support team checks the carrying out; every check that finds something else stays."""
    standing(meeting)
    require(
        act.in_capacity(*SUPPORT_TEAM),
        Rule.TEAM_CHECKS,
        "the support team checks how conclusions are carried out",
    )
    require(
        command.conclusion_id in meeting.conclusions,
        Rule.CONCLUSION_WAS_ISSUED,
        f"{command.conclusion_id} is no conclusion of this meeting",
    )
    checked = ConclusionFollowUpChecked.model_validate(command.model_dump())
    return [] if meeting.follow_ups.get(command.conclusion_id) == checked else [checked]
