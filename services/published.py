"""What listens to what: every context's events, read models and policies, on one page."""

from typing import Final

from services.feedback import history as feedback_history
from services.feedback import policies as feedback_policies
from services.feedback import projections as feedback_projections
from services.meetings import history as meetings_history
from services.meetings import policies as meetings_policies
from services.meetings import projections as meetings_projections
from services.members import history as members_history
from services.members import policies as members_policies
from services.members import projections as members_projections
from services.records import documents, doubts, journal
from services.tasks import history as tasks_history
from services.tasks import policies as tasks_policies
from services.tasks import projections as tasks_projections
from shared.audit import rotation
from shared.eventstore import epoch
from shared.history import Codec
from shared.policies import Policy
from shared.readmodels import ReadModel

CODEC: Final[Codec] = (
    epoch.CODEC
    | rotation.CODEC
    | members_history.CODEC
    | meetings_history.CODEC
    | tasks_history.CODEC
    | feedback_history.CODEC
)

READ_MODELS: Final[tuple[ReadModel, ...]] = (
    *journal.READ_MODELS,
    *documents.READ_MODELS,
    *doubts.READ_MODELS,
    *members_projections.READ_MODELS,
    *meetings_projections.READ_MODELS,
    *tasks_projections.READ_MODELS,
    *feedback_projections.READ_MODELS,
)

POLICIES: Final[tuple[Policy, ...]] = (
    *members_policies.POLICIES,
    *meetings_policies.POLICIES,
    *tasks_policies.POLICIES,
    *feedback_policies.POLICIES,
)
