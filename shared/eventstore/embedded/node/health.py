"""grpc.health.v1.Health: whether the server can do its work, asked once or watched.

    HealthCheckRequest  { string service = 1; }
    HealthCheckResponse { ServingStatus status = 1; }   0 unknown, 1 serving, 2 not, 3 no such service

It is not serving where the disk has no room for an append, and when it is being stopped.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Collection
from enum import IntEnum
from pathlib import Path
from typing import Any

import grpc

from shared.eventstore.embedded import errors
from shared.eventstore.embedded.node.encoding import fields, number
from shared.eventstore.embedded.rpc import Service

ROOM = 16 * 1024 * 1024
"""Bytes of disk that the largest append needs, with its copy in the write-ahead log, and then some."""

_LOOK_SECONDS = 1.0
"""How often a watched state is looked at."""


class Status(IntEnum):
    """ServingStatus, in its numbers on the wire."""

    SERVING = 1
    NOT_SERVING = 2
    SERVICE_UNKNOWN = 3


class Health:
    """The state of the node, and those who watch it. For the event loop only."""

    def __init__(self, folder: Path, services: Collection[str]) -> None:
        """`services` are the full names that may be asked for; all of them serve, or none."""
        self._folder = folder
        self._services = {"", *services}
        self._stopping = asyncio.Event()

    @property
    def status(self) -> Status:
        if self._stopping.is_set() or shutil.disk_usage(self._folder).free < ROOM:
            return Status.NOT_SERVING
        return Status.SERVING

    def stop(self) -> None:
        """Say at once that the server is being stopped, and let go of those who watch."""
        self._stopping.set()

    async def stopped_within(self, seconds: float) -> bool:
        """Wait so long, or until the server is being stopped; whether it is."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def check(self, request: bytes, context: Any) -> bytes:
        service = await _service(request, context)
        if service not in self._services:
            await errors.abort(context, grpc.StatusCode.NOT_FOUND, f"this server has no service {service!r}")
        return number(1, self.status)

    async def watch(self, request: bytes, context: Any) -> AsyncIterator[bytes]:
        """The state now, and again whenever it is another."""
        service = await _service(request, context)
        said = None
        stopped = False
        while True:
            status = self.status if service in self._services else Status.SERVICE_UNKNOWN
            if status is not said:
                said = status
                yield number(1, status)
            if stopped:
                return
            stopped = await self.stopped_within(_LOOK_SECONDS)


def health_service(health: Health) -> Service:
    return Service(
        "grpc.health.v1.Health",
        {
            "Check": grpc.unary_unary_rpc_method_handler(health.check),
            "Watch": grpc.unary_stream_rpc_method_handler(health.watch),
        },
    )


async def _service(request: bytes, context: Any) -> str:
    try:
        name = fields(request).get(1, b"")
    except errors.BadRequestError as error:
        await errors.abort_bad_request(context, error)
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else ""
