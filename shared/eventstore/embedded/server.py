"""The life of the server: lock the folder, bind the port, open the log, serve, stop."""

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc

from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.node.features import features_service
from shared.eventstore.embedded.node.gossip import gossip_service
from shared.eventstore.embedded.rpc import handlers
from shared.eventstore.embedded.streams.service import streams_service

STOP_SECONDS = 2.0
"""How long calls may go on after SIGTERM; subscriptions end at once."""

_OPTIONS = (
    ("grpc.max_receive_message_length", 17 * 1024 * 1024),
    ("grpc.so_reuseport", 0),  # else a second server could bind the same port and take half of the calls
    # Clients may ping as often as they like, also between calls.
    ("grpc.http2.min_ping_interval_without_data_ms", 1000),
    ("grpc.http2.max_ping_strikes", 0),
    ("grpc.keepalive_permit_without_calls", 1),
    # A client that vanished without a word is noticed, and its subscriptions end.
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
)


class PortTakenError(Exception):
    """The address cannot be bound; the text says which."""


class LogLostError(Exception):
    """The log cannot be trusted any more, so the server ended; the text says why."""


async def serve(data: Path, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready(port)` is called when clients may come.

    The folder is locked first and the port bound before the log is opened, so that a second server
    started by mistake ends without having touched it. Raises InUseError, PortTakenError, LogLostError.
    """
    folder = DataFolder(data)
    try:
        server = grpc.aio.server(options=_OPTIONS)
        bound = _bind(server, host, port)
        await _run(server, folder, host, bound, ready)
    finally:
        folder.close()


def _bind(server: Any, host: str, port: int) -> int:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        bound = server.add_insecure_port(address)
    except RuntimeError:
        bound = 0
    if not bound:
        raise PortTakenError(f"{address} cannot be bound: another process holds it, or it is not ours")
    return int(bound)


async def _run(server: Any, folder: DataFolder, host: str, port: int, ready: Callable[[int], None]) -> None:
    log = Log(folder.log_path)
    log.create(time.time_ns() // 100)
    news = News(log.head())
    stop = asyncio.Event()
    lost: list[str] = []

    def give_up(reason: str) -> None:
        lost.append(reason)
        stop.set()

    writer = Writer(folder.log_path, news.announce, give_up)
    services = [streams_service(log, news, writer), gossip_service(host, port)]
    server.add_generic_rpc_handlers(handlers([*services, features_service(services)]))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await server.start()
    ready(port)
    await stop.wait()
    news.stop()
    await server.stop(STOP_SECONDS)
    await writer.stop()
    log.close()
    if lost:
        raise LogLostError(lost[0])
