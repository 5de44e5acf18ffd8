"""How the product says no: each error tells what, where, and what to do instead."""


class BcdError(Exception):
    """Every error that a caller may meet. The arguments are plain strings, so it travels over RPC."""


class Refused(BcdError):
    """The regulation forbids it. `rule` is a clause such as `D6.1.d`; `because` says what is needed."""

    def __init__(self, rule: str, because: str) -> None:
        super().__init__(str(rule), because)
        self.rule, self.because = str(rule), because

    def __str__(self) -> str:
        return f"{self.rule}: {self.because}"


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
        return f"command {self.args[0]} was answered before with other content; send a new command id"


class Contended(BcdError):
    """A stream kept moving while the decision was made; ask again later."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)

    def __str__(self) -> str:
        return f"stream {self.args[0]} kept moving; ask again"


class UnknownEvent(BcdError):
    """A recorded event that this code cannot read: its stream stops until the code learns it."""

    def __init__(self, event_type: str, stream: str, revision: str, why: str) -> None:
        super().__init__(event_type, stream, revision, why)

    def __str__(self) -> str:
        event_type, stream, revision, why = self.args
        return f"event {event_type} at {stream}@{revision} cannot be read: {why}"


class StoreDown(BcdError):
    """The event store did not answer in time. Nothing is half-written; repeat with the same command id."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
