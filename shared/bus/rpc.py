"""Calls to the Nameko services from processes that are not Nameko services: gateway, CLI, policies.

It speaks Nameko's messages (exchange, routing key, `args`/`kwargs`, reply queue) with kombu alone. Nameko's
own standalone proxy does not keep the promise "every wait has an end", as its source shows: it
publishes through a pool of 10 that blocks for ever, waits for publisher confirms for ever, starts its time
limit again with each frame, and cannot say that nobody serves the queue. It also imports eventlet, which
threaded processes must not.
"""

# mypy: allow-untyped-calls
# (kombu's own functions carry no types)

import logging
import os
import threading
import time
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

from amqp.exceptions import NotFound
from kombu.entity import Exchange, Queue
from kombu.message import Message
from kombu.messaging import Consumer, Producer

from shared.bus.connection import BROKEN, CONNECT_LIMIT, connected
from shared.bus.remote_errors import RemoteFailure, restored
from shared.catalogue import both
from shared.errors import BcdError

__all__ = ["CONNECT_LIMIT", "RemoteFailure", "ServiceUnavailable", "Services"]

log = logging.getLogger(__name__)

EXCHANGE: Final = Exchange("nameko-rpc", type="topic", durable=True)
IDLE_LINES: Final = 8
"""Connections kept open for later calls; more are opened when more calls run at once."""


class ServiceUnavailable(BcdError):
    """No answer: what was asked may or may not have been done. Ask again with the same command id."""

    def __init__(self, service: str, sentence: str) -> None:
        super().__init__(service, sentence)
        self.service, self.sentence = service, sentence

    def __str__(self) -> str:
        return self.sentence


class _Line:
    """One connection to the broker with its own reply queue; used by one call at a time."""

    def __init__(self, amqp_uri: str) -> None:
        self.connection = connected(amqp_uri)
        self.channel = self.connection.channel()
        self.address = str(uuid4())
        replies = Queue(
            f"rpc.reply-bcd-{self.address}", EXCHANGE, self.address, exclusive=True, auto_delete=True
        )
        self.producer = Producer(self.channel, EXCHANGE, serializer="json")
        self.consumer = Consumer(
            self.channel, [replies], callbacks=[self._keep], no_ack=True, accept=["json"]
        )
        self.consumer.consume()
        self.answers: dict[str, dict[str, Any]] = {}

    def _keep(self, body: dict[str, Any], message: Message) -> None:
        self.answers[str(message.properties.get("correlation_id"))] = body

    def consumers(self, service: str) -> int:
        """How many processes serve the service now; raises NotFound where its queue does not exist."""
        return int(self.channel.queue_declare(f"rpc-{service}", passive=True).consumer_count)

    def ask(self, service: str, method: str, payload: dict[str, Any], limit: float) -> dict[str, Any]:
        """Send and wait; raises TimeoutError after `limit` seconds. An unstarted call expires with it."""
        deadline = time.monotonic() + limit
        correlation = str(uuid4())
        self.producer.publish(
            {"args": [payload], "kwargs": {}},
            routing_key=f"{service}.{method}",
            reply_to=self.address,
            correlation_id=correlation,
            expiration=limit,
            retry=False,
        )
        while correlation not in self.answers:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.connection.drain_events(timeout=left)
        return self.answers.pop(correlation)

    def close(self) -> None:
        """Take leave of the broker; takes CONNECT_LIMIT at most."""
        with suppress(*BROKEN):
            self.connection.release()

    def drop(self) -> None:
        """Close the socket without a word, as fits a connection that is broken or owes an answer."""
        self.connection.collect()


class Services:
    """The Nameko services as seen by a caller. Safe for threads; a fork opens its own connections."""

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._idle: list[_Line] = []
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """The answer of `service.method(payload)`.

        Raises the service's own exception where it is marked `remote_error`, `RemoteFailure` for any other,
        and `ServiceUnavailable` where there is no answer: reaching the broker takes CONNECT_LIMIT at most
        and the answer `timeout` seconds at most.
        """
        line = self._line(service)
        try:
            answer = line.ask(service, method, payload, timeout)
        except BROKEN as broken:
            line.drop()
            raise self._unanswered(service, timeout, broken) from None
        except BaseException:
            line.drop()
            raise
        self._put_back(line)
        if error := answer.get("error"):
            raise restored(error)
        result: dict[str, Any] = answer["result"]
        return result

    def running(self, service: str) -> int:
        """How many processes serve it now; 0 where none does or the broker cannot be reached."""
        try:
            line = _Line(self._amqp_uri)
        except BROKEN:
            return 0
        try:
            return line.consumers(service)
        except BROKEN:
            return 0
        finally:
            line.close()

    def close(self) -> None:
        """Close the idle connections; a later call opens new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for line in idle:
            line.close()

    def _line(self, service: str) -> _Line:
        """A connection that has just been seen to work, with the service's queue seen to exist."""
        while True:
            line, fresh = self._take(service)
            try:
                line.consumers(service)
            except NotFound:
                line.drop()
                raise ServiceUnavailable(service, both("rpc.not_running", service=service)) from None
            except BROKEN as broken:
                line.drop()
                if fresh:
                    raise ServiceUnavailable(service, both("rpc.no_broker", service=service)) from broken
                log.info("the connection to the broker was lost; opening another: %s", broken)
            else:
                return line

    def _take(self, service: str) -> tuple[_Line, bool]:
        with self._lock:
            if self._owner != os.getpid():
                self._owner, self._idle = os.getpid(), []
            if self._idle:
                return self._idle.pop(), False
        try:
            return _Line(self._amqp_uri), True
        except BROKEN as broken:
            raise ServiceUnavailable(service, both("rpc.no_broker", service=service)) from broken

    def _put_back(self, line: _Line) -> None:
        with self._lock:
            if len(self._idle) < IDLE_LINES:
                self._idle.append(line)
                return
        line.close()

    def _unanswered(self, service: str, timeout: float, broken: Exception) -> ServiceUnavailable:
        if not isinstance(broken, TimeoutError):
            return ServiceUnavailable(service, both("rpc.lost", service=service))
        if not self.running(service):
            return ServiceUnavailable(service, both("rpc.not_running", service=service))
        return ServiceUnavailable(service, both("rpc.no_answer", service=service, limit=timeout))
