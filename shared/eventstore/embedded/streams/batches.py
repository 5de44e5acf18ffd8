"""Batches of events that are being received, and the calls that bring many of them at a time."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import errors, wire
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import Expected
from shared.eventstore.embedded.log.transactions import Answer, Failed, TooLate
from shared.eventstore.embedded.streams import answers

_UNDER_WAY = 500
"""Batches of one call that wait for the disk, or for a slow client to take their answers; while there are
so many, the client is not read from."""
_UNFINISHED = 500
"""Batches of one call that may have begun and not come to their end; with more, the call ends."""


class TooLargeError(Exception):
    """The append is larger than MAX_APPEND_BYTES."""


@dataclass
class Batch:
    """An append that is being received, in one message or in several.

    `deadline` is in seconds of the monotonic clock: it runs from the first message.
    """

    stream: str
    expected: Expected
    deadline: float
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


class BatchCall:
    """One BatchAppend call: its unfinished batches, and those that are being written."""

    def __init__(self, submit: Callable[[Batch], Awaitable[Answer]], context: Any) -> None:
        self._submit, self._context = submit, context
        self._unfinished: dict[bytes, Batch | None] = {}
        self._room = asyncio.Semaphore(_UNDER_WAY)
        self._writing = asyncio.Lock()

    async def serve(self, requests: AsyncIterator[streams_pb2.BatchAppendReq]) -> None:
        """Answer each batch when it is written. Raises DiskError where one could not be, BadRequestError.

        Batches are submitted in the order in which they came, so that they share transactions.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                async for request in requests:
                    batch = await self._take_in(request)
                    if batch is not None:
                        await self._room.acquire()
                        tasks.create_task(self._finish(request, batch, self._submit(batch)))
        except* (DiskError, errors.BadRequestError) as group:
            ended = next(_leaves(group))
        else:
            return
        raise ended  # alone, as whoever called looks for it

    async def _take_in(self, request: streams_pb2.BatchAppendReq) -> Batch | None:
        """The batch that is complete with this request; None where it is not, or was refused."""
        key = request.correlation_id.SerializeToString()
        known = key in self._unfinished
        batch = self._unfinished.pop(key, None)
        if batch is not None or not known:  # else it was refused, and what still comes of it is passed over
            batch = await self._add(request, batch)
        if request.is_final:
            return batch
        self._unfinished[key] = batch
        if len(self._unfinished) > _UNFINISHED:
            raise errors.BadRequestError(f"more than {_UNFINISHED} batches of the call are not finished")
        return None

    async def _add(self, request: streams_pb2.BatchAppendReq, batch: Batch | None) -> Batch | None:
        """The batch with what this request brings; None where it was refused, and that was said."""
        stream = None if batch is None else batch.stream
        try:
            batch = batch or _begin(request)
            stream = batch.stream
            for message in request.proposed_messages:
                batch.add(message)
        except errors.BadRequestError as error:
            await self._say(answers.batch_not_understood(request, stream, str(error)))
            return None
        except TooLargeError:
            # A batch that is large and late is late: it might have come in time had it been smaller.
            if batch is None or time.monotonic() < batch.deadline:
                await self._say(answers.batch_too_large(request, stream, wire.MAX_APPEND_BYTES))
                return None
        if time.monotonic() < batch.deadline:
            return batch
        await self._say(answers.batch_done(request, batch.stream, batch.expected, TooLate()))
        return None

    async def _finish(
        self, request: streams_pb2.BatchAppendReq, batch: Batch, answer: Awaitable[Answer]
    ) -> None:
        outcome = await answer
        if isinstance(outcome, Failed):
            raise DiskError(outcome)
        await self._say(answers.batch_done(request, batch.stream, batch.expected, outcome))
        self._room.release()

    async def _say(self, answer: streams_pb2.BatchAppendResp) -> None:
        async with self._writing:  # gRPC takes one message of a call at a time
            await self._context.write(answer)


def _begin(request: streams_pb2.BatchAppendReq) -> Batch:
    options = request.options
    expected = wire.expected(options.WhichOneof("expected_stream_position"), options.stream_position)
    deadline = time.monotonic() + _batch_timeout(options)
    return Batch(wire.stream_name(options.stream_identifier), expected, deadline)


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


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
