"""A recorded event as other systems see it: CloudEvents 1.0, structured JSON.

Who acted stays inside; the capacity in which it was done is public. Extension names are lower-case letters
and digits, as CloudEvents asks; a position is text, because a CloudEvents integer has 32 bits.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.eventstore.port import RecordedEvent

CONTENT_TYPE: Final = JSONFormat.CONTENT_TYPE
TYPE_PREFIX: Final = "vn.bcd."


@dataclass(frozen=True)
class Published:
    """A message for the bus."""

    body: bytes
    routing_key: str
    headers: dict[str, Any]


def published(event: RecordedEvent, epoch: str) -> Published:
    """The message of an event; raises ValueError or KeyError where its metadata cannot be read."""
    meta = json.loads(event.metadata)
    committee = str(meta["committee"])
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(event.id),
        "source": f"/committee/{committee}/{event.stream}",
        "type": f"{TYPE_PREFIX}{event.type}",
        "time": event.recorded_at,
        "subject": event.stream,
        "datacontenttype": "application/json",
        "stream": event.stream,
        "revision": event.revision,
        "position": str(event.position),
        "epoch": epoch,
        "effective": str(meta["effective_at"]),
        "schemanumber": int(meta["schema"]),
        "capacity": str(meta["actor"]["capacity"]),
        "correlationid": str(meta["$correlationId"]),
        "causationid": str(meta["$causationId"]),
    }
    body = JSONFormat().write(CloudEvent(attributes, json.loads(event.data)))
    category = event.stream.partition("-")[0]
    headers = {
        "stream": event.stream,
        "revision": event.revision,
        "position": event.position,
        "epoch": epoch,
    }
    return Published(body, f"{committee}.{category}.{event.type}", headers)


def data_of(message: dict[str, Any]) -> Any:
    """What a received JSON object is about: the data of a CloudEvent, or the object itself.

    Raises ValueError for a CloudEvent that is not one by the specification.
    """
    if "specversion" not in message:
        return message
    try:
        return JSONFormat().read(None, json.dumps(message)).get_data()
    except Exception as fault:  # the library raises a class of its own for each kind of fault
        raise ValueError(f"not a CloudEvent 1.0: {fault}") from fault
