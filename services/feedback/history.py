"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.feedback.activity.events import ActivityEvent
from services.feedback.child.events import ChildReportReceived
from services.feedback.events import FeedbackEvent
from services.feedback.information.events import InformationEvent
from services.feedback.initiative.events import InitiativeEvent
from services.feedback.obstacle.events import ObstacleEvent
from services.feedback.report.events import RegimeEvent, ReportEvent, TemplateDefined
from shared.history import codec_of

CODEC = codec_of(
    *get_args(FeedbackEvent),
    *get_args(InitiativeEvent),
    *get_args(ObstacleEvent),
    *get_args(InformationEvent),
    TemplateDefined,
    *get_args(ReportEvent),
    *get_args(RegimeEvent),
    *get_args(ActivityEvent),
    ChildReportReceived,
)
