"""Events between the port and esdbclient."""

from esdbclient.events import NewEvent as EsdbNewEvent
from esdbclient.events import RecordedEvent as EsdbRecordedEvent

from shared.eventstore.port import NewEvent, RecordedEvent, StoreRejected


def proposed(event: NewEvent) -> EsdbNewEvent:
    """The event as esdbclient sends it; the content is JSON by the port's promise."""
    return EsdbNewEvent(
        id=event.id,
        type=event.type,
        data=event.data,
        metadata=event.metadata,
        content_type="application/json",
    )


def recorded(event: EsdbRecordedEvent) -> RecordedEvent:
    """The event as the port knows it; StoreRejected from a server too old to say where it stands."""
    if event.commit_position is None or event.recorded_at is None:
        raise StoreRejected("the server leaves out positions or times: EventStoreDB 22.10 or later is needed")
    return RecordedEvent(
        id=event.id,
        type=event.type,
        data=event.data,
        metadata=event.metadata,
        stream=event.stream_name,
        revision=event.stream_position,
        position=event.commit_position,
        recorded_at=event.recorded_at,
    )
