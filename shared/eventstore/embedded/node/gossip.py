"""Gossip: a cluster of one, which this node leads."""

from typing import Any
from uuid import uuid4

from esdbclient.protos.Grpc import gossip_pb2, shared_pb2

from shared.eventstore.embedded.rpc import Service, unary


def gossip_service(host: str, port: int) -> Service:
    member = gossip_pb2.MemberInfo(
        instance_id=shared_pb2.UUID(string=str(uuid4())),
        state=gossip_pb2.MemberInfo.Leader,
        is_alive=True,
        http_end_point=gossip_pb2.EndPoint(address=host, port=port),
    )

    async def read(_request: shared_pb2.Empty, _context: Any) -> gossip_pb2.ClusterInfo:
        return gossip_pb2.ClusterInfo(members=[member])

    return Service(
        "event_store.client.gossip.Gossip", {"Read": unary(read, shared_pb2.Empty, gossip_pb2.ClusterInfo)}
    )
