"""How an exception crosses the bus: what a Nameko service answers becomes a local exception again.

Nameko answers an error as `exc_path` (module and class), `exc_type`, `exc_args` (each a string) and `value`
(its text). Every `BcdError` whose module this process has imported comes back as itself; all else comes
back as `RemoteFailure`. The path is used only between processes of one release and is never stored.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.errors import BcdError


class RemoteFailure(BcdError):
    """A service failed in a way that this side does not know; what was asked may or may not be done."""

    def __init__(self, exc_type: str, message: str) -> None:
        super().__init__(exc_type, message)
        self.exc_type, self.message = exc_type, message

    def __str__(self) -> str:
        return f"{self.exc_type}: {self.message}"


def restored(answer: Mapping[str, Any]) -> BcdError:
    """The exception that a Nameko error answer stands for."""
    for cls in _family(BcdError):
        if f"{cls.__module__}.{cls.__name__}" == answer.get("exc_path"):
            try:
                return cls(*answer.get("exc_args", ()))
            except TypeError:  # raised with other arguments than its constructor takes
                break
    return RemoteFailure(str(answer.get("exc_type")), str(answer.get("value")))


def _family(cls: type[BcdError]) -> Iterator[type[BcdError]]:
    yield cls
    for child in cls.__subclasses__():
        yield from _family(child)
