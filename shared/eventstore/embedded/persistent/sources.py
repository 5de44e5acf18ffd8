"""What a group reads: a stream, or `$all` through a filter; page by page, as little as it can go on with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from esdbclient.protos.Grpc import shared_pb2, streams_pb2

from shared.eventstore.embedded.errors import StreamDeletedError
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.pages import take, too_old, visible
from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.log.rules import END
from shared.eventstore.embedded.persistent.consumers import Message
from shared.eventstore.embedded.persistent.links import bucketing
from shared.eventstore.embedded.persistent.settings import ALL, Settings, SettingsError, Wanted
from shared.eventstore.embedded.streams.filters import NO_FILTER, filter_of

_GROUPS_WRITE = "$persistentsubscription-"
"""Where groups write: no reason to write another checkpoint, or they would do so for ever."""

_Options = streams_pb2.ReadReq.Options


@dataclass(frozen=True, slots=True)
class Considered:
    """An event of the source, and the message it makes; None where it is not for the group.

    `counts` says whether it is a step on the way to the next checkpoint.
    """

    position: int
    message: Message | None
    counts: bool = True


class Source(Protocol):
    """Positions are revisions of a stream, or positions in `$all`."""

    def page(self, after: int, limit: int) -> list[Considered]:
        """The next events, at most `limit`; none where the source has no more for now."""

    def text(self, position: int) -> str:
        """The position as clients read it."""

    def number(self, text: str) -> int:
        """The other way round; ValueError where it is none."""


class StreamSource:
    """What a stream shows, as far as its metadata leaves it visible."""

    def __init__(self, log: Log, stream: str, settings: Settings) -> None:
        self._log, self._stream = log, stream
        self._bucket = bucketing(log, settings)

    def page(self, after: int, limit: int) -> list[Considered]:
        """Raises StreamDeletedError at a tombstone."""
        at = visible(self._log, self._stream)
        if at.tombstoned:
            raise StreamDeletedError(self._stream)
        if at.deleted:
            return []
        rows = self._log.stream_forwards(self._stream, max(after + 1, at.first), END - 1)
        return [
            Considered(row.revision, None if too_old(row, at) else _message(row, row.revision, self._bucket))
            for row in take(rows, limit)
        ]

    def text(self, position: int) -> str:
        return str(position)

    def number(self, text: str) -> int:
        return int(text)


class AllSource:
    """`$all` through the group's filter."""

    def __init__(self, log: Log, settings: Settings) -> None:
        self._log = log
        self._bucket = bucketing(log, settings)
        self._keeps = _keeps(settings.wanted)

    def page(self, after: int, limit: int) -> list[Considered]:
        return [
            Considered(
                row.position,
                _message(row, row.position, self._bucket) if self._keeps(row) else None,
                counts=not row.stream.startswith(_GROUPS_WRITE),
            )
            for row in take(self._log.all_forwards(after + 1, END), limit)
        ]

    def text(self, position: int) -> str:
        return f"C:{position}/P:{position}"

    def number(self, text: str) -> int:
        return int(text.partition("/")[0].removeprefix("C:"))


def source_of(log: Log, stream: str, settings: Settings) -> Source:
    """Raises BadRequestError where the filter cannot be understood."""
    return AllSource(log, settings) if stream == ALL else StreamSource(log, stream, settings)


def start_after(log: Log, stream: str, start_from: int) -> int:
    """The position before the first message of a group that is created now. Raises SettingsError."""
    if stream == ALL and start_from > log.head():
        raise SettingsError(
            f"Invalid Start From position: {start_from} is beyond the last commit position {log.head()}."
        )
    if start_from >= 0:
        return start_from - 1
    return log.head() if stream == ALL else log.last_revision(stream)


def _message(row: Row, position: int, bucket: Callable[[Row], int]) -> Message:
    return Message(row.id, position, row.stream, row.revision, bucket(row))


def _keeps(wanted: Wanted | None) -> Callable[[Row], bool]:
    if wanted is None:
        return NO_FILTER.keeps
    expression = _Options.FilterOptions.Expression(regex=wanted.regex, prefix=wanted.prefixes)
    by_stream, by_type = (expression, None) if wanted.by_stream else (None, expression)
    asked = _Options.FilterOptions(stream_identifier=by_stream, event_type=by_type, count=shared_pb2.Empty())
    return filter_of(_Options(filter=asked)).keeps
