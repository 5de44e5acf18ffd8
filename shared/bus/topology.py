"""The exchanges and queues of the product, declared by everyone who uses them; declaring twice is nothing.

`bcd.events` carries every recorded event, as a copy of the store. `bcd.audit` is bound to all of it, so that
on a fresh broker nothing is unroutable; it keeps the newest and drops its oldest messages when it is full,
because nobody has to read it, because the store still has them, and because a full queue that refuses would
stop the relay for everybody. `bcd.inbox` refuses when it is full, because what arrives there is nowhere
else; what cannot be used goes to `bcd.inbox.dead` with the reason.
"""

# mypy: allow-untyped-calls
# (kombu carries no types)

from typing import Final

from amqp.exceptions import NotFound
from kombu.connection import Connection
from kombu.entity import Exchange, Queue

EVENTS: Final = Exchange("bcd.events", type="topic", durable=True)
AUDIT: Final = Queue(
    "bcd.audit",
    EVENTS,
    routing_key="#",
    durable=True,
    queue_arguments={
        "x-max-length": 100_000,
        "x-max-length-bytes": 256 * 1024 * 1024,
        "x-overflow": "drop-head",
    },
)
DEAD: Final = Queue("bcd.inbox.dead", Exchange(""), durable=True, queue_arguments={"x-queue-type": "quorum"})
INBOX: Final = Queue(
    "bcd.inbox",
    Exchange(""),
    durable=True,
    queue_arguments={
        "x-queue-type": "quorum",
        "x-max-length": 100_000,
        "x-overflow": "reject-publish",
        "x-delivery-limit": 20,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": "bcd.inbox.dead",
        "x-dead-letter-strategy": "at-least-once",
    },
)
MARKER: Final = "bcd.relay.{epoch}"
"""An empty durable queue: while it is there, the broker still has what the relay gave it."""


def declare(connection: Connection) -> None:
    """Everything that must be there before anybody publishes."""
    with connection.channel() as channel:
        for queue in (AUDIT, DEAD, INBOX):
            queue.bind(channel).declare()


def is_marked(connection: Connection, epoch: str) -> bool:
    """Whether the relay has begun to fill this broker in this epoch."""
    channel = connection.channel()
    try:
        channel.queue_declare(MARKER.format(epoch=epoch), passive=True)
    except NotFound:  # the broker closes the channel by itself
        return False
    channel.close()
    return True


def mark(connection: Connection, epoch: str) -> None:
    """Leave the mark that `is_marked` looks for."""
    with connection.channel() as channel:
        channel.queue_declare(
            MARKER.format(epoch=epoch),
            durable=True,
            auto_delete=False,
            arguments={"x-max-length": 1, "x-overflow": "reject-publish"},
        )
