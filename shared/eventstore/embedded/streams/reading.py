"""Streams.Read in all its forms: a stream or `$all`, forwards, backwards, or as a subscription."""

from collections.abc import AsyncIterator
from typing import Any

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded import errors
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News, StoppingError
from shared.eventstore.embedded.log.pages import linked, visible, walk_all, walk_stream
from shared.eventstore.embedded.log.records import DamagedError, Row
from shared.eventstore.embedded.log.rules import END, NO_STREAM
from shared.eventstore.embedded.streams.filters import Filter, filter_of
from shared.eventstore.embedded.streams.meaning import require_meaning
from shared.eventstore.embedded.streams.subscriptions import Message, follow_all, follow_stream
from shared.eventstore.embedded.wire import (
    broken_link_message,
    event_message,
    identifier_of,
    stream_name,
)

_Resp = streams_pb2.ReadResp
_Options = streams_pb2.ReadReq.Options
_PAGE = 32
"""Where EventStoreDB's first page of a stream holds nothing to be seen, it tells where the stream begins."""
LINK = "$>"
"""Type of an event whose data, `<revision>@<stream>`, points to another."""


class Reading:
    """The read side of the Streams service. Everything here runs on the event loop, on one connection."""

    def __init__(self, log: Log, news: News) -> None:
        self._log, self._news = log, news

    async def read(self, request: streams_pb2.ReadReq, context: Any) -> AsyncIterator[_Resp]:
        await errors.time_left(context)
        try:
            async for response in self._answer(request.options):
                yield response
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        except errors.StreamDeletedError as error:
            await errors.abort_deleted(context, str(error))
        except DamagedError as error:
            await errors.abort_damaged(context, error)
        except StoppingError:
            await errors.abort_unavailable(context, "the server is stopping")

    def _answer(self, options: _Options) -> AsyncIterator[_Resp]:
        require_meaning(options)
        structured = options.uuid_option.WhichOneof("content") != "string"
        message = self._resolving(structured) if options.resolve_links else _plain(structured)
        follows = options.WhichOneof("count_option") == "subscription"
        if options.WhichOneof("stream_option") == "all":
            wanted = filter_of(options)
            if follows:
                return follow_all(self._log, self._news, self._after(options), wanted, message)
            return self._all(options, wanted, message)
        stream = stream_name(options.stream.stream_identifier)
        if follows:
            return follow_stream(self._log, self._news, stream, self._revision(stream, options), message)
        return self._stream(stream, options, message)

    def _resolving(self, structured: bool) -> Message:
        """Send what a link points to in its place."""

        def message(row: Row) -> _Resp:
            if row.type != LINK:
                return event_message(row, structured)
            target = linked(self._log, row)
            if target is None:
                return broken_link_message(row, structured)
            return event_message(target, structured, link=row)

        return message

    def _position(self, options: _Options) -> int:
        """The position in a request: the start, that of an event, or one beyond the last event.

        Raises BadRequestError for any other, as EventStoreDB does: it was not told by this log.
        """
        position = int(options.all.position.commit_position)
        if 0 < position <= self._log.head() and self._log.checksum_at(position) is None:
            raise errors.BadRequestError(f"there is no event at the position {position} of $all")
        return min(position, END - 1)

    def _after(self, options: _Options) -> int:
        """The position after which a subscription to `$all` begins."""
        match options.all.WhichOneof("all_option"):
            case "position":
                return self._position(options)
            case "end":
                return self._log.head()
            case _:
                return 0

    def _revision(self, stream: str, options: _Options) -> int:
        """The revision after which a subscription to a stream begins."""
        match options.stream.WhichOneof("revision_option"):
            case "revision":
                return min(options.stream.revision, END - 1)
            case "end":
                return self._log.last_revision(stream)
            case _:
                return NO_STREAM

    async def _all(self, options: _Options, wanted: Filter, message: Message) -> AsyncIterator[_Resp]:
        backwards = options.read_direction == _Options.Backwards
        start: int | None = None
        match options.all.WhichOneof("all_option"):
            case "position":
                start = self._position(options)
            case "start" if backwards:
                return  # before the first event there is nothing
            case "end" if not backwards:
                return
        left = options.count
        async for page in walk_all(self._log, start, backwards=backwards):
            for row in page:
                if not wanted.keeps(row):
                    continue
                if left == 0:
                    return
                left -= 1
                yield message(row)
            if left == 0:
                return

    async def _stream(self, stream: str, options: _Options, message: Message) -> AsyncIterator[_Resp]:
        at = visible(self._log, stream)
        if at.tombstoned:
            raise errors.StreamDeletedError(stream)
        if not at.exists:
            yield _Resp(stream_not_found=_Resp.StreamNotFound(stream_identifier=identifier_of(stream)))
            return
        backwards = options.read_direction == _Options.Backwards
        start: int | None = None
        match options.stream.WhichOneof("revision_option"):
            case "revision":
                start = options.stream.revision
            case "start" if backwards:
                start = 0
            case "end" if not backwards:
                start = at.last + 1
        told_of_ends = options.control_option.compatibility >= 1
        left = options.count
        if told_of_ends and not backwards and (start or 0) + min(_PAGE, left) <= at.first:
            yield _Resp(first_stream_position=at.first)
        if left > 0:
            async for page in walk_stream(self._log, stream, start, backwards=backwards):
                for row in page[:left]:
                    yield message(row)
                left -= min(left, len(page))
                if left == 0:
                    break
        if told_of_ends:
            yield _Resp(last_stream_position=at.last)


def _plain(structured: bool) -> Message:
    return lambda row: event_message(row, structured)
