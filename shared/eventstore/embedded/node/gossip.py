"""Gossip: a cluster of one, which this node leads."""

import time
from typing import Any
from uuid import uuid4

from esdbclient.protos.Grpc import gossip_pb2, shared_pb2

from shared.eventstore.embedded.rpc import Service, unary
from shared.eventstore.embedded.wire import uuid_message


def gossip_service(host: str, port: int) -> Service:
    """`host` and `port` are where clients are told to go."""
    instance = uuid_message(uuid4().bytes, structured=True)
    end_point = gossip_pb2.EndPoint(address=host, port=port)

    async def read(_request: shared_pb2.Empty, _context: Any) -> gossip_pb2.ClusterInfo:
        member = gossip_pb2.MemberInfo(
            instance_id=instance,
            time_stamp=time.time_ns() // 100,
            state=gossip_pb2.MemberInfo.Leader,
            is_alive=True,
            http_end_point=end_point,
        )
        return gossip_pb2.ClusterInfo(members=[member])

    return Service(
        "event_store.client.gossip.Gossip", {"Read": unary(read, shared_pb2.Empty, gossip_pb2.ClusterInfo)}
    )
