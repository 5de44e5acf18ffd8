"""The gRPC surface: which method is answered by whom, and what is said to all the others."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import grpc
from esdbclient.protos.Grpc import gossip_pb2, shared_pb2, streams_pb2

from shared.eventstore.embedded.appending import Appending
from shared.eventstore.embedded.errors import abort
from shared.eventstore.embedded.features import supported_methods
from shared.eventstore.embedded.streams import Reading

STREAMS = "event_store.client.streams.Streams"
GOSSIP = "event_store.client.gossip.Gossip"
FEATURES = "event_store.client.server_features.ServerFeatures"

_NOT_YET = {
    f"/{STREAMS}/Delete": "streams cannot be deleted yet in this server: it keeps every event",
    f"/{STREAMS}/Tombstone": "streams cannot be deleted yet in this server: it keeps every event",
    "/event_store.client.persistent_subscriptions.": "this server has catch-up subscriptions only, so far",
    "/event_store.client.projections.": "this server runs no projections, so far",
}


def streams_handler(appending: Appending, reading: Reading) -> Any:
    return grpc.method_handlers_generic_handler(
        STREAMS,
        {
            "Append": grpc.stream_unary_rpc_method_handler(
                appending.append,
                request_deserializer=streams_pb2.AppendReq.FromString,
                response_serializer=streams_pb2.AppendResp.SerializeToString,
            ),
            "BatchAppend": grpc.stream_stream_rpc_method_handler(
                appending.batch_append,
                request_deserializer=streams_pb2.BatchAppendReq.FromString,
                response_serializer=streams_pb2.BatchAppendResp.SerializeToString,
            ),
            "Read": grpc.unary_stream_rpc_method_handler(
                reading.read,
                request_deserializer=streams_pb2.ReadReq.FromString,
                response_serializer=streams_pb2.ReadResp.SerializeToString,
            ),
        },
    )


def gossip_handler(host: str, port: int) -> Any:
    """A cluster of one: this node leads it."""
    member = gossip_pb2.MemberInfo(
        instance_id=shared_pb2.UUID(string=str(uuid4())),
        state=gossip_pb2.MemberInfo.Leader,
        is_alive=True,
        http_end_point=gossip_pb2.EndPoint(address=host, port=port),
    )

    async def read(_request: shared_pb2.Empty, _context: Any) -> gossip_pb2.ClusterInfo:
        return gossip_pb2.ClusterInfo(members=[member])

    method = grpc.unary_unary_rpc_method_handler(
        read,
        request_deserializer=shared_pb2.Empty.FromString,
        response_serializer=gossip_pb2.ClusterInfo.SerializeToString,
    )
    return grpc.method_handlers_generic_handler(GOSSIP, {"Read": method})


def features_handler() -> Any:
    answer = supported_methods({STREAMS: ["append", "batchappend", "read"], GOSSIP: ["read"]})

    async def get_supported_methods(_request: bytes, _context: Any) -> bytes:
        return answer

    method = grpc.unary_unary_rpc_method_handler(get_supported_methods)
    return grpc.method_handlers_generic_handler(FEATURES, {"GetSupportedMethods": method})


class NotYetHandler:
    """Answers every method that no other handler knows, with a sentence instead of silence."""

    def service(self, call: Any) -> Any:
        said = next(
            (why for start, why in _NOT_YET.items() if call.method.startswith(start)),
            f"this server does not know {call.method}",
        )

        async def refuse(_requests: AsyncIterator[bytes], context: Any) -> None:
            await abort(context, grpc.StatusCode.UNIMPLEMENTED, said)

        return grpc.stream_stream_rpc_method_handler(refuse)
