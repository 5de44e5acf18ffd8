"""The records of this context, rebuilt from its events."""

from services.tasks.inspection import records as inspection_records
from services.tasks.programme import records as programme_records
from services.tasks.reminder import records as reminder_records
from services.tasks.target import records as target_records
from services.tasks.task import records as task_records

READ_MODELS = (
    *programme_records.READ_MODELS,
    *task_records.READ_MODELS,
    *target_records.READ_MODELS,
    *inspection_records.READ_MODELS,
    *reminder_records.READ_MODELS,
)
