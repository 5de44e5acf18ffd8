"""EventStoreDB behind the port: the only place of the product that imports esdbclient.

The embedded server imports the protobuf modules that esdbclient ships, and nothing else of it.
"""

from shared.eventstore.esdb.address import Access
from shared.eventstore.esdb.store import EsdbStore

__all__ = ["Access", "EsdbStore"]
