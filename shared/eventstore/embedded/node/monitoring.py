"""Monitoring.Stats: a few true figures, told again and again.

    StatsReq  { bool use_metadata = 1; uint64 refresh_time_period_in_ms = 4; }
    StatsResp { map<string, string> stats = 1; }

Figures that EventStoreDB has too go by its names, so that what reads them there reads them here.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc

from shared.eventstore.embedded import errors
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.node.encoding import field, fields
from shared.eventstore.embedded.node.health import Health
from shared.eventstore.embedded.rpc import Service

_SHORTEST_SECONDS = 0.5
"""Between two answers, however often a client asks for them."""


class Monitoring:
    """Counts when it is asked, in a thread with a connection of its own, so that nobody waits for it."""

    def __init__(self, path: Path, news: News, health: Health) -> None:
        self._path, self._news, self._health = path, news, health
        self._started = datetime.now(UTC).isoformat()

    async def stats(self, request: bytes, context: Any) -> AsyncIterator[bytes]:
        """The figures now, and again after every period that the client asks for, until either stops."""
        try:
            period = fields(request).get(4, 0)
        except errors.BadRequestError as error:
            await errors.abort_bad_request(context, error)
        seconds = max(_SHORTEST_SECONDS, period / 1000 if isinstance(period, int) else 0)
        while True:
            figures = self._of_this_process() | await asyncio.to_thread(self._of_the_log)
            yield b"".join(
                field(1, field(1, name.encode()) + field(2, str(value).encode()))
                for name, value in figures.items()
            )
            if await self._health.stopped_within(seconds):
                return

    def _of_this_process(self) -> dict[str, int | str]:
        return {
            "proc-startTime": self._started,
            "proc-id": os.getpid(),
            "proc-mem": _resident_bytes(),
            "es-health": self._health.status.name,
            "es-log-head": self._news.head,
            "es-subscriptions-waiting": self._news.waiting,
        }

    def _of_the_log(self) -> dict[str, int | str]:
        log = Log(self._path, read_only=True)
        try:
            streams, events = log.count()
        finally:
            log.close()
        disk = shutil.disk_usage(self._path.parent)
        drive = f"sys-drive-{self._path.parent}"
        return {
            "es-log-streams": streams,
            "es-log-events": events,
            "es-log-bytes": sum(
                file.stat().st_size for file in self._path.parent.glob(self._path.name + "*")
            ),
            f"{drive}-availableBytes": disk.free,
            f"{drive}-usedBytes": disk.used,
            f"{drive}-totalBytes": disk.total,
        }


def monitoring_service(monitoring: Monitoring) -> Service:
    stats = grpc.unary_stream_rpc_method_handler(monitoring.stats)
    return Service("event_store.client.monitoring.Monitoring", {"Stats": stats})


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
