"""When a group writes down how far it is, and doing so."""

from collections.abc import Callable

from shared.eventstore.embedded.persistent.keeping import Keeping, NotWrittenError
from shared.eventstore.embedded.persistent.progress import Mark
from shared.eventstore.embedded.persistent.settings import Settings


def is_due(settings: Settings, events: int, waited: float, *, tick: bool) -> bool:
    """Whether `events` that are done, `waited` seconds after the last checkpoint, are worth another.

    Enough of them are at once; a few are when the clock ticks, after the time that the settings name.
    """
    if events <= 0:
        return False
    if events >= settings.max_checkpoint_count:
        return True
    in_time = settings.checkpoint_after > 0 and waited >= settings.checkpoint_after / 1000
    return tick and in_time and events >= settings.min_checkpoint_count


class Checkpoints:
    """The checkpoints of one group; one is written at a time."""

    def __init__(self, keeping: Keeping, settings: Settings, text: Callable[[int], str]) -> None:
        self._keeping, self._settings, self._text = keeping, settings, text
        self._written, self._at = 0, float("-inf")
        self._writing = False
        self.last = keeping.checkpoint() or ""
        """The text of the last one; "" where there is none."""

    def claim(self, done: Mark, now: float, *, tick: bool) -> bool:
        """Whether `write` has to be called, which the caller is bound to do then."""
        due = is_due(self._settings, done.count - self._written, now - self._at, tick=tick)
        if self._writing or not due:
            return False
        self._writing = True
        return True

    async def write(self, done: Mark, now: float) -> None:
        """What the log does not take now is tried again when the next one is due."""
        text = self._text(done.position)
        try:
            await self._keeping.write_checkpoint(text)
            self.last, self._written, self._at = text, done.count, now
        except NotWrittenError:
            pass
        finally:
            self._writing = False
