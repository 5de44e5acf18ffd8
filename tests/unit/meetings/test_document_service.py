"""The service offers each command of documents once, and the rules have sentences."""

from typing import get_args

import pytest

from services.meetings.document.commands import IncomingCommand, SeriesCommand
from services.meetings.document.events import IncomingEvent, SeriesEvent, TypeCode
from services.meetings.service import MeetingsService
from shared.catalogue import catalogue
from shared.naming import method_name

COMMANDS = [*get_args(SeriesCommand), *get_args(IncomingCommand)]
EVENTS = [*get_args(SeriesEvent), *get_args(IncomingEvent)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_every_command_has_its_entry(command: type) -> None:
    assert callable(getattr(MeetingsService, method_name(command)))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_has_a_word(event: type) -> None:
    assert f"event.{event.__name__}" in catalogue()


@pytest.mark.parametrize("type_code", TypeCode)
def test_every_type_has_a_word(type_code: TypeCode) -> None:
    assert f"kind.{type_code}" in catalogue()
