"""From a connection string to an event store."""

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import EventStore


def connect(uri: str) -> EventStore:
    """Open the store that `uri` names; the first call to it, not this one, needs it to answer.

    `memory://` is a new, empty store in this process; `esdb://host:port?Tls=false` one node;
    `esdb+discover://host:port` a cluster. Raises ValueError for anything else.
    """
    if uri == "memory://":
        return MemoryStore()
    if uri.startswith(("esdb://", "esdb+discover://")):
        return EsdbStore(uri)
    scheme = uri.partition("://")[0]
    raise ValueError(
        f"store scheme {scheme!r} is not known: use memory://, esdb://host:port?Tls=false "
        "or esdb+discover://host:port"
    )
