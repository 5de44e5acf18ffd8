"""Streams.Append and Streams.BatchAppend: take in, submit to the writer, say how it went."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import errors, wire
from shared.eventstore.embedded.log import changes
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import Expected
from shared.eventstore.embedded.log.writer import Answer, Failed, Writer
from shared.eventstore.embedded.streams import answers

_UNDER_WAY = 500
"""Batches of one call that wait for the disk; the client is not read from while there are more."""


class TooLargeError(Exception):
    """The append is larger than MAX_APPEND_BYTES."""


@dataclass
class Batch:
    """An append that is being received, in one message or in several."""

    stream: str
    expected: Expected
    timeout: float
    events: list[Proposed] = field(default_factory=list)
    size: int = 0

    def add(self, message: Any) -> None:
        self.size += wire.size(message)
        if self.size > wire.MAX_APPEND_BYTES:
            raise TooLargeError
        self.events.append(wire.proposed(message))


class DiskError(Exception):
    """A batch could not be written, and so neither can those that came with it."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.reason)
        self.failed = failed


class Appending:
    """The write side of the Streams service."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def append(
        self, requests: AsyncIterator[streams_pb2.AppendReq], context: Any
    ) -> streams_pb2.AppendResp:
        remaining = context.time_remaining()
        try:
            batch = await _receive(requests, math.inf if remaining is None else remaining)
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        except TooLargeError:
            await errors.abort_too_large(context, wire.MAX_APPEND_BYTES)
        outcome = await errors.written(context, batch.stream, await self._submit(batch))
        return answers.appended(batch.expected, outcome)

    async def batch_append(self, requests: AsyncIterator[streams_pb2.BatchAppendReq], context: Any) -> None:
        """Answer each batch of a call when it is written; a refused batch does not end the call.

        Batches are submitted in the order in which they came, so that they share transactions.
        """
        call = _BatchCall(self._submit, context)
        failed: Failed | None = None
        try:
            await call.serve(requests)
        except* DiskError as group:
            failed = next(error.failed for error in _leaves(group) if isinstance(error, DiskError))
        if failed is not None:
            await errors.abort_failed(context, failed)

    async def _submit(self, batch: Batch) -> Answer:
        change = changes.append(batch.stream, batch.expected, batch.events)
        return await self._writer.submit(change, batch.timeout)


class _BatchCall:
    """One BatchAppend call: its unfinished batches, and those that are being written."""

    def __init__(self, submit: Callable[[Batch], Awaitable[Answer]], context: Any) -> None:
        self._submit, self._context = submit, context
        self._unfinished: dict[bytes, Batch] = {}
        self._room = asyncio.Semaphore(_UNDER_WAY)
        self._writing = asyncio.Lock()

    async def serve(self, requests: AsyncIterator[streams_pb2.BatchAppendReq]) -> None:
        async with asyncio.TaskGroup() as tasks:
            async for request in requests:
                batch = await self._take_in(request)
                if batch is not None:
                    await self._room.acquire()
                    tasks.create_task(self._finish(request, batch))

    async def _take_in(self, request: streams_pb2.BatchAppendReq) -> Batch | None:
        """The batch that is complete with this request; None where it is not, or was refused."""
        key = request.correlation_id.SerializeToString()
        try:
            batch = self._unfinished.pop(key, None) or _begin(request)
            for message in request.proposed_messages:
                batch.add(message)
        except errors.BadRequestError as error:
            await self._say(answers.batch_not_understood(request, str(error)))
            return None
        except TooLargeError:
            await self._say(answers.batch_too_large(request, wire.MAX_APPEND_BYTES))
            return None
        if request.is_final:
            return batch
        self._unfinished[key] = batch
        return None

    async def _finish(self, request: streams_pb2.BatchAppendReq, batch: Batch) -> None:
        try:
            outcome = await self._submit(batch)
        finally:
            self._room.release()
        if isinstance(outcome, Failed):
            raise DiskError(outcome)
        await self._say(answers.batch_done(request, batch.stream, batch.expected, outcome))

    async def _say(self, answer: streams_pb2.BatchAppendResp) -> None:
        async with self._writing:  # gRPC takes one message of a call at a time
            await self._context.write(answer)


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


async def _receive(requests: AsyncIterator[streams_pb2.AppendReq], timeout: float) -> Batch:
    batch = None
    async for request in requests:
        if request.WhichOneof("content") == "options":
            options = request.options
            expected = wire.expected(options.WhichOneof("expected_stream_revision"), options.revision)
            batch = Batch(wire.stream_name(options.stream_identifier), expected, timeout)
        elif batch is None:
            raise errors.BadRequestError("an event came before the options of the append")
        else:
            batch.add(request.proposed_message)
    if batch is None:
        raise errors.BadRequestError("the append has no options")
    return batch


def _begin(request: streams_pb2.BatchAppendReq) -> Batch:
    options = request.options
    expected = wire.expected(options.WhichOneof("expected_stream_position"), options.stream_position)
    return Batch(wire.stream_name(options.stream_identifier), expected, _batch_timeout(options))


def _batch_timeout(options: streams_pb2.BatchAppendReq.Options) -> float:
    """Seconds until the batch is too late: a span since 21.10.1, a moment before."""
    match options.WhichOneof("deadline_option"):
        case "deadline":
            return float(options.deadline.seconds + options.deadline.nanos / 1e9)
        case "deadline_21_10_0":
            moment = options.deadline_21_10_0
            return float(moment.seconds + moment.nanos / 1e9 - time.time())
        case _:
            return math.inf
