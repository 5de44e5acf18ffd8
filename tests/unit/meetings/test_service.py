"""The service offers each command once, and the rules have names of their own."""

import re
from typing import get_args

import pytest

from services.meetings.commands import MeetingCommand, OpinionCommand
from services.meetings.directive.commands import DirectiveCommand
from services.meetings.proposal.commands import ProposalCommand
from services.meetings.quarter.commands import QuarterCommand
from services.meetings.rules import Rule
from services.meetings.service import MeetingsService

UNIONS = (MeetingCommand, OpinionCommand, DirectiveCommand, ProposalCommand)
COMMANDS = [*(command for union in UNIONS for command in get_args(union)), QuarterCommand]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_every_command_has_its_entry(command: type) -> None:
    entry = re.sub(r"(?<!^)([A-Z])", r"_\1", command.__name__).lower()
    assert callable(getattr(MeetingsService, entry))


def test_every_rule_begins_with_a_clause_and_stands_alone() -> None:
    assert len({rule.value for rule in Rule}) == len(Rule.__members__)
    assert all(re.fullmatch(r"D\d+(\.\d+)?(\.(dd|[a-i]))?(\.\d+)?", rule.value) for rule in Rule)
