"""Appends that share one BatchAppend call, as the clients of EventStoreDB for Node and .NET make them."""

import queue
import threading
from concurrent.futures import Future
from uuid import uuid4

import grpc
from esdbclient import NewEvent
from esdbclient.protos.Grpc import streams_pb2

_LIMIT = 30.0
_Request = streams_pb2.BatchAppendReq


class OneCall:
    """An open call: requests go in as they come, answers find their request by its correlation id."""

    def __init__(self, uri: str) -> None:
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._waiting: dict[str, Future[streams_pb2.BatchAppendResp]] = {}
        self._channel = grpc.insecure_channel(uri.removeprefix("esdb://").partition("?")[0])
        batch_append = self._channel.stream_stream(
            "/event_store.client.streams.Streams/BatchAppend",
            request_serializer=_Request.SerializeToString,
            response_deserializer=streams_pb2.BatchAppendResp.FromString,
        )
        self._answers = batch_append(iter(self._requests.get, None))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def append(self, event: NewEvent) -> None:
        """Append to a stream of its own; returns when it is recorded."""
        request = _Request(is_final=True)
        request.correlation_id.string = str(uuid4())
        request.options.stream_identifier.stream_name = str(uuid4()).encode()
        request.options.no_stream.SetInParent()
        message = request.proposed_messages.add(custom_metadata=event.metadata, data=event.data)
        message.id.string = str(event.id)
        message.metadata.update({"type": event.type, "content-type": event.content_type})
        answer: Future[streams_pb2.BatchAppendResp] = Future()
        self._waiting[request.correlation_id.string] = answer
        self._requests.put(request)
        assert answer.result(_LIMIT).WhichOneof("result") == "success"

    def close(self) -> None:
        self._requests.put(None)
        self._reader.join(_LIMIT)
        self._channel.close()

    def _read(self) -> None:
        for answer in self._answers:
            self._waiting.pop(answer.correlation_id.string).set_result(answer)
