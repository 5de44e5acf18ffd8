"""How this context's events are stored and read: types and upcasters."""

from typing import get_args

from services.meetings.casefile.events import CaseFileEvent, CatalogueEvent
from services.meetings.directive.events import DirectiveEvent
from services.meetings.document.events import IncomingEvent, SeriesEvent
from services.meetings.events import MeetingEvent, OpinionEvent
from services.meetings.proposal.events import ProposalEvent
from services.meetings.quarter.events import QuarterEnded
from shared.history import codec_of

CODEC = codec_of(
    *get_args(MeetingEvent),
    *get_args(OpinionEvent),
    *get_args(DirectiveEvent),
    *get_args(ProposalEvent),
    QuarterEnded,
    *get_args(SeriesEvent),
    *get_args(IncomingEvent),
    *get_args(CaseFileEvent),
    *get_args(CatalogueEvent),
)
