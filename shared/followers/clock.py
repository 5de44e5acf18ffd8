"""The day that a system takes for today: the real one, or for demonstrations and tests the day in a file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from shared.dates import today
from shared.followers.errors import NotNow


def clock(file: Path | None) -> Callable[[], date]:
    """With a file: the day that it holds, as YYYY-MM-DD; before it is there no day has come.

    The clock raises NotNow where the file holds anything else.
    """
    if file is None:
        return today

    def told() -> date:
        try:
            return date.fromisoformat(file.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return date.min
        except ValueError as error:
            raise NotNow(f"{file} holds no day: {error}") from error

    return told


def shown(file: Path | None) -> Callable[[], date]:
    """The same day for what is read and shown; the real one as long as the file holds none."""
    told = clock(file)

    def found() -> date:
        try:
            day = told()
        except NotNow:
            return today()
        return today() if day == date.min else day

    return found
