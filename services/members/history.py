"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.members.events import AgencyEvent, CommitteeEvent, RosterEvent
from shared.history import codec_of

CODEC = codec_of(*get_args(CommitteeEvent), *get_args(AgencyEvent), *get_args(RosterEvent))
