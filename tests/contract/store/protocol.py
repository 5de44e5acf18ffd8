"""EventStoreDB's protocol: esdbclient, and the bare messages where it does not reach."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent
from esdbclient.protos.Grpc import shared_pb2, status_pb2, streams_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Expected, Loose
from tests.contract.store.stores import PATIENCE, EmbeddedServer

EMPTY = shared_pb2.Empty()
Options = streams_pb2.ReadReq.Options
ReadResp = streams_pb2.ReadResp


@pytest.fixture
def client(embedded_server: EmbeddedServer) -> Iterator[EventStoreDBClient]:
    with EventStoreDBClient(embedded_server.uri) as opened:
        yield opened


@pytest.fixture
def wire(embedded_server: EmbeddedServer) -> Iterator["Wire"]:
    with grpc.insecure_channel(f"127.0.0.1:{embedded_server.port}") as channel:
        yield Wire(channel)


def event(kind: str = "Counted", data: bytes = b"{}") -> NewEvent:
    return NewEvent(type=kind, data=data)


def events(count: int) -> list[NewEvent]:
    return [event() for _ in range(count)]


class Wire:
    """The Streams service, message by message. Refusals are raised as they come, `grpc.RpcError`."""

    def __init__(self, channel: Any) -> None:
        def method(kind: str, name: str, request: Any, response: Any) -> Any:
            path = f"/event_store.client.streams.Streams/{name}"
            return getattr(channel, kind)(path, request.SerializeToString, response.FromString)

        s = streams_pb2
        self.channel = channel
        self._append = method("stream_unary", "Append", s.AppendReq, s.AppendResp)
        self._batch = method("stream_stream", "BatchAppend", s.BatchAppendReq, s.BatchAppendResp)
        self._read = method("unary_stream", "Read", s.ReadReq, s.ReadResp)
        self._delete = method("unary_unary", "Delete", s.DeleteReq, s.DeleteResp)
        self._tombstone = method("unary_unary", "Tombstone", s.TombstoneReq, s.TombstoneResp)

    def append(self, *requests: streams_pb2.AppendReq, timeout: float = PATIENCE) -> streams_pb2.AppendResp:
        answer: streams_pb2.AppendResp = self._append(iter(requests), timeout=timeout)
        return answer

    def batches(
        self, requests: Iterable[streams_pb2.BatchAppendReq], timeout: float = PATIENCE
    ) -> list[streams_pb2.BatchAppendResp]:
        """Every answer of one call."""
        return list(self._batch(iter(requests), timeout=timeout))

    def read(self, options: Options, timeout: float = PATIENCE) -> Any:
        """The call, an iterator of ReadResp."""
        return self._read(streams_pb2.ReadReq(options=options), timeout=timeout)

    def delete(self, stream: str, expected: Expected) -> streams_pb2.DeleteResp:
        options = streams_pb2.DeleteReq.Options(
            stream_identifier=identifier(stream), **expectation("revision", expected)
        )
        answer: streams_pb2.DeleteResp = self._delete(
            streams_pb2.DeleteReq(options=options), timeout=PATIENCE
        )
        return answer

    def tombstone(self, stream: str, expected: Expected) -> streams_pb2.TombstoneResp:
        options = streams_pb2.TombstoneReq.Options(
            stream_identifier=identifier(stream), **expectation("revision", expected)
        )
        answer: streams_pb2.TombstoneResp = self._tombstone(
            streams_pb2.TombstoneReq(options=options), timeout=PATIENCE
        )
        return answer


def identifier(stream: str) -> shared_pb2.StreamIdentifier:
    return shared_pb2.StreamIdentifier(stream_name=stream.encode())


def expectation(revision: str, expected: Expected) -> dict[str, Any]:
    """The field that says it; an exact one is `revision`, and `stream_position` in batches."""
    # Two classes, one meaning: batches have Google's own.
    empty = EMPTY if revision == "revision" else streams_pb2.BatchAppendReq.Options().any
    match expected:
        case Loose.ANY:
            return {"any": empty}
        case Loose.STREAM_EXISTS:
            return {"stream_exists": empty}
    return {"no_stream": empty} if expected == NO_STREAM else {revision: expected}


def append_options(stream: str, expected: Expected) -> streams_pb2.AppendReq:
    options = streams_pb2.AppendReq.Options(
        stream_identifier=identifier(stream), **expectation("revision", expected)
    )
    return streams_pb2.AppendReq(options=options)


def proposed(data: bytes = b"{}", **changes: Any) -> streams_pb2.AppendReq:
    """A message of Append that carries an event."""
    message = streams_pb2.AppendReq.ProposedMessage(**_content(data, changes))
    return streams_pb2.AppendReq(proposed_message=message)


def batch(
    stream: str | None, expected: Expected = Loose.ANY, *data: bytes, final: bool = True, **fields: Any
) -> streams_pb2.BatchAppendReq:
    """A part of a batch, with one event per `data`; without a stream it has no options."""
    request = streams_pb2.BatchAppendReq(
        correlation_id=fields.pop("correlation_id", None) or shared_pb2.UUID(string=str(uuid4())),
        proposed_messages=[
            streams_pb2.BatchAppendReq.ProposedMessage(**_content(each, fields)) for each in data
        ],
        is_final=final,
    )
    if stream is not None:
        request.options.CopyFrom(
            streams_pb2.BatchAppendReq.Options(
                stream_identifier=identifier(stream), **expectation("stream_position", expected)
            )
        )
        request.options.deadline.seconds = int(PATIENCE)
    return request


def _content(data: bytes, changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": shared_pb2.UUID(string=str(uuid4())),
        "metadata": {"type": "Counted", "content-type": "application/json"},
        "data": data,
    } | changes


def detail(error: status_pb2.Status, kind: Any) -> Any:
    """What an answer of BatchAppend says of its error; fails where it is not of that kind."""
    found = kind()
    assert error.details.Unpack(found), error
    return found


def read_options(stream: str | None = None, /, **options: Any) -> Options:
    """A whole read of a stream, or of $all, but for the options that are given; None leaves one out."""
    fields: dict[str, Any] = {"no_filter": EMPTY, "uuid_option": Options.UUIDOption(string=EMPTY)}
    if stream is None:
        fields["all"] = Options.AllOptions(start=EMPTY)
    else:
        fields["stream"] = Options.StreamOptions(stream_identifier=identifier(stream), start=EMPTY)
    if "subscription" not in options:
        fields["count"] = 2**63 - 1
    if "filter" in options:
        del fields["no_filter"]
    return Options(**{name: value for name, value in (fields | options).items() if value is not None})


def at_position(position: int) -> Options.AllOptions:
    return Options.AllOptions(position=Options.Position(commit_position=position, prepare_position=position))


def refusal(error: grpc.RpcError) -> tuple[Any, str, dict[str, str]]:
    """Status code, sentence and trailers."""
    trailers: dict[str, str] = dict(error.trailing_metadata() or ())
    return error.code(), error.details(), trailers


def prepare(wire: Wire, stream: str, state: str) -> None:
    """Bring a new stream into a state of the table in `expectations`."""
    match state:
        case "described":
            wire.batches([batch(f"$${stream}", Loose.ANY, b'{"owner":"support"}')])
        case "existing" | "deleted" | "tombstoned":
            wire.batches([batch(stream, NO_STREAM, b"1", b"2")])
    if state == "deleted":
        wire.delete(stream, Loose.ANY)
    elif state == "tombstoned":
        wire.tombstone(stream, Loose.ANY)
