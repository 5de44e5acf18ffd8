"""The life of the server: lock the folder, bind the port, open the log, serve, stop."""

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from typing import Any

import grpc

from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.opening import open_folder
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.node.authentication import Authentication
from shared.eventstore.embedded.node.features import features_service
from shared.eventstore.embedded.node.gossip import gossip_service
from shared.eventstore.embedded.node.health import Health, health_service
from shared.eventstore.embedded.node.health_http import serve_health
from shared.eventstore.embedded.node.monitoring import Monitoring, monitoring_service
from shared.eventstore.embedded.node.tls import credentials
from shared.eventstore.embedded.node.users import read_users
from shared.eventstore.embedded.notes import StoppedError, Told, note
from shared.eventstore.embedded.options import Options, address
from shared.eventstore.embedded.persistent.groups import Groups
from shared.eventstore.embedded.persistent.service import persistent_service
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
    ("grpc.http2.ping_timeout_ms", 10_000),  # what gRPC 1.71 really goes by; else a minute
)


class PortTakenError(Exception):
    """The address cannot be bound; the text says which."""


class LogLostError(Exception):
    """The log cannot be trusted any more, so the server ended; the text says why."""


async def serve(options: Options, ready: Callable[[str, str | None], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready(uri, health page)` is called when clients may come.

    The folder is locked first and the ports bound before the log is opened, so that a second server
    started by mistake ends without having touched it. Raises OptionsError, InUseError, PortTakenError,
    OpeningError, LogLostError.
    """
    guards = [] if options.users is None else [Authentication(read_users(options.users))]
    secured = None
    if options.certificate is not None and options.key is not None:
        secured = credentials(options.certificate, options.key)
    folder = DataFolder(options.data)
    try:
        server = grpc.aio.server(options=_OPTIONS, interceptors=guards)
        port = _bind(server, options.host, options.port, secured)
        page = None
        if options.health_port is not None:
            page = _listen("--health-port", options.host, options.health_port)
        await _run(server, folder, options, port, page, ready)
    finally:
        folder.close()


def _bind(server: Any, host: str, port: int, secured: Any) -> int:
    # gRPC does not say why it cannot bind, and writes what it meets to stderr: the socket is asked first.
    _listen("--port", host, port).close()
    place = address(host, port)
    try:
        bound = server.add_insecure_port(place) if secured is None else server.add_secure_port(place, secured)
    except RuntimeError:
        bound = 0
    if not bound:
        raise PortTakenError(f"{place} cannot be bound: choose another --port, or mend --host")
    return int(bound)


def _listen(option: str, host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror).partition(" (while")[0]
        mend = f"choose another {option}" if error.errno == errno.EADDRINUSE else f"mend --host or {option}"
        raise PortTakenError(f"{address(host, port)} cannot be bound: {why}: {mend}") from None


async def _run(
    server: Any,
    folder: DataFolder,
    options: Options,
    port: int,
    page: socket.socket | None,
    ready: Callable[[str, str | None], None],
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        acknowledged = await asyncio.to_thread(
            open_folder,
            folder,
            note,
            accept_loss=options.accept_loss,
            examine_all=options.examine,
            progress=Told(stop.is_set),
        )
    except StoppedError:
        return
    log = Log(folder.log_path)
    news = News(log.head())
    lost: list[str] = []

    def give_up(reason: str) -> None:
        lost.append(reason)
        stop.set()

    writer = Writer(folder.log_path, acknowledged, news.announce, give_up)
    groups = Groups(log, news, writer)
    groups.start()
    services = [
        streams_service(log, news, writer),
        persistent_service(log, groups),
        gossip_service(options.advertised, port),
    ]
    health = Health(options.data, [service.name for service in services])
    services.append(monitoring_service(Monitoring(folder.log_path, news, health)))
    server.add_generic_rpc_handlers(handlers([*services, features_service(services), health_service(health)]))
    await server.start()
    told = None if page is None else await serve_health(health, page)
    ready(options.uri(port), told)
    await stop.wait()
    health.stop()
    news.stop()
    await groups.stop()
    await server.stop(STOP_SECONDS)
    await writer.stop()
    log.close()
    acknowledged.close()
    if lost:
        raise LogLostError(lost[0])
    folder.note_end()
