"""Every call brings a user and a password, as clients send them: `authorization: Basic …`."""

import asyncio
import hashlib
import os
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import grpc

from shared.eventstore.embedded.node.users import Secret
from shared.eventstore.embedded.rpc import Method, refusal

_OPEN = (
    "/event_store.client.gossip.Gossip/",
    "/event_store.client.server_features.ServerFeatures/",
    "/grpc.health.v1.Health/",
)
"""What tells nothing that is worth hiding, and is asked before clients know their user."""


class Authentication(grpc.aio.ServerInterceptor):  # type: ignore[misc]  # grpcio ships no types
    """Lets a call through, or answers UNAUTHENTICATED.

    A pair that was right once is known by a keyed digest of its header, which costs a microsecond; only
    the first call of a client waits for scrypt, in a thread, one at a time, so that guessing gains
    nothing from many connections and holds up nobody who is known.
    """

    def __init__(self, users: Mapping[str, Secret]) -> None:
        self._users = users
        self._nobody = Secret.of(os.urandom(16).hex())
        self._known: set[bytes] = set()
        self._digest_key = os.urandom(32)
        self._checking = asyncio.Lock()

    async def intercept_service(self, continuation: Any, call: Any) -> Method:
        if call.method.startswith(_OPEN):
            return await continuation(call)
        header = next((text for name, text in call.invocation_metadata if name == "authorization"), None)
        if header is None:
            return refusal(
                grpc.StatusCode.UNAUTHENTICATED,
                "this server asks for a user and a password, and the call brought none: "
                "name them in the connection string",
            )
        if not await self._right(header):
            return refusal(grpc.StatusCode.UNAUTHENTICATED, "the user or the password is wrong")
        return await continuation(call)

    async def _right(self, header: str) -> bool:
        digest = hashlib.blake2b(header.encode(), key=self._digest_key).digest()
        if digest in self._known:
            return True
        async with self._checking:
            if digest in self._known:  # many first calls of one client wait for the first of them
                return True
            if not await asyncio.to_thread(self._matches, header):
                return False
            self._known.add(digest)
            return True

    def _matches(self, header: str) -> bool:
        scheme, _, encoded = header.partition(" ")
        try:
            name, _, password = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return False
        # A name that nobody has takes as long as a wrong password.
        secret = self._users.get(name, self._nobody)
        return secret.matches(password) and scheme.lower() == "basic"
