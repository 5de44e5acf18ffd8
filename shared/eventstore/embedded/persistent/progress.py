"""How far everything is done, where things come in order and are done out of it: pure."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A position up to which nothing is left to do, and how many events were looked at on the way."""

    position: int
    count: int = 0


class Progress:
    """What has begun and is not finished; positions begin in rising order."""

    def __init__(self, start: int) -> None:
        """`start` is the position before the first one."""
        self._open: OrderedDict[int, Mark] = OrderedDict()  # what has begun, and the mark before it
        self.last = Mark(start)
        """The last position that has begun or was passed over."""

    def begin(self, position: int) -> None:
        self._open[position] = self.last
        self.pass_over(position)

    def pass_over(self, position: int, *, counts: bool = True) -> None:
        """Look at a position where there is nothing to do, which may not be worth counting."""
        self.last = Mark(position, self.last.count + counts)

    def finish(self, position: int) -> None:
        """Each position that has begun is finished once; KeyError otherwise."""
        del self._open[position]

    @property
    def done(self) -> Mark:
        """Below the lowest position that is not finished."""
        return next(iter(self._open.values()), self.last)
