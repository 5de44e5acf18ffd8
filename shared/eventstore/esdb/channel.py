"""gRPC channels to the store: with keepalive that works, with TLS and the user where they are given."""

import os
import socket
import ssl
from contextlib import suppress

import grpc
from esdbclient.common import BasicAuthCallCredentials

from shared.eventstore.esdb.address import Address

_LARGEST_ANSWER = 17 * 1024 * 1024
_ROUND_ROBIN = ("grpc.lb_policy_name", "round_robin")
_PROBE_SECONDS = 1.0
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # else gRPC writes to stderr what its errors say anyway


def open_channel(address: Address, target: str, *, any_node: bool = False) -> grpc.Channel:
    """A channel to `target`, `host:port`; with `any_node` to whichever of its addresses answers."""
    options = [*_options(address), *([_ROUND_ROBIN] if any_node else [])]
    if not address.tls:
        return grpc.insecure_channel(target, options)
    credentials = grpc.ssl_channel_credentials(
        root_certificates=address.ca, private_key=address.key, certificate_chain=address.certificate
    )
    return grpc.secure_channel(target, credentials, options)


def call_credentials(address: Address) -> grpc.CallCredentials | None:
    """The user, for every call. Without TLS nobody is told who asks."""
    if not (address.tls and address.user and address.password):
        return None
    return grpc.metadata_call_credentials(BasicAuthCallCredentials(address.user, address.password))


def answers_tls(target: str) -> bool:
    """Whether the server at `target` speaks TLS, which a plain client sees only as a closed socket."""
    host, _, port = target.rpartition(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        suppress(OSError, ValueError),
        socket.create_connection((host.strip("[]"), int(port)), _PROBE_SECONDS) as plain,
        context.wrap_socket(plain),
    ):
        return True
    return False


def _options(address: Address) -> list[tuple[str, int]]:
    """The names that the C core knows; esdbclient 1.1.7 sets "grpc.keepalive_ms", which nothing reads."""
    timeout = int(address.keepalive_timeout * 1000)
    return [
        ("grpc.max_receive_message_length", _LARGEST_ANSWER),
        ("grpc.keepalive_time_ms", int(address.keepalive * 1000)),
        ("grpc.keepalive_timeout_ms", timeout),
        ("grpc.http2.ping_timeout_ms", timeout),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
        # A new connection tries at once. With the pool that channels share by default it would
        # inherit the back-off of the one it replaces, and find a restarted server seconds late.
        ("grpc.use_local_subchannel_pool", 1),
    ]
