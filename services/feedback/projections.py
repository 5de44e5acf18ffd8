"""The records of what goes to and fro between the committee and the agencies."""

from services.feedback import (
    activity_records,
    child_records,
    feedback_records,
    information_records,
    initiative_records,
    obstacle_records,
    report_records,
)

READ_MODELS = (
    *feedback_records.READ_MODELS,
    *initiative_records.READ_MODELS,
    *obstacle_records.READ_MODELS,
    *information_records.READ_MODELS,
    *report_records.READ_MODELS,
    *activity_records.READ_MODELS,
    *child_records.READ_MODELS,
)
