"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.tasks.events import ContextNoted, ProgrammeEvent, TaskEvent
from services.tasks.inspection.events import InspectionEvent
from services.tasks.reminder.events import ReminderIssued
from services.tasks.target.events import TargetEvent
from shared.history import codec_of

CODEC = codec_of(
    *get_args(ProgrammeEvent),
    *get_args(TaskEvent),
    *get_args(TargetEvent),
    *get_args(InspectionEvent),
    ReminderIssued,
    ContextNoted,
)
