"""A server that does nothing, and by that shows the limit of the wire: same messages, constant answers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import grpc
from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.log.records import Row, size_of
from shared.eventstore.embedded.rpc import Service, handlers, stream_stream
from shared.eventstore.embedded.wire import event_message
from tests.bench import events

_Resp = streams_pb2.ReadResp


def messages() -> list[bytes]:
    """What `read_all` is answered with, ready for the wire: the rows that the store's bench has stored."""
    prepared = []
    position = 0
    for stream in events.stream_names():
        for revision in range(events.STREAM_LENGTH):
            row = Row(
                position=position,
                stream=stream,
                revision=revision,
                id=uuid4().bytes,
                type=events.TYPE,
                content_type="application/json",
                created=events.CREATED,
                metadata=events.METADATA,
                data=events.DATA,
                checksum=0,
            )
            position += size_of(stream, row)
            prepared.append(event_message(row, structured=False).SerializeToString())
    return prepared


class Nothing:
    """The Streams service without a store."""

    def __init__(self) -> None:
        self._messages = messages()
        self._confirmation = _Resp(
            confirmation=_Resp.SubscriptionConfirmation(subscription_id=str(uuid4()))
        ).SerializeToString()

    async def batch_append(self, requests: AsyncIterator[streams_pb2.BatchAppendReq], context: Any) -> None:
        success = streams_pb2.BatchAppendResp.Success(current_revision=0)
        success.position.commit_position = success.position.prepare_position = 1
        async for request in requests:
            await context.write(
                streams_pb2.BatchAppendResp(correlation_id=request.correlation_id, success=success)
            )

    async def read(self, request: streams_pb2.ReadReq, _context: Any) -> AsyncIterator[bytes]:
        follows = request.options.WhichOneof("count_option") == "subscription"
        if follows:
            yield self._confirmation
        for message in self._messages:
            yield message
        if follows:
            await asyncio.Event().wait()


async def serve() -> None:
    """Serve until killed; prints the port when clients may come."""
    server = grpc.aio.server()
    nothing = Nothing()
    append = stream_stream(nothing.batch_append, streams_pb2.BatchAppendReq, streams_pb2.BatchAppendResp)
    read = grpc.unary_stream_rpc_method_handler(nothing.read, streams_pb2.ReadReq.FromString)
    service = Service("event_store.client.streams.Streams", {"BatchAppend": append, "Read": read})
    server.add_generic_rpc_handlers(handlers([service]))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(serve())
