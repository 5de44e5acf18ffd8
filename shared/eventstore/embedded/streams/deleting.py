"""Streams.Delete and Streams.Tombstone."""

from collections.abc import Callable
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import errors, wire
from shared.eventstore.embedded.log import changes
from shared.eventstore.embedded.log.rules import Conflict, Expected
from shared.eventstore.embedded.log.writer import Writer

_Request = streams_pb2.DeleteReq | streams_pb2.TombstoneReq


class Deleting:
    """Hides a stream's events, until it is written to again or for ever; they stay in the log."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def delete(self, request: streams_pb2.DeleteReq, context: Any) -> streams_pb2.DeleteResp:
        position = await self._change(request, context, changes.delete)
        at = streams_pb2.DeleteResp.Position(commit_position=position, prepare_position=position)
        return streams_pb2.DeleteResp(position=at)

    async def tombstone(self, request: streams_pb2.TombstoneReq, context: Any) -> streams_pb2.TombstoneResp:
        position = await self._change(request, context, changes.tombstone)
        at = streams_pb2.TombstoneResp.Position(commit_position=position, prepare_position=position)
        return streams_pb2.TombstoneResp(position=at)

    async def _change(
        self, request: _Request, context: Any, change: Callable[[str, Expected], changes.Change]
    ) -> int:
        """Position of what was written; else the call is aborted."""
        timeout = await errors.time_left(context)
        options = request.options
        try:
            stream = wire.stream_name(options.stream_identifier)
            expected = wire.expected(options.WhichOneof("expected_stream_revision"), options.revision)
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        answer = await self._writer.submit(change(stream, expected), timeout)
        outcome = await errors.written(context, stream, answer)
        if isinstance(outcome, Conflict):
            await errors.abort_wrong_version(context, stream, expected, outcome.current)
        assert outcome.position is not None
        return outcome.position
