"""Whether a read request means anything: EventStoreDB refuses what was left out or does not go together."""

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.errors import BadRequestError


def require_meaning(options: streams_pb2.ReadReq.Options) -> None:
    """Raises BadRequestError, which names the option."""
    for needed in ("stream_option", "count_option", "filter_option"):
        if options.WhichOneof(needed) is None:
            raise BadRequestError(f"the read has no {needed}")
    if not options.HasField("uuid_option"):
        raise BadRequestError("the read has no uuid_option")
    follows = options.WhichOneof("count_option") == "subscription"
    if follows and options.read_direction == streams_pb2.ReadReq.Options.Backwards:
        raise BadRequestError("a subscription goes forwards only")
    filtered = options.WhichOneof("filter_option") == "filter"
    if filtered and options.WhichOneof("stream_option") == "stream":
        raise BadRequestError("a filter is for $all only, not for a stream")
    if filtered and options.filter.WhichOneof("window") is None:
        raise BadRequestError("the filter has no window: either 'max' or 'count' must be set")
    if filtered and follows and not options.filter.checkpointIntervalMultiplier:
        raise BadRequestError("the filter's checkpointIntervalMultiplier is 0; 1 is the least")
