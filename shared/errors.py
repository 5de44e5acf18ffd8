"""How the product says no: each error tells what, where, and what to do instead; Vietnamese first."""

from shared.catalogue import both, catalogue


class BcdError(Exception):
    """Every error that a caller may meet. The arguments are plain strings, so it travels over RPC."""


class Refused(BcdError):
    """The regulation forbids it. `rule` is a clause such as `D6.1.d`; `because` says what is wrong here.

    `name` is the provision, such as `meetings.EXPANDED_BY_CHAIR`: the catalogue has its sentence, which says
    what the regulation asks for.
    """

    def __init__(self, rule: str, because: str, name: str = "") -> None:
        super().__init__(str(rule), because, name)
        self.rule, self.because, self.name = str(rule), because, name

    @property
    def sentence(self) -> str | None:
        """The key of the provision's sentence in the catalogue, where it has one."""
        key = f"rule.{self.name}"
        return key if key in catalogue() else None

    def __str__(self) -> str:
        if self.sentence is None:
            return f"{self.rule}: {self.because}"
        return f"{self.rule}: {both(self.sentence)} ({self.because})"


class InvalidRequest(BcdError):
    """It is not a request: unknown, missing or malformed fields. Nothing was recorded."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where, self.what = where, what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class CommandIdReused(BcdError):
    """A command id came again with other content. The first command stands; use a new id for another."""

    def __init__(self, command_id: str) -> None:
        super().__init__(command_id)

    def __str__(self) -> str:
        return both("error.command_id_reused", command=self.args[0])


class Contended(BcdError):
    """A stream kept moving while the decision was made; ask again later."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)

    def __str__(self) -> str:
        return both("error.contended_stream", stream=self.args[0])


class UnknownEvent(BcdError):
    """A recorded event that this code cannot read: its stream stops until the code learns it."""

    def __init__(self, event_type: str, stream: str, revision: str, why: str) -> None:
        super().__init__(event_type, stream, revision, why)

    def __str__(self) -> str:
        event_type, stream, revision, why = self.args
        return both("error.unreadable_event", type=event_type, event=f"{stream}@{revision}", why=why)


class StoreDown(BcdError):
    """The event store did not answer in time. Nothing is half-written; repeat with the same command id."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
