"""How a command's class name becomes the name of its RPC method."""

import re

from shared.messages import Command

_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def method_name(command: type[Command]) -> str:
    """`ConveneMeeting` → `convene_meeting`."""
    return method_called(command.__name__)


def method_called(name: str) -> str:
    """As `method_name`, of the name alone; what is the name of a method already stays so."""
    return _INNER_CAPITAL.sub("_", name).lower()
