"""The inbox: other systems ask by message what people ask over HTTP.

A message is a JSON object, plain or as the data of a CloudEvent: {"service", "method", "request"}. It is
acknowledged after its outcome is safe elsewhere: the answer with who sent it (`reply_to`), or the message
itself in the dead-letter queue with the reason in its headers.
"""

# mypy: allow-untyped-calls
# (kombu carries no types)

import json
import logging
import random
import threading
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final, Protocol

from kombu.connection import Connection
from kombu.message import Message
from kombu.messaging import Consumer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.bus.cloudevent import data_of
from shared.bus.connection import BROKEN, connected
from shared.bus.publisher import NotTaken, Outgoing, Publisher
from shared.bus.rpc import ServiceUnavailable
from shared.bus.topology import DEAD, INBOX, declare
from shared.errors import BcdError, Contended, StoreDown
from shared.followers.status import StatusFile, now
from shared.handling import describe

log = logging.getLogger(__name__)

NAME: Final = "inbox"
TRY_AGAIN: Final = (ServiceUnavailable, StoreDown, Contended)
POLL: Final = 0.5


class Caller(Protocol):
    """The services, as `shared.bus.rpc.Services` offers them."""

    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...


class Inbound(BaseModel):
    """What a message must say: which method of which service, and the request for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: str = Field(pattern=r"^[a-z_]+$")
    method: str = Field(pattern=r"^[a-z_]+$")
    request: dict[str, Any]


class Unusable(Exception):
    """A message that cannot be forwarded: what is wrong, where, and how to mend it."""

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(what, where, mend)
        self.what, self.where, self.mend = what, where, mend

    def headers(self) -> dict[str, str]:
        return {
            "reason": f"{self.what}; {self.where}; {self.mend}"[:1000],
            "reason-what": self.what[:1000],
            "reason-where": self.where[:200],
            "reason-mend": self.mend[:500],
        }


def parsed(body: bytes, offered: Collection[str]) -> Inbound:
    """The call that a message asks for, of one of the services `offered`; raises Unusable."""
    how = 'send a JSON object {"service": …, "method": …, "request": {…}}, UTF-8'
    try:
        message = json.loads(body.decode("utf-8"))
    except ValueError as fault:  # covers bytes that are no UTF-8
        raise Unusable(f"not JSON: {fault}", "body", how) from fault
    if not isinstance(message, dict):
        raise Unusable(f"a JSON {type(message).__name__}, not an object", "body", how)
    try:
        inbound = Inbound.model_validate(data_of(message))
    except ValidationError as fault:
        raise Unusable(f"not a request: {describe(fault)}", "body", how) from fault
    except ValueError as fault:
        raise Unusable(str(fault), "CloudEvent attributes", "see CloudEvents 1.0, JSON format") from fault
    if inbound.service not in offered:
        known = ", ".join(sorted(offered))
        raise Unusable(f"no service {inbound.service!r} is offered here", "service", f"one of: {known}")
    return inbound


class Inbox:
    """Takes one message at a time, for the services that are `offered`.

    `limit` is the longest wait for a service, in seconds. A service that is away is waited for, with the
    message in hand; one that is not offered is none.
    """

    def __init__(
        self,
        amqp_uri: str,
        services: Caller,
        status: StatusFile,
        offered: Collection[str],
        limit: float = 15.0,
    ) -> None:
        self._amqp_uri, self._services, self._status, self._limit = amqp_uri, services, status, limit
        self._offered = offered
        self._stopping = threading.Event()
        self._counts = {"forwarded": 0, "dead": 0}

    def stop(self) -> None:
        """End after the message that is in hand; from any thread or signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Return after `stop()`; a lost broker is waited for."""
        failures = 0
        while not self._stopping.is_set():
            try:
                self._consume()
                failures = 0
            except (*BROKEN, NotTaken) as broken:
                failures += 1
                log.warning("the inbox lost the broker: %r", broken)
                self._status.error(repr(broken))
                self._note("retrying")
                self._pause(failures)
        self._note("stopped")
        self._status.write()

    def _consume(self) -> None:
        connection = connected(self._amqp_uri)
        try:
            declare(connection)
            publisher = Publisher(connection)
            channel = connection.channel()
            channel.basic_qos(0, 1, False)
            consumer = Consumer(
                channel,
                [INBOX],
                on_message=lambda message: self._take(connection, publisher, message),
                auto_declare=False,
            )
            consumer.consume()
            while not self._stopping.is_set():
                self._note("following")
                connection.heartbeat_check()
                with suppress(TimeoutError):
                    connection.drain_events(timeout=POLL)
        finally:
            with suppress(*BROKEN):
                connection.collect()  # what is not acknowledged goes back to the queue

    def _take(self, connection: Connection, publisher: Publisher, message: Message) -> None:
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        reply_to = message.properties.get("reply_to")
        try:
            inbound = parsed(body, self._offered)
            answer = self._forward(connection, inbound)
        except Unusable as unusable:
            self._bury(publisher, message, body, unusable)
        else:
            if "error" in answer and not reply_to:
                self._bury(publisher, message, body, _refused(inbound, answer["error"]))
            elif reply_to:
                _reply(publisher, str(reply_to), message.properties.get("correlation_id"), answer)
            self._counts["forwarded"] += 1
        message.ack()
        self._status.note("following", **self._counts, handled_at=now())

    def _forward(self, connection: Connection, inbound: Inbound) -> dict[str, Any]:
        """`{"result"}` or `{"error"}`. While the service is away the message stays in hand."""
        failures = 0
        while True:
            try:
                payload, limit = inbound.request, self._limit
                return {
                    "result": self._services.call(inbound.service, inbound.method, payload, timeout=limit)
                }
            except TRY_AGAIN as away:
                failures += 1
                log.warning("%s.%s waits: %s", inbound.service, inbound.method, away)
                self._status.error(str(away))
                self._pause(failures)
                if self._stopping.is_set():
                    raise ConnectionAbortedError("stopped while a service was away") from away
                connection.heartbeat_check()
            except BcdError as no:
                return {"error": {"type": type(no).__name__, "message": str(no)}}

    def _bury(self, publisher: Publisher, message: Message, body: bytes, why: Unusable) -> None:
        """Into the dead-letter queue, byte for byte, with the reason."""
        log.error("a message of the inbox cannot be used: %s; %s", why.what, why.where)
        content_type = str(message.properties.get("content_type") or "application/octet-stream")
        headers = {**(message.headers or {}), **why.headers()}
        publisher.publish([Outgoing("", DEAD.name, body, content_type, {}, headers)])
        self._counts["dead"] += 1

    def _pause(self, failures: int) -> None:
        self._stopping.wait(min(0.2 * 2**failures, 10.0) * random.uniform(0.5, 1.0))

    def _note(self, state: str, **facts: Any) -> None:
        self._status.note(state, **self._counts, **facts)


def _refused(inbound: Inbound, error: dict[str, str]) -> Unusable:
    mend = "change the request and send it with a new command_id, or give reply_to to get such answers"
    return Unusable(f"{error['type']}: {error['message']}", f"{inbound.service}.{inbound.method}", mend)


def _reply(publisher: Publisher, reply_to: str, correlation: Any, answer: dict[str, Any]) -> None:
    """To where the sender waits; one that left gets nothing, and may ask again with the same command id."""
    properties = {"correlation_id": str(correlation)} if correlation else {}
    body = json.dumps(answer, ensure_ascii=False).encode()
    publisher.publish([Outgoing("", reply_to, body, "application/json", properties, mandatory=False)])
