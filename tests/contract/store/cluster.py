"""A cluster of nodes that share one server's log, and of which one leads, until a test says otherwise."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from esdbclient.protos.Grpc import gossip_pb2, streams_pb2

from tests.contract.store.stores import PATIENCE

_STATES = gossip_pb2.MemberInfo
_OPTIONS = (("grpc.so_reuseport", 0), ("grpc.http2.max_ping_strikes", 0))


class Cluster:
    """Nodes behind one server, as if everything were replicated in no time.

    A node that was killed keeps the state that it had, and counts as dead, as in a real gossip.
    With `credentials` (of `grpc.ssl_server_credentials`) the nodes speak TLS.
    """

    def __init__(self, server_port: int, size: int = 3, credentials: Any = None) -> None:
        self.leader = 0
        self.gossip_leaders: set[int] | None = None
        """The nodes that the gossip calls leaders, where it is behind the truth."""
        self.nodes = [Node(self, server_port, credentials) for _ in range(size)]

    @property
    def uri(self) -> str:
        return f"esdb://{','.join(node.address for node in self.nodes)}?Tls=false"

    def lead(self, number: int) -> None:
        """Another node leads from now on; the one before ends its calls."""
        before, self.leader = self.nodes[self.leader], number
        before.end_calls()

    def members(self) -> bytes:
        leaders = {self.leader} if self.gossip_leaders is None else self.gossip_leaders
        members = [
            _STATES(
                state=_STATES.Leader if number in leaders else _STATES.Follower,
                is_alive=node.alive,
                http_end_point=gossip_pb2.EndPoint(address="127.0.0.1", port=node.port),
            )
            for number, node in enumerate(self.nodes)
        ]
        return bytes(gossip_pb2.ClusterInfo(members=members).SerializeToString())

    def close(self) -> None:
        for node in self.nodes:
            node.kill()


class Node(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpcio carries no types
    """Hands every call on to the server, where it leads; the tests say what it does instead."""

    def __init__(self, cluster: Cluster, server_port: int, credentials: Any) -> None:
        self._cluster = cluster
        self._server_channel = grpc.insecure_channel(f"127.0.0.1:{server_port}")
        self._under_way: set[Any] = set()
        self.alive = True
        self.calls = 0
        """All calls, gossip apart."""
        self.authorization: str | None = None
        """What a call must carry to be let through."""
        self.refusal: tuple[grpc.StatusCode, str] | None = None
        """How every call ends, if set; gossip goes on."""
        self.mute = False
        """Whether subscriptions are confirmed and then hear nothing."""
        self._end: tuple[grpc.StatusCode | None, str] = (grpc.StatusCode.UNAVAILABLE, "over")
        self._server = grpc.server(ThreadPoolExecutor(16), (self,), options=_OPTIONS)
        self.port = (
            self._server.add_secure_port("127.0.0.1:0", credentials)
            if credentials
            else self._server.add_insecure_port("127.0.0.1:0")
        )
        self._server.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def leads(self) -> bool:
        return self._cluster.nodes[self._cluster.leader] is self

    def kill(self) -> None:
        """It is gone: its connections break, its port is closed."""
        self.alive = False
        self._server.stop(None).wait(PATIENCE)
        self._server_channel.close()

    def end_calls(
        self, code: grpc.StatusCode | None = grpc.StatusCode.UNAVAILABLE, said: str = "over"
    ) -> None:
        """End every call under way with this status; without one, as if it were complete."""
        self._end = code, said
        for call in list(self._under_way):
            call.cancel()

    def service(self, details: Any) -> Any:
        """Called by gRPC for each call."""
        sent = dict(details.invocation_metadata)
        if details.method == "/event_store.client.gossip.Gossip/Read":
            return grpc.unary_unary_rpc_method_handler(lambda _request, _context: self._cluster.members())

        def answer(requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
            self.calls += 1
            self._refuse(sent, context)
            first = next(requests)
            mute = self.mute and _is_subscription(details.method, first)
            yield from self._hand_on(details.method, iter([first]), sent, context, 1 if mute else None)

        return grpc.stream_stream_rpc_method_handler(answer)

    def _refuse(self, sent: dict[str, str], context: Any) -> None:
        if self.authorization is not None and sent.get("authorization") != self.authorization:
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "not authenticated")
        if self.refusal is not None:
            context.abort(*self.refusal)
        if not self.leads and sent.get("requires-leader") == "true":
            leader = self._cluster.nodes[self._cluster.leader]
            host_and_port = ("leader-endpoint-host", "127.0.0.1"), ("leader-endpoint-port", str(leader.port))
            context.set_trailing_metadata(host_and_port)
            context.abort(grpc.StatusCode.NOT_FOUND, "Leader info available")

    def _hand_on(
        self, method: str, requests: Iterator[bytes], sent: dict[str, str], context: Any, limit: int | None
    ) -> Iterator[bytes]:
        """The server's answers, all or the first `limit`."""
        metadata = [(name, value) for name, value in sent.items() if name == "requires-leader"]
        call = self._server_channel.stream_stream(method)(requests, _limit(context), metadata)
        self._under_way.add(call)
        context.add_callback(call.cancel)
        try:
            for number, message in enumerate(call):
                if limit is None or number < limit:
                    yield message
        except grpc.RpcError:
            context.set_trailing_metadata(call.trailing_metadata() or ())
            code, said = call.code(), call.details() or ""
            if code is grpc.StatusCode.CANCELLED:
                code, said = self._end
            if code is not None:
                context.abort(code, said)
        finally:
            self._under_way.discard(call)


def _limit(context: Any) -> float | None:
    """A call without a deadline has some three hundred years left, more than a new call may be given."""
    left: float | None = context.time_remaining()
    return None if left is None or left > 1e6 else left


def _is_subscription(method: str, request: bytes) -> bool:
    if not method.endswith("Streams/Read"):
        return False
    options = streams_pb2.ReadReq.FromString(request).options
    return bool(options.WhichOneof("count_option") == "subscription")
