"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.members.budget.events import BudgetEvent
from services.members.commendation.events import CommendationEvent
from services.members.commitment.events import CommitmentEvent
from services.members.events import AgencyEvent, CommitteeEvent, RosterEvent
from services.members.privacy.events import PrivacyEvent
from services.members.roster.staff_events import StaffEvent
from services.members.workgroup.events import WorkingGroupEvent
from shared.history import codec_of

CODEC = codec_of(
    *get_args(CommitteeEvent),
    *get_args(AgencyEvent),
    *get_args(RosterEvent),
    *get_args(StaffEvent),
    *get_args(WorkingGroupEvent),
    *get_args(CommitmentEvent),
    *get_args(BudgetEvent),
    *get_args(CommendationEvent),
    *get_args(PrivacyEvent),
)
