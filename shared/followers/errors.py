"""Why a follower waits, begins at another place, or gives up."""

from shared.errors import BcdError


class NotNow(BcdError):
    """Something that the follower needs does not answer; the same batch is tried again after a pause."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class Moved(Exception):
    """The place to read from changed (a rebuild switched, a broker was emptied): ask `resume` again."""


class Paused(Exception):
    """Somebody paused the follower at this position: it takes no events until somebody ends the pause."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class Unhealthy(BcdError):
    """Many attempts in a row brought nothing: the process should end and be started anew."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class NeedsAPerson(BcdError):
    """Trying again cannot help; the text says what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)

    def __str__(self) -> str:
        return f"{self.args[0]} → {self.args[1]}"
