"""What goes out: events as they are delivered, and all there is to know about a group."""

from esdbclient.protos.Grpc import persistent_pb2

from shared.eventstore.embedded.log.records import Row
from shared.eventstore.embedded.persistent.connection import Connection
from shared.eventstore.embedded.persistent.group import Group
from shared.eventstore.embedded.persistent.statistics import measurements
from shared.eventstore.embedded.wire import identifier_of, uuid_message

_Resp = persistent_pb2.ReadResp
_Event = _Resp.ReadEvent
_Info = persistent_pb2.SubscriptionInfo


def confirmation(group: Group) -> _Resp:
    """esdbclient compares the id with what it asked for."""
    return _Resp(subscription_confirmation=_Resp.SubscriptionConfirmation(subscription_id=str(group.name)))


def event_message(event: Row | None, link: Row | None, retries: int, structured: bool) -> _Resp:
    original = link or event
    assert original is not None
    message = _Event(commit_position=original.position, retry_count=retries)
    if event is not None:
        message.event.CopyFrom(_recorded(event, structured))
    if link is not None:
        message.link.CopyFrom(_recorded(link, structured))
    return _Resp(event=message)


def information(group: Group, now: float) -> _Info:
    """`now` is in seconds of the loop's clock: rates are told since the last time somebody asked."""
    settings, deliveries, ahead = group.settings, group.deliveries, group.ahead
    count, rate = group.meter.since_last(deliveries.delivered, now)
    return _Info(
        event_source=group.name.stream,
        group_name=group.name.group,
        status=_status(group),
        connections=[
            _connection(each, settings.extra_statistics, now) for each in group.connections.values()
        ],
        average_per_second=rate,
        total_items=deliveries.delivered,
        count_since_last_measurement=count,
        last_checkpointed_event_position=group.checkpoints.last,
        last_known_event_position="" if ahead.last_known is None else group.source.text(ahead.last_known),
        resolve_link_tos=settings.resolve_links,
        start_from=group.source.text(settings.start_from),
        message_timeout_milliseconds=settings.message_timeout,
        extra_statistics=settings.extra_statistics,
        max_retry_count=settings.max_retry_count,
        live_buffer_size=settings.live_buffer_size,
        buffer_size=settings.history_buffer_size,
        read_batch_size=settings.read_batch_size,
        check_point_after_milliseconds=settings.checkpoint_after,
        min_check_point_count=settings.min_checkpoint_count,
        max_check_point_count=settings.max_checkpoint_count,
        read_buffer_count=deliveries.waiting,
        live_buffer_count=0,  # the log itself is what is live
        retry_buffer_count=deliveries.retrying,
        total_in_flight_messages=sum(each.held for each in deliveries.consumers),
        outstanding_messages_count=deliveries.in_flight,
        named_consumer_strategy=settings.strategy,
        max_subscriber_count=settings.max_subscriber_count,
        parked_message_count=len(ahead.to_replay()),
    )


def _status(group: Group) -> str:
    """As .NET writes a set of flags."""
    flags = {
        "Behind": not group.ahead.live,
        "ReplayingParkedMessages": group.ahead.replaying,
        "Live": group.ahead.live,
    }
    return ", ".join(name for name, holds in flags.items() if holds)


def _connection(connection: Connection, extra: bool, now: float) -> _Info.ConnectionInfo:
    consumer, peer = connection.consumer, connection.peer
    count, rate = connection.meter.since_last(consumer.delivered, now)
    observed = measurements(connection.timings) if extra else {}
    return _Info.ConnectionInfo(
        **{"from": peer.address},
        username=peer.user,
        average_items_per_second=rate,
        total_items=consumer.delivered,
        count_since_last_measurement=count,
        observed_measurements=[_Info.Measurement(key=key, value=value) for key, value in observed.items()],
        available_slots=consumer.free,
        in_flight_messages=consumer.held,
        connection_name=peer.connection_name,
    )


def _recorded(row: Row, structured: bool) -> _Event.RecordedEvent:
    return _Event.RecordedEvent(
        id=uuid_message(row.id, structured),
        stream_identifier=identifier_of(row.stream),
        stream_revision=row.revision,
        prepare_position=row.position,
        commit_position=row.position,
        metadata={"type": row.type, "content-type": row.content_type, "created": str(row.created)},
        custom_metadata=row.metadata,
        data=row.data,
    )
