"""The records of what goes to and fro between the committee and the agencies."""

from services.feedback import feedback_records
from services.feedback.activity import records as activity_records
from services.feedback.child import records as child_records
from services.feedback.information import records as information_records
from services.feedback.initiative import records as initiative_records
from services.feedback.obstacle import records as obstacle_records
from services.feedback.report import records as report_records

READ_MODELS = (
    *feedback_records.READ_MODELS,
    *initiative_records.READ_MODELS,
    *obstacle_records.READ_MODELS,
    *information_records.READ_MODELS,
    *report_records.READ_MODELS,
    *activity_records.READ_MODELS,
    *child_records.READ_MODELS,
)
