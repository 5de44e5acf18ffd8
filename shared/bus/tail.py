"""Listening to the bus as any other system could: a queue of one's own, gone when one leaves."""

# mypy: allow-untyped-calls
# (kombu carries no types)

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

from kombu.entity import Queue
from kombu.message import Message
from kombu.messaging import Consumer

from shared.bus.connection import BROKEN, connected
from shared.bus.topology import EVENTS, declare


def tail(
    amqp_uri: str,
    pattern: str = "#",
    *,
    limit: int | None = None,
    seconds: float | None = None,
    when_ready: Callable[[], object] = lambda: None,
) -> Iterator[dict[str, Any]]:
    """CloudEvents as they are published from now on, as JSON objects, oldest first.

    `pattern` is one of the topic exchange, such as `langson.meeting.*` (committee, category, event type).
    Ends after `limit` events or `seconds`, whichever comes first; without either, when the caller stops.
    `when_ready` is called when from then on nothing is missed.
    Raises what a lost connection raises (`shared.bus.connection.BROKEN`).
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    seen: deque[bytes] = deque()
    connection = connected(amqp_uri)
    try:
        declare(connection)
        own = Queue(f"bcd.tail.{uuid4()}", EVENTS, pattern, durable=False, exclusive=True, auto_delete=True)
        consumer = Consumer(connection.channel(), [own], on_message=_keeping(seen), no_ack=True)
        consumer.consume()
        when_ready()
        count = 0
        while limit is None or count < limit:
            left = 1.0 if deadline is None else min(1.0, deadline - time.monotonic())
            if left <= 0:
                return
            if not seen:
                with suppress(TimeoutError):
                    connection.drain_events(timeout=left)
            while seen and (limit is None or count < limit):
                yield json.loads(seen.popleft())
                count += 1
    finally:
        with suppress(*BROKEN):
            connection.release()


def _keeping(seen: deque[bytes]) -> Any:
    def keep(message: Message) -> None:
        body = message.body
        seen.append(body if isinstance(body, bytes) else str(body).encode())

    return keep
