"""What requests ask for: which group, and with which settings."""

from typing import Any

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.persistent.settings import ALL, END, GroupName, SettingsError, Wanted
from shared.eventstore.embedded.wire import stream_name, uuid_bytes

_NEVER = 2**64 - 1
"""How the oldest clients and .NET write "the end"."""
_LAST = 2**63 - 1
_TICKS = 10_000
"""Of 100 ns, in a millisecond."""


def group_name(options: Any) -> GroupName:
    """From the options of any request that names a group. Raises BadRequestError."""
    match options.WhichOneof("stream_option"):
        case "all":
            return GroupName(ALL, options.group_name)
        case "stream":  # to create and to update
            return GroupName(stream_name(options.stream.stream_identifier), options.group_name)
        case "stream_identifier":
            return GroupName(stream_name(options.stream_identifier), options.group_name)
        case _ if "settings" in options.DESCRIPTOR.fields_by_name:  # as clients before 21.10 do
            return GroupName(stream_name(options.stream_identifier), options.group_name)
    raise BadRequestError("the request names neither a stream nor $all")


def start_from(options: Any) -> int:
    """The first revision or position, END for none yet. Raises SettingsError."""
    match options.WhichOneof("stream_option"):
        case "all":
            asked = options.all.WhichOneof("all_option")
            position = options.all.position
            if asked == "position" and position.prepare_position > position.commit_position:
                raise SettingsError(
                    "Invalid Start From position: prepare position must be less than or equal to "
                    "the commit position."
                )
            number = position.commit_position
        case "stream":
            asked, number = options.stream.WhichOneof("revision_option"), options.stream.revision
        case _:
            asked, number = "revision", options.settings.revision
    if asked == "end" or number == _NEVER:
        return END
    if number > _LAST:
        raise SettingsError(f"Invalid Start From position: {number} is greater than {_LAST}.")
    return 0 if asked == "start" else int(number)


def details(options: Any) -> dict[str, Any]:
    """Every setting but where to start and the filter, by the names of Settings."""
    asked = options.settings
    return {
        "resolve_links": asked.resolve_links,
        "extra_statistics": asked.extra_statistics,
        "message_timeout": _milliseconds(asked, "message_timeout"),
        "max_retry_count": asked.max_retry_count,
        "checkpoint_after": _milliseconds(asked, "checkpoint_after"),
        "min_checkpoint_count": asked.min_checkpoint_count,
        "max_checkpoint_count": asked.max_checkpoint_count,
        "max_subscriber_count": asked.max_subscriber_count,
        "live_buffer_size": asked.live_buffer_size,
        "read_batch_size": asked.read_batch_size,
        "history_buffer_size": asked.history_buffer_size,
        "strategy": _strategy(asked),
    }


def wanted(options: Any) -> Wanted | None:
    """The filter of a request to create."""
    if options.WhichOneof("stream_option") != "all" or options.all.WhichOneof("filter_option") != "filter":
        return None
    asked = options.all.filter
    by_stream = asked.WhichOneof("filter") == "stream_identifier"
    expression = asked.stream_identifier if by_stream else asked.event_type
    return Wanted(by_stream, expression.regex, tuple(expression.prefix))


def ids(message: Any) -> list[bytes]:
    """Of an ack or a nack. Raises BadRequestError."""
    return [uuid_bytes(each) for each in message.ids]


def _milliseconds(asked: Any, name: str) -> int:
    """Given in one of two units; 0 where it is not."""
    chosen = asked.WhichOneof(name)
    if chosen is None:
        return 0
    value = int(getattr(asked, chosen))
    return value // _TICKS if chosen.endswith("ticks") else value


def _strategy(asked: Any) -> str:
    """By name in newer requests to create, by number in all others."""
    if "consumer_strategy" in asked.DESCRIPTOR.fields_by_name and asked.consumer_strategy:
        return str(asked.consumer_strategy)
    names = asked.DESCRIPTOR.fields_by_name["named_consumer_strategy"].enum_type.values_by_number
    chosen = names.get(asked.named_consumer_strategy)
    return chosen.name if chosen else str(asked.named_consumer_strategy)
