"""Publishing that knows what arrived: persistent, mandatory, confirmed by the broker, many at a time.

kombu's own confirmed publishing waits for the broker after each message; here the messages of a batch are on
their way together and the wait is for all of them.
"""

# mypy: allow-untyped-calls
# (kombu and amqp carry no types)

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from amqp.exceptions import AMQPError
from kombu.connection import Connection

CONFIRM_LIMIT: Final = 10.0
"""Seconds in which the broker confirms a batch; what is not confirmed counts as not sent."""


class NotTaken(AMQPError):  # type: ignore[misc]  # amqp carries no types
    """The broker refused messages, returned them as unroutable, or did not confirm them in time."""


@dataclass(frozen=True)
class Outgoing:
    """A message on its way to an exchange ("" leads straight to the queue named by the routing key)."""

    exchange: str
    routing_key: str
    body: bytes
    content_type: str
    properties: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, Any] = field(default_factory=dict)
    mandatory: bool = True
    """Whether a message that no queue takes is an error."""


class Publisher:
    """One channel in confirm mode; use it from one thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channel = connection.channel()
        self._channel.confirm_select()
        self._unconfirmed: set[int] = set()
        self._faults: list[str] = []
        self._tag = 0
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)

    def publish(self, messages: Iterable[Outgoing], limit: float = CONFIRM_LIMIT) -> None:
        """Return when the broker has confirmed all; raises NotTaken or what a lost connection raises.

        After an error nothing is known of any message of the batch: open another publisher, send all again.
        """
        for message in messages:
            self._tag += 1
            self._unconfirmed.add(self._tag)
            prepared = self._channel.prepare_message(
                message.body,
                content_type=message.content_type,
                content_encoding="utf-8",
                headers=message.headers,
                properties={"delivery_mode": 2, **message.properties},
            )
            self._channel.basic_publish(
                prepared,
                exchange=message.exchange,
                routing_key=message.routing_key,
                mandatory=message.mandatory,
            )
        deadline = time.monotonic() + limit
        while self._unconfirmed and not self._faults:
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotTaken(f"the broker did not confirm {len(self._unconfirmed)} messages in {limit:g} s")
            self._connection.drain_events(timeout=left)
        if self._faults:
            raise NotTaken("; ".join(self._faults[:3]))

    def _on_ack(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._unconfirmed = {one for one in self._unconfirmed if one > tag}
        else:
            self._unconfirmed.discard(tag)

    def _on_nack(self, tag: int, _multiple: bool) -> None:
        self._faults.append(f"message {tag} was refused; a queue it goes to is full")

    def _on_return(self, error: Any, _exchange: str, routing_key: str, _message: Any) -> None:
        self._faults.append(f"{routing_key}: no queue takes it ({error})")
