"""Streams.Append and Streams.BatchAppend: take in, submit to the writer, say how it went."""

import math
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import answers, errors, wire
from shared.eventstore.embedded.log import Proposed
from shared.eventstore.embedded.rules import Expected
from shared.eventstore.embedded.writer import Failed, TooLate, Writer


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
        self.events.append(wire.proposed(self.stream, message))


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
        except errors.NotYetError as error:
            await errors.abort_not_yet(context, error)
        except TooLargeError:
            await errors.abort_too_large(context, wire.MAX_APPEND_BYTES)
        outcome = await self._writer.submit(batch.stream, batch.expected, batch.events, batch.timeout)
        if isinstance(outcome, TooLate):
            await errors.abort_late(context)
        if isinstance(outcome, Failed):
            await errors.abort_unavailable(context, outcome.reason)
        return answers.appended(batch.expected, outcome)

    async def batch_append(
        self, requests: AsyncIterator[streams_pb2.BatchAppendReq], context: Any
    ) -> AsyncIterator[streams_pb2.BatchAppendResp]:
        """Answer each batch of a call in turn; a refused batch does not end the call."""
        open_batches: dict[bytes, Batch] = {}
        async for request in requests:
            key = request.correlation_id.SerializeToString()
            try:
                batch = open_batches.pop(key, None) or _begin(request)
                for message in request.proposed_messages:
                    batch.add(message)
            except errors.BadRequestError as error:
                yield answers.batch_not_understood(request, str(error))
                continue
            except errors.NotYetError as error:
                await errors.abort_not_yet(context, error)
            except TooLargeError:
                yield answers.batch_too_large(request, wire.MAX_APPEND_BYTES)
                continue
            if not request.is_final:
                open_batches[key] = batch
                continue
            outcome = await self._writer.submit(batch.stream, batch.expected, batch.events, batch.timeout)
            if isinstance(outcome, Failed):
                await errors.abort_unavailable(context, outcome.reason)
            yield answers.batch_done(request, batch.stream, batch.expected, outcome)


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
