"""How a command's class name becomes the name of its RPC method."""

import re

from shared.messages import Command

_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def method_name(command: type[Command]) -> str:
    """`ConveneMeeting` → `convene_meeting`."""
    return _INNER_CAPITAL.sub("_", command.__name__).lower()
