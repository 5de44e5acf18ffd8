"""`GET /health/live` over HTTP/1.1, for those who cannot ask by gRPC: 204 while serving, else 503."""

import asyncio
import socket

from shared.eventstore.embedded.node.health import Health, Status
from shared.eventstore.embedded.options import address

_PAGE = "/health/live"

_PATIENCE_SECONDS = 5.0
"""For a request to arrive whole."""


async def serve_health(health: Health, listening: socket.socket) -> str:
    """Answer on a port of its own, as gRPC's speaks HTTP/2 alone, until the process ends; the address.

    It runs on the event loop that answers the calls, so that a loop which hangs is seen here too.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(f"HTTP/1.1 {_status(health, head)}\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass  # whoever asked has gone, or asks for something else
        finally:
            writer.close()

    await asyncio.start_server(answer, sock=listening)
    host, port = listening.getsockname()[:2]
    return f"http://{address(host, port)}{_PAGE}"


def _status(health: Health, head: bytes) -> str:
    method, _, rest = head.partition(b" ")
    if rest.partition(b" ")[0] != _PAGE.encode():
        return "404 Not Found\r\nContent-Length: 0"
    if method not in (b"GET", b"HEAD"):
        return "405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0"
    if health.status is Status.SERVING:
        return "204 No Content"
    return "503 Service Unavailable\r\nContent-Length: 0"
