"""What a group is asked to be: its settings, as they come in a request and as they are kept in the log."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from shared.eventstore.embedded.persistent.consumers import STRATEGIES

ALL = "$all"
END = -1
"""As `start_from`: only what is written after the group was created."""

_DEFAULT_BATCH = 20


class SettingsError(ValueError):
    """A group cannot be like that; the text says why."""


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group belongs to a stream, or to `$all`; other streams may have a group of that name too."""

    stream: str
    group: str

    def __str__(self) -> str:
        return f"{self.stream}::{self.group}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of `$all`: the type or the stream name matches an expression, or begins with a prefix."""

    by_stream: bool
    regex: str = ""
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Counts are in messages, times in milliseconds.

    `live_buffer_size` is kept and told only: here, history and news are one walk through the log, in
    batches of `read_batch_size` and with `history_buffer_size` messages ahead at most.
    """

    start_from: int
    """The first revision or position; END for none yet."""
    start_after: int
    """The position before the first message; END resolved when the group was created."""
    resolve_links: bool = False
    extra_statistics: bool = False
    message_timeout: int = 30_000
    max_retry_count: int = 10
    checkpoint_after: int = 2_000
    """0: not by time."""
    min_checkpoint_count: int = 10
    max_checkpoint_count: int = 1_000
    max_subscriber_count: int = 0
    """0: any number."""
    live_buffer_size: int = 500
    read_batch_size: int = 20
    history_buffer_size: int = 500
    strategy: str = "RoundRobin"
    wanted: Wanted | None = None

    @property
    def batch(self) -> int:
        """How many events are read at a time."""
        return self.read_batch_size or _DEFAULT_BATCH

    def check(self) -> None:
        """Raise SettingsError where a group cannot be like that."""
        if self.strategy not in STRATEGIES:
            raise SettingsError(f"Consumer strategy {self.strategy} does not exist.")
        if self.read_batch_size >= self.history_buffer_size:
            raise SettingsError("read_batch_size may not be greater than or equal to history_buffer_size")
        for name, value in asdict(self).items():
            if name not in ("start_from", "start_after") and isinstance(value, int) and value < 0:
                raise SettingsError(f"{name} may not be less than 0, and is {value}")
        if self.start_from < END:
            raise SettingsError("Invalid Start From position: it must be greater than or equal to -1.")


def to_entry(name: GroupName, settings: Settings) -> dict[str, Any]:
    """For the configuration, as JSON."""
    return {"stream": name.stream, "group": name.group, **asdict(settings)}


def from_entry(entry: dict[str, Any]) -> tuple[GroupName, Settings]:
    """Raises KeyError, TypeError or SettingsError where it is not what `to_entry` made."""
    values = dict(entry)
    name = GroupName(str(values.pop("stream")), str(values.pop("group")))
    if values.get("wanted") is not None:
        wanted = values["wanted"]
        prefixes = tuple(map(str, wanted["prefixes"]))
        values["wanted"] = Wanted(bool(wanted["by_stream"]), str(wanted["regex"]), prefixes)
    settings = Settings(**values)
    for each in fields(Settings):
        kind: Any = each.type
        if not isinstance(value := getattr(settings, each.name), kind):
            raise SettingsError(f"{each.name} may not be {value!r}")
    settings.check()
    return name, settings
