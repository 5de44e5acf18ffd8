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

_WAITING = 32
"""Pairs that are looked at next, which takes some two seconds; whoever brings another has to come again."""
_REMEMBERED = 1000
"""Wrong pairs: a client that repeats one is answered at once."""


class Authentication(grpc.aio.ServerInterceptor):  # type: ignore[misc]  # grpcio ships no types
    """Lets a call through, or answers UNAUTHENTICATED.

    A pair that was right or wrong once is known by a keyed digest of its header, which costs a microsecond;
    only the first call of a client waits for scrypt, in a thread, one at a time, so that guessing gains
    nothing from many connections, holds up nobody who is known, and a newcomer not for long.
    """

    def __init__(self, users: Mapping[str, Secret]) -> None:
        self._users = users
        self._nobody = Secret.of(os.urandom(16).hex())
        self._right: set[bytes] = set()
        self._wrong: dict[bytes, None] = {}  # the oldest first
        self._digest_key = os.urandom(32)
        self._judging: dict[bytes, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

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
        digest = hashlib.blake2b(header.encode(), key=self._digest_key).digest()
        if digest not in self._right and digest not in self._wrong:
            if digest not in self._judging and len(self._judging) >= _WAITING:
                return refusal(grpc.StatusCode.UNAVAILABLE, "too many new users at once: call again")
            await self._judged(digest, header)
        if digest not in self._right:
            return refusal(grpc.StatusCode.UNAUTHENTICATED, "the user or the password is wrong")
        return await continuation(call)

    async def _judged(self, digest: bytes, header: str) -> None:
        """Wait until it is known whether the pair is right, with all others who bring the same one."""
        if digest not in self._judging:
            self._judging[digest] = asyncio.create_task(self._judge(digest, header))
        await asyncio.shield(self._judging[digest])

    async def _judge(self, digest: bytes, header: str) -> None:
        async with self._turn:
            right = await asyncio.to_thread(self._matches, header)
        del self._judging[digest]
        if right:
            self._right.add(digest)
            return
        self._wrong[digest] = None
        if len(self._wrong) > _REMEMBERED:
            del self._wrong[next(iter(self._wrong))]

    def _matches(self, header: str) -> bool:
        scheme, _, encoded = header.partition(" ")
        try:
            name, _, password = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return False
        # A name that nobody has takes as long as a wrong password.
        secret = self._users.get(name, self._nobody)
        return secret.matches(password) and scheme.lower() == "basic"
