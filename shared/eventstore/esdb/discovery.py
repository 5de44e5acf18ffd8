"""Which node of a cluster leads, asked of the nodes themselves.

esdbclient's own discovery counts leaders that are dead: after a leader was killed, its cluster has two
for as long as the gossip remembers it, and none is found.
"""

import time
from collections.abc import Sequence

import grpc
from esdbclient.common import handle_rpc_error
from esdbclient.protos.Grpc import gossip_pb2, gossip_pb2_grpc, shared_pb2

from shared.eventstore.esdb.address import Address
from shared.eventstore.esdb.channel import call_credentials, open_channel
from shared.eventstore.esdb.errors import translate
from shared.eventstore.port import StoreRejected, StoreUnavailable

_LEADER = gossip_pb2.MemberInfo.Leader


def leading_node(address: Address, *, timeout: float) -> str:
    """The leader as `host:port`: asks one node after the other, all within `timeout` seconds.

    Raises StoreUnavailable where no node answers or none leads, StoreRejected where a node answered
    with a no and no other did better.
    """
    targets = address.spec.targets
    end = time.monotonic() + timeout
    refusal, reasons = None, []
    for number, target in enumerate(targets):
        share = max(0.001, (end - time.monotonic()) / (len(targets) - number))
        try:
            members = _gossip(address, target, min(share, address.spec.options.GossipTimeout))
        except grpc.RpcError as error:
            problem = translate(handle_rpc_error(error))
            refusal = problem if isinstance(problem, StoreRejected) else refusal
            reasons.append(f"{target}: {problem}")
            continue
        leader = _leader(members, target)
        if leader is not None:
            return leader
        reasons.append(f"{target}: no node leads")
    if refusal is not None:
        raise refusal
    raise StoreUnavailable("no leader was found; " + "; ".join(reasons))


def _gossip(address: Address, target: str, timeout: float) -> Sequence[gossip_pb2.MemberInfo]:
    with open_channel(address, target, any_node=address.by_name) as channel:
        answer = gossip_pb2_grpc.GossipStub(channel).Read(  # type: ignore[no-untyped-call]
            shared_pb2.Empty(), timeout=timeout, credentials=call_credentials(address)
        )
        return list(answer.members)


def _leader(members: Sequence[gossip_pb2.MemberInfo], asked: str) -> str | None:
    if len(members) == 1:
        return asked  # a single node need not know by which name it is reached
    alive = [m.http_end_point for m in members if m.is_alive and m.state == _LEADER]
    return f"{alive[0].address}:{alive[0].port}" if len(alive) == 1 else None
