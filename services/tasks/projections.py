"""The records of this context, rebuilt from its events."""

from services.tasks import programme_records, task_records

READ_MODELS = (*programme_records.READ_MODELS, *task_records.READ_MODELS)
