"""How clients find the server: gossip, several targets, node preferences."""

import pytest
from esdbclient import EventStoreDBClient
from esdbclient.exceptions import FollowerNotFound, ReadOnlyReplicaNotFound

from tests.contract.store.protocol import client
from tests.contract.store.stores import EmbeddedServer, embedded_server

__all__ = ["client", "embedded_server"]  # fixtures

QUICKLY = "?Tls=false&DiscoveryInterval=0&MaxDiscoverAttempts=1"


def test_gossip_names_this_machine(client: EventStoreDBClient, embedded_server: EmbeddedServer) -> None:
    """Clients compare the name with the one that they were given, and most were given this one."""
    (member,) = client.read_gossip()
    assert (member.state, member.address) == ("NODE_STATE_LEADER", "localhost")
    assert member.port == embedded_server.port


@pytest.mark.parametrize(
    "targets",
    ["esdb+discover://localhost:{0}", "esdb://localhost:{0},localhost:{0}", "esdb://[::1]:1,127.0.0.1:{0}"],
)
@pytest.mark.parametrize("preference", ["leader", "random"])
def test_discovery_ends_at_the_one_node_there_is(
    embedded_server: EmbeddedServer, targets: str, preference: str
) -> None:
    uri = targets.format(embedded_server.port) + QUICKLY
    with EventStoreDBClient(f"{uri}&NodePreference={preference}") as found:
        assert found.get_commit_position() >= 0


@pytest.mark.parametrize(
    ("preference", "error"), [("follower", FollowerNotFound), ("readonlyreplica", ReadOnlyReplicaNotFound)]
)
def test_there_is_no_other_node(
    embedded_server: EmbeddedServer, preference: str, error: type[Exception]
) -> None:
    uri = f"esdb+discover://localhost:{embedded_server.port}{QUICKLY}&NodePreference={preference}"
    with pytest.raises(error):
        EventStoreDBClient(uri)
