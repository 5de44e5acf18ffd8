"""What the server answers: services by name, their methods, and a sentence for everything else."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import grpc

from shared.eventstore.embedded.errors import abort

Method = Any
"""A `grpc.RpcMethodHandler`; grpcio ships no types."""


@dataclass(frozen=True)
class Service:
    """One gRPC service: its full name, and its methods by the names that the protocol gives them.

    `features` names what a method can do beyond its first version, as clients ask for it.
    """

    name: str
    methods: Mapping[str, Method]
    features: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def handlers(services: Iterable[Service]) -> tuple[Any, ...]:
    """For `add_generic_rpc_handlers`: every service, and last the one that answers what nobody knows."""
    known = [grpc.method_handlers_generic_handler(each.name, dict(each.methods)) for each in services]
    return (*known, _UnknownHandler())


def unary(behaviour: Any, request: Any, response: Any) -> Method:
    """One request, one response; both are protobuf classes."""
    return grpc.unary_unary_rpc_method_handler(behaviour, request.FromString, response.SerializeToString)


def unary_stream(behaviour: Any, request: Any, response: Any) -> Method:
    return grpc.unary_stream_rpc_method_handler(behaviour, request.FromString, response.SerializeToString)


def stream_unary(behaviour: Any, request: Any, response: Any) -> Method:
    return grpc.stream_unary_rpc_method_handler(behaviour, request.FromString, response.SerializeToString)


def stream_stream(behaviour: Any, request: Any, response: Any) -> Method:
    return grpc.stream_stream_rpc_method_handler(behaviour, request.FromString, response.SerializeToString)


def refusal(code: grpc.StatusCode, said: str) -> Method:
    """Answers a call of any kind with a status and a sentence, without reading what it sends."""

    async def refuse(_requests: AsyncIterator[bytes], context: Any) -> None:
        await abort(context, code, said)

    return grpc.stream_stream_rpc_method_handler(refuse)


_SCAVENGE = "this server keeps every event: what a stream hides is left out of reads, and never removed"
_STOP = "this server is stopped by SIGTERM, not by a call"
_ALONE = "this server is a single node and takes part in no cluster"
_UNKNOWN = {
    "/event_store.client.operations.Operations/StartScavenge": _SCAVENGE,
    "/event_store.client.operations.Operations/StopScavenge": _SCAVENGE,
    "/event_store.client.operations.Operations/Shutdown": _STOP,
    "/event_store.client.operations.Operations/MergeIndexes": "this server's indexes need no merging",
    "/event_store.client.operations.Operations/ResignNode": _ALONE,
    "/event_store.client.operations.Operations/SetNodePriority": _ALONE,
    "/event_store.client.projections.": "this server runs no projections: it has no JavaScript engine, and "
    "our own read models are rebuilt by plain processes that follow the log",
    "/event_store.client.redaction.": "this server changes no event once it is recorded",
    "/event_store.client.users.": "this server's users are in the file that its --users names",
    "/event_store.cluster.": _ALONE,
    "/kurrentdb.": "this server speaks EventStoreDB's protocol; what KurrentDB added to it is not here",
}


class _UnknownHandler:
    """Answers every method that no other handler knows, with a sentence instead of silence."""

    def service(self, call: Any) -> Any:
        said = next(
            (why for start, why in _UNKNOWN.items() if call.method.startswith(start)),
            f"this server does not know {call.method}",
        )
        return refusal(grpc.StatusCode.UNIMPLEMENTED, said)
