"""One try to reach the broker, with an end to every wait."""

# mypy: allow-untyped-calls
# (kombu carries no types)

import os
from typing import Final

from amqp.exceptions import AMQPError
from kombu.connection import Connection
from kombu.exceptions import OperationalError

CONNECT_LIMIT: Final = 5.0
"""Seconds to reach the broker, and for each single read or write on the connection."""
BROKEN: Final = (AMQPError, OSError, OperationalError)
"""What a lost or refused connection raises; a socket's time limit is an OSError too."""


def connected(amqp_uri: str, limit: float = CONNECT_LIMIT) -> Connection:
    """An open connection; raises one of BROKEN where there is none within `limit` seconds.

    kombu's own `connect` tries twice with a pause of 2 seconds whatever it is told.
    """
    limits = {"read_timeout": limit, "write_timeout": limit}
    connection = Connection(amqp_uri, connect_timeout=limit, transport_options=limits)
    connection.ensure_connection(max_retries=0)
    return connection


def answers(amqp_uri: str, limit: float = CONNECT_LIMIT) -> bool:
    """Whether a broker lets us in there; asks once, waiting `limit` seconds at most."""
    try:
        connection = connected(amqp_uri, limit)
    except BROKEN:
        return False
    connection.release()
    return True


if __name__ == "__main__":  # for scripts: exit status 0 where the broker of AMQP_URI answers
    raise SystemExit(not answers(os.environ["AMQP_URI"]))
