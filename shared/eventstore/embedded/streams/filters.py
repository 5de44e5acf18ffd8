"""Which events of `$all` a reader wants: by a pattern or by prefixes, of the type or of the stream name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import regex
from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.log.records import Row

_Options = streams_pb2.ReadReq.Options
_NOTES = "$persistentsubscription-$all::"
_DEFAULT_WINDOW = 32  # considered events that count as one, where the client names no window
_SEARCH_SECONDS = 0.05  # for one search; every other call waits meanwhile
_PATTERN_CHARACTERS = 32 * 1024  # to compile them takes a fifth of a second and ten megabytes
_PATTERNS, _VALUES = 64, 1024  # kept: patterns of all readers, and per pattern the values judged already


@dataclass(frozen=True, slots=True)
class Filter:
    """`keeps` judges one event; a subscriber gets a checkpoint after each `interval` judged events, if any.

    `keeps` raises BadRequestError where the pattern takes too long.
    """

    keeps: Callable[[Row], bool]
    interval: int | None


def _shown(row: Row) -> bool:
    """`$all` hides what persistent subscriptions to it note down: they would follow themselves."""
    return not (row.stream.startswith(_NOTES) and row.stream.endswith(("-checkpoint", "-parked")))


NO_FILTER = Filter(_shown, None)


def filter_of(options: _Options) -> Filter:
    """The filter in a read request. Raises BadRequestError."""
    if options.WhichOneof("filter_option") != "filter":
        return NO_FILTER
    wanted = options.filter
    window = wanted.max if wanted.WhichOneof("window") == "max" else _DEFAULT_WINDOW
    interval = max(1, window) * max(1, wanted.checkpointIntervalMultiplier)
    match wanted.WhichOneof("filter"):
        case "stream_identifier":
            matches = _matcher(wanted.stream_identifier)
            return Filter(lambda row: matches(row.stream) and _shown(row), interval)
        case "event_type":
            matches = _matcher(wanted.event_type)
            return Filter(lambda row: matches(row.type) and _shown(row), interval)
        case _:
            raise BadRequestError("the filter names neither event types nor streams")


def _matcher(expression: _Options.FilterOptions.Expression) -> Callable[[str], bool]:
    if expression.regex:
        return _pattern(expression.regex).matches
    prefixes = tuple(expression.prefix)
    return lambda text: text.startswith(prefixes)


class _Pattern:
    """A regular expression as of .NET, as far as `regex` knows it: it searches, unless it is anchored."""

    def __init__(self, text: str) -> None:
        self._regex = regex.compile(text)
        self._too_slow = ""
        self.matches: Callable[[str], bool] = lru_cache(_VALUES)(self._search)

    def _search(self, value: str) -> bool:
        if not self._too_slow:
            try:
                return self._regex.search(value, timeout=_SEARCH_SECONDS) is not None
            except TimeoutError:
                self._too_slow = value
        raise BadRequestError(
            f"the pattern of the filter takes too long, more than {_SEARCH_SECONDS * 1000:.0f} ms for "
            f"{self._too_slow[:80]!r}: simplify it, or filter by prefixes"
        )


@lru_cache(_PATTERNS)
def _pattern(text: str) -> _Pattern:
    if max(len(text), _written_out(text)) > _PATTERN_CHARACTERS:
        raise BadRequestError(
            f"the pattern of the filter has {len(text)} characters, or more with its repetitions written "
            f"out, which are more than {_PATTERN_CHARACTERS}"
        )
    try:
        return _Pattern(text)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise BadRequestError(f"the filter is not a regular expression: {error}") from None


_PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<least>[0-9]{1,9})(?:,[0-9]*)?\}|.", re.DOTALL)


def _written_out(pattern: str) -> int:
    """The characters of a pattern with each `{n}` written out, which is how `regex` compiles it.

    Three of them, one in the other, would take all memory there is.
    """
    groups, last = [0], 0
    for part in _PARTS.finditer(pattern):
        if part["least"] is not None:
            more = last * (max(1, int(part["least"])) - 1)
            groups[-1], last = groups[-1] + more, last + more
        elif part[0] == "(":
            groups.append(0)
        elif part[0] == ")" and len(groups) > 1:
            last = groups.pop() + 1
            groups[-1] += last
        else:
            groups[-1], last = groups[-1] + 1, 1
    return sum(groups)
