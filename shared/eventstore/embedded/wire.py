"""Between protobuf messages and the log's own words."""

from collections.abc import Mapping
from uuid import UUID

from esdbclient.protos.Grpc import shared_pb2, streams_pb2

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.log.records import Proposed, Row
from shared.eventstore.embedded.log.rules import END, NO_STREAM, Expected, Loose
from shared.eventstore.embedded.log.stream_metadata import JSON

MAX_APPEND_BYTES = 1024 * 1024
"""EventStoreDB's default: data, metadata, and the type in UTF-16, over all events of one append."""

_MAX_NAME_BYTES = 4096
"""Of a stream's name, which goes out with every event of the stream."""

_NO_JSON = "application/octet-stream"
_HEADERS = ("type", "content-type")
"""What an event's metadata must say."""

_Message = streams_pb2.AppendReq.ProposedMessage | streams_pb2.BatchAppendReq.ProposedMessage
_Recorded = streams_pb2.ReadResp.ReadEvent.RecordedEvent


def stream_name(identifier: shared_pb2.StreamIdentifier) -> str:
    try:
        name = identifier.stream_name.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequestError("the stream name is not UTF-8") from None
    if len(identifier.stream_name) > _MAX_NAME_BYTES:
        had = len(identifier.stream_name)
        raise BadRequestError(f"the stream name has {had} bytes, {_MAX_NAME_BYTES} are allowed")
    if name in ("", "$$"):
        raise BadRequestError(f"{name!r} is not the name of a stream: it must not be empty or '$$' alone")
    return name


def identifier_of(stream: str) -> shared_pb2.StreamIdentifier:
    return shared_pb2.StreamIdentifier(stream_name=stream.encode("utf-8"))


def uuid_bytes(message: shared_pb2.UUID) -> bytes:
    """The 16 bytes of a UUID in either of its two forms on the wire."""
    if message.WhichOneof("value") == "structured":
        halves = (message.structured.most_significant_bits, message.structured.least_significant_bits)
        return b"".join(half.to_bytes(8, "big", signed=True) for half in halves)
    try:
        return UUID(message.string).bytes
    except ValueError:
        raise BadRequestError(f"{message.string!r} is not a UUID") from None


def uuid_message(value: bytes, structured: bool) -> shared_pb2.UUID:
    if not structured:
        return shared_pb2.UUID(string=_uuid_text(value))
    return shared_pb2.UUID(
        structured=shared_pb2.UUID.Structured(
            most_significant_bits=int.from_bytes(value[:8], "big", signed=True),
            least_significant_bits=int.from_bytes(value[8:], "big", signed=True),
        )
    )


def _uuid_text(value: bytes) -> str:
    text = value.hex()  # half the time of str(UUID(...)), and this runs for every event sent
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def expected(option: str | None, revision: int) -> Expected:
    """The expected revision, from the name of the option that is set and its number where it has one."""
    match option:
        case "revision" | "stream_position":
            if revision > END:
                raise BadRequestError(f"the expected revision is {revision}; the largest there is is {END}")
            return revision
        case "no_stream":
            return NO_STREAM
        case "any":
            return Loose.ANY
        case "stream_exists":
            return Loose.STREAM_EXISTS
        case _:
            raise BadRequestError("the expected revision is missing")


def size(message: _Message) -> int:
    """Bytes that count against MAX_APPEND_BYTES."""
    return len(message.data) + len(message.custom_metadata) + 2 * len(message.metadata.get("type", ""))


def proposed(message: _Message) -> Proposed:
    headers: Mapping[str, str] = message.metadata
    for needed in _HEADERS:
        if not headers.get(needed):
            raise BadRequestError(
                f"an event has no {needed!r} in its metadata",
                exception="missing-required-metadata-property",
                required_metadata_properties=",".join(_HEADERS),
            )
    return Proposed(
        id=uuid_bytes(message.id),
        type=headers["type"],
        # It is JSON or it is not, and that is all that is kept, as in EventStoreDB.
        content_type=JSON if headers["content-type"] == JSON else _NO_JSON,
        metadata=message.custom_metadata,
        data=message.data,
    )


def event_message(row: Row, structured: bool, link: Row | None = None) -> streams_pb2.ReadResp:
    """A recorded event as Read sends it, and the link that led to it."""
    message = streams_pb2.ReadResp()
    message.event.commit_position = (link or row).position
    _fill(message.event.event, row, structured)
    if link is not None:
        _fill(message.event.link, link, structured)
    return message


def broken_link_message(link: Row, structured: bool) -> streams_pb2.ReadResp:
    """A link whose event is not to be had."""
    message = streams_pb2.ReadResp()
    message.event.commit_position = link.position
    _fill(message.event.link, link, structured)
    return message


def _fill(recorded: _Recorded, row: Row, structured: bool) -> None:
    """Prepare and commit position are the same on one node.

    Filled where it stands: built apart and copied in, each event sent would cost three times as much.
    """
    if structured:
        recorded.id.CopyFrom(uuid_message(row.id, structured))
    else:
        recorded.id.string = _uuid_text(row.id)
    recorded.stream_identifier.stream_name = row.stream.encode("utf-8")
    recorded.stream_revision = row.revision
    recorded.prepare_position = recorded.commit_position = row.position
    headers = recorded.metadata
    headers["type"], headers["content-type"] = row.type, row.content_type
    headers["created"] = str(row.created)
    recorded.custom_metadata, recorded.data = row.metadata, row.data
