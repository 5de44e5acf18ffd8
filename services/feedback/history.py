"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.feedback.events import FeedbackEvent
from shared.history import codec_of

CODEC = codec_of(*get_args(FeedbackEvent))
