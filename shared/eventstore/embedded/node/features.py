"""ServerFeatures.GetSupportedMethods: what clients may ask of this server.

    SupportedMethods { repeated SupportedMethod methods = 1; string event_store_server_version = 2; }
    SupportedMethod  { string method_name = 1; string service_name = 2; repeated string features = 3; }

Written by hand, because esdbclient does not ship these messages and compiling the protos again would
collide with its own in one process.
"""

from collections.abc import Iterable
from typing import Any

import grpc

from shared.eventstore.embedded.node.encoding import field
from shared.eventstore.embedded.rpc import Service

SERVER_VERSION = "23.10.0"
"""The EventStoreDB version whose behaviour is followed; clients choose their requests by it."""


def features_service(services: Iterable[Service]) -> Service:
    answer = supported_methods(services)

    async def get_supported_methods(_request: bytes, _context: Any) -> bytes:
        return answer

    return Service(
        "event_store.client.server_features.ServerFeatures",
        {"GetSupportedMethods": grpc.unary_unary_rpc_method_handler(get_supported_methods)},
    )


def supported_methods(services: Iterable[Service]) -> bytes:
    """The serialised message. All names are in lower case, as EventStoreDB tells them."""
    entries = b"".join(
        field(
            1,
            field(1, method.lower().encode())
            + field(2, service.name.lower().encode())
            + b"".join(field(3, feature.encode()) for feature in service.features.get(method, ())),
        )
        for service in services
        for method in service.methods
    )
    return entries + field(2, SERVER_VERSION.encode())
