"""What tasks ask for when something happened, or when a day has come: all policies of this context.

Conclusions and issued programmes become tasks; tasks and inspections follow their agency; what is past its
day falls overdue; who owes something is reminded.
"""

from collections.abc import Iterator
from uuid import uuid5

from services.meetings.events import ConclusionIssued
from services.tasks import clocks, handovers
from services.tasks.commands import AssignTask
from services.tasks.events import TaskOrigin
from services.tasks.programme import becoming_tasks as from_programmes
from services.tasks.reminder import policies as reminders
from shared.envelope import Envelope
from shared.messages import Event
from shared.policies import Asked, Holdings, Policy


def tasks_from_conclusions(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D8.1, D7.4: every duty of a conclusion that an agency leads becomes a task; nothing is filled in."""
    match envelope.event:
        case ConclusionIssued() as conclusion:
            for n, duty in enumerate(conclusion.duties, start=1):
                if duty.lead:
                    key = f"duty-{n}"
                    command = AssignTask(
                        task_id=str(uuid5(envelope.event_id, key)),
                        title=duty.what,
                        lead=duty.lead,
                        lead_wording=duty.lead_wording,
                        deadline=duty.deadline,
                        origin=TaskOrigin.CONCLUSION,
                        origin_ref=envelope.reference,
                    )
                    yield Asked(service="tasks", command=command, key=key)


POLICIES = (
    Policy("tasks_from_conclusions", tasks_from_conclusions),
    *from_programmes.POLICIES,
    *handovers.POLICIES,
    *clocks.POLICIES,
    *reminders.POLICIES,
)
