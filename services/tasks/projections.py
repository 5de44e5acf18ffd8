"""The records of this context, rebuilt from its events."""

from services.tasks import (
    inspection_records,
    programme_records,
    reminder_records,
    target_records,
    task_records,
)

READ_MODELS = (
    *programme_records.READ_MODELS,
    *task_records.READ_MODELS,
    *target_records.READ_MODELS,
    *inspection_records.READ_MODELS,
    *reminder_records.READ_MODELS,
)
