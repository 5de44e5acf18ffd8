"""Which events of `$all` a reader wants: by a pattern or by prefixes, of the type or of the stream name."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.log.records import Row

_Options = streams_pb2.ReadReq.Options
_DEFAULT_WINDOW = 32  # considered events that count as one, where the client names no window


@dataclass(frozen=True, slots=True)
class Filter:
    """`keeps` judges one event; a subscriber gets a checkpoint after each `interval` judged events."""

    keeps: Callable[[Row], bool]
    interval: int


def filter_of(options: _Options) -> Filter | None:
    """The filter in a read request; None where everything is wanted."""
    if options.WhichOneof("filter_option") != "filter":
        return None
    wanted = options.filter
    by_stream = wanted.WhichOneof("filter") == "stream_identifier"
    matches = _matcher(wanted.stream_identifier if by_stream else wanted.event_type)
    window = wanted.max if wanted.WhichOneof("window") == "max" else _DEFAULT_WINDOW
    interval = max(1, window) * max(1, wanted.checkpointIntervalMultiplier)
    if by_stream:
        return Filter(lambda row: matches(row.stream), interval)
    return Filter(lambda row: matches(row.type), interval)


def _matcher(expression: _Options.FilterOptions.Expression) -> Callable[[str], bool]:
    if expression.prefix:
        prefixes = tuple(expression.prefix)
        return lambda text: text.startswith(prefixes)
    try:
        pattern = re.compile(expression.regex)
    except re.error as error:
        raise BadRequestError(f"the filter is not a regular expression: {error}") from None
    return lambda text: pattern.search(text) is not None
