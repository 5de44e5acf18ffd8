"""What a meeting is about, what it concluded, and its minutes (D7.4, D8.1)."""

from services.meetings.commands import ApproveMinutes, IssueConclusion, NoteAgendaItem, ProposeAgendaItem
from services.meetings.events import (
    AgendaItemAccepted,
    AgendaItemNoted,
    AgendaItemProposed,
    AgendaItemReturned,
    ConclusionIssued,
    MeetingEvent,
    MinutesApproved,
    Proposal,
)
from services.meetings.rules import Rule, require_where_bound
from services.meetings.state import Meeting, has_begun, not_over, presides, standing
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from shared.decider import require
from shared.envelope import Act

ASKED_FOR = ("goals", "progress", "results")
"""What D8.1 asks of a proposal, by the names of its fields."""


def propose(command: ProposeAgendaItem, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D8.1: a proposal with goals, progress and results is accepted; any other goes back.

    What went back may be proposed again under the same id; what was accepted stays as it is.
    """
    standing(meeting)
    require(
        act.in_capacity(*LEADERS, Capacity.MEMBER, *SUPPORT_TEAM, Capacity.AGENCY, Capacity.FOCAL_POINT),
        Rule.PREPARED_FROM_WITHIN,
        "members, agencies and the support team propose what is discussed",
    )
    not_over(meeting)
    proposed = AgendaItemProposed.model_validate(command.model_dump())
    if meeting.proposed.get(command.item_id) == proposed:
        return []
    require(
        command.item_id not in meeting.on_agenda,
        Rule.ITEM_IS_NEW,
        f"{command.item_id} is on the agenda already",
    )
    if missing := _missing(command.proposal):
        return [
            proposed,
            AgendaItemReturned(meeting_id=command.meeting_id, item_id=command.item_id, missing=missing),
        ]
    return [proposed, AgendaItemAccepted(meeting_id=command.meeting_id, item_id=command.item_id)]


def _missing(proposal: Proposal) -> tuple[str, ...]:
    return tuple(name for name in ASKED_FOR if not getattr(proposal, name).strip())


def note(command: NoteAgendaItem, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D7.8: an item that is known only from a source or a document; it says nothing of a proposal."""
    standing(meeting)
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team keeps the agenda",
    )
    require(
        act.source is not None or act.document is not None,
        Rule.NOTED_FROM_A_SOURCE,
        "name the source or the document, or propose the item with goals",
    )
    if command.item_id in meeting.on_agenda:
        return []
    require_where_bound(
        act,
        act.source is not None or command.item_id not in meeting.proposed,
        Rule.RETURNED_IS_COMPLETED,
        f"{command.item_id} was returned: propose it again with goals, progress and results",
    )
    return [
        AgendaItemNoted(meeting_id=command.meeting_id, item_id=command.item_id, title=command.title),
    ]


def conclude(command: IssueConclusion, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D8.1: who presided concludes, also after the meeting has closed; late is recorded, never refused."""
    _by_presiding(act, meeting)
    settled = [
        duty.model_copy(update={"deadline": terms(act).settle(duty.deadline)}) for duty in command.duties
    ]
    told = {**command.model_dump(), "duties": settled, "late": _late(act, meeting)}
    concluded = ConclusionIssued.model_validate(told)
    before = meeting.conclusions.get(command.conclusion_id)
    if before is not None and before.model_copy(update={"late": concluded.late}) == concluded:
        return []
    require(
        before is None,
        Rule.CONCLUSION_IS_NEW,
        f"{command.conclusion_id} was issued with other content: issue another one",
    )
    return [concluded]


def _late(act: Act, meeting: Meeting) -> bool:
    """Whether the conclusion certainly came after its limit; the regulation counts from the meeting's day."""
    if meeting.held is None or not act.actor.mandate.bound:
        return False
    parameters = terms(act)
    return act.effective_at.earliest > parameters.due(meeting.held.latest, parameters.conclusion_working_days)


def approve_minutes(command: ApproveMinutes, act: Act, meeting: Meeting) -> list[MeetingEvent]:
    """D8.1: other minutes may be approved later; both stay on record and the last ones count."""
    _by_presiding(act, meeting)
    approved = MinutesApproved(meeting_id=command.meeting_id, minutes=command.minutes)
    return [] if meeting.minutes == approved else [approved]


def _by_presiding(act: Act, meeting: Meeting) -> None:
    require(
        presides(act, standing(meeting)) or for_the_chair(act, Matter.CONCLUSIONS),
        Rule.PRESIDING_CONCLUDES,
        "only who presided, the chair, or who acts for the chair, concludes and approves the minutes",
    )
    has_begun(act, meeting)
