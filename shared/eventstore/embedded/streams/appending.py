"""Streams.Append and Streams.BatchAppend: take in, submit to the writer, say how it went."""

import time
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import errors, wire
from shared.eventstore.embedded.log import changes
from shared.eventstore.embedded.log.transactions import Answer
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.streams import answers
from shared.eventstore.embedded.streams.batches import Batch, BatchCall, DiskError, TooLargeError


class Appending:
    """The write side of the Streams service."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def append(
        self, requests: AsyncIterator[streams_pb2.AppendReq], context: Any
    ) -> streams_pb2.AppendResp:
        timeout = await errors.time_left(context)
        try:
            batch = await _receive(requests, timeout)
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        except TooLargeError:
            await errors.abort_too_large(context, wire.MAX_APPEND_BYTES)
        outcome = await errors.written(context, batch.stream, await self._submit(batch))
        return answers.appended(batch.expected, outcome)

    async def batch_append(self, requests: AsyncIterator[streams_pb2.BatchAppendReq], context: Any) -> None:
        """A refused batch does not end the call."""
        await errors.time_left(context)
        try:
            await BatchCall(self._submit, context).serve(requests)
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        except DiskError as error:
            await errors.abort_failed(context, error.failed)

    def _submit(self, batch: Batch) -> Awaitable[Answer]:
        change = changes.append(batch.stream, batch.expected, batch.events)
        return self._writer.submit(change, batch.deadline - time.monotonic())


async def _receive(requests: AsyncIterator[streams_pb2.AppendReq], timeout: float) -> Batch:
    batch = None
    async for request in requests:
        if request.WhichOneof("content") == "options":
            if batch is not None:
                raise errors.BadRequestError("the append has options twice")
            options = request.options
            expected = wire.expected(options.WhichOneof("expected_stream_revision"), options.revision)
            batch = Batch(wire.stream_name(options.stream_identifier), expected, time.monotonic() + timeout)
        elif batch is None:
            raise errors.BadRequestError("an event came before the options of the append")
        else:
            batch.add(request.proposed_message)
    if batch is None:
        raise errors.BadRequestError("the append has no options")
    return batch
