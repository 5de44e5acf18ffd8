"""Every read model with the codec for its events: what the projector, a rebuild and a query all use."""

from typing import Final

from services.published import CODEC, READ_MODELS
from services.records.projecting import Models

MODELS: Final = Models(CODEC, READ_MODELS)
