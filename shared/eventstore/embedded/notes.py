"""What the server tells its operator, one line each on standard error."""

import sys
import time
from collections.abc import Callable

_SECONDS = 5.0
"""Between two lines about one long work."""


class StoppedError(Exception):
    """The work was ended on the way, as was asked."""


def note(sentence: str) -> None:
    sys.stderr.write(f"note: {sentence}\n")
    sys.stderr.flush()


class Told:
    """Tells how far a walk through the log is, now and then, and ends it when the server shall stop."""

    def __init__(self, stopping: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._next = time.monotonic() + _SECONDS

    def __call__(self, reached: int, last: int) -> None:
        """Raises StoppedError."""
        if self._stopping():
            raise StoppedError
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SECONDS
            note(f"looking through the log: position {reached} of {last} ({100 * reached // max(last, 1)} %)")
