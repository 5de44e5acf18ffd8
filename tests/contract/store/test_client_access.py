"""TLS and users as the client sees them: who is let in, and what is said at once when something is wrong."""

import os
import re
import subprocess
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import grpc
import pytest

from shared.eventstore.connect import connect
from shared.eventstore.esdb import Access, EsdbStore
from shared.eventstore.esdb.address import address_of
from shared.eventstore.port import NO_STREAM, StoreRejected
from shared.followers.process import FAILED
from tests.contract.store.certificates import Papers
from tests.contract.store.cluster import Cluster
from tests.contract.store.stores import (
    PATIENCE,
    ROOT,
    EmbeddedServer,
    Follower,
    embedded_server,
    event,
    stream,
)

__all__ = ["embedded_server", "stream"]  # fixtures

USER, PASSWORD = "thu", "mật khẩu: d@i/%"
BASIC = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
Open = Callable[..., Cluster]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return Papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture
def cluster(embedded_server: EmbeddedServer, papers: Papers) -> Iterator[Open]:
    """Nodes with a certificate by its name, or without TLS where there is none."""
    opened: list[Cluster] = []

    def make(certificate: str | None, size: int = 1, **more: Any) -> Cluster:
        credentials = None
        if certificate is not None:
            credentials = grpc.ssl_server_credentials([papers.pair(certificate)], **more)
        opened.append(Cluster(embedded_server.port, size, credentials))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def test_a_user_is_let_in(cluster: Open, papers: Papers, stream: str) -> None:
    nodes = cluster("server", size=2)
    nodes.leader = 1
    for node in nodes.nodes:
        node.authorization = BASIC
    targets = ",".join(node.address for node in nodes.nodes)
    store = EsdbStore(f"esdb://{targets}", Access(USER, PASSWORD, papers.certificate("ca")))
    store.append(stream, [event()], expected=NO_STREAM)
    follower = Follower(store.subscribe_all(streams=[stream]))
    assert follower.wait_for(1) == store.read_stream(stream)
    follower.stop()
    store.close()


def test_the_connection_string_may_say_it_all(cluster: Open, papers: Papers) -> None:
    node = cluster("server").nodes[0]
    node.authorization = BASIC
    who = f"{quote(USER)}:{quote(PASSWORD, safe='')}"
    store = connect(f"kurrentdb://{who}@{node.address}?TlsCaFile={papers.certificate('ca')}")
    assert store.head() >= 0
    store.close()


def test_a_certificate_of_our_own_is_shown(cluster: Open, papers: Papers) -> None:
    asked = papers.certificate("ca").read_bytes()
    node = cluster("server", root_certificates=asked, require_client_auth=True).nodes[0]
    access = Access(
        ca_file=papers.certificate("ca"),
        certificate_file=papers.certificate("client"),
        key_file=papers.key("client"),
    )
    store = EsdbStore(f"esdb://{node.address}", access)
    assert store.head() >= 0
    store.close()


WRONG = {
    "another authority": ("server", "other_ca", True, PASSWORD, "BCD_STORE_CA_FILE"),
    "no authority": ("server", None, True, PASSWORD, "BCD_STORE_CA_FILE"),
    "expired": ("expired", "ca", True, PASSWORD, "has expired: renew it"),
    "another host": ("elsewhere", "ca", True, PASSWORD, "for another host"),
    "TLS against plain": (None, "ca", True, PASSWORD, "does not speak TLS: say Tls=false"),
    "plain against TLS": ("server", None, False, None, "speaks TLS: say Tls=true"),
    "wrong password": ("server", "ca", True, "sésame", "look at BCD_STORE_USER and BCD_STORE_PASSWORD"),
    "no user": ("server", "ca", True, None, "look at BCD_STORE_USER and BCD_STORE_PASSWORD"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_at_once(cluster: Open, papers: Papers, stream: str, case: str) -> None:
    """A clear no, not silence: waiting until the deadline would mend nothing."""
    certificate, authority, tls, password, said = WRONG[case]
    node = cluster(certificate).nodes[0]
    node.authorization = BASIC
    access = Access(
        USER if password else None, password, papers.certificate(authority) if authority else None
    )
    store = EsdbStore(f"esdb://{node.address}?Tls={str(tls).lower()}", access, deadline=PATIENCE)
    calls: list[Callable[[], object]] = [
        store.head,
        store.subscribe_all,
        lambda: store.append(stream, [event()], expected=NO_STREAM),
    ]
    for number, call in enumerate(calls, start=1):
        with pytest.raises(StoreRejected, match=re.escape(said)) as refused:
            call()
        told = "".join(traceback.format_exception(refused.value)) + repr(store) + repr(access)
        assert password is None or (password not in told and BASIC not in told)
        assert node.calls in (0, number), "a clear no was asked for again"
    store.close()


def test_a_follower_says_it_in_one_sentence(cluster: Open, papers: Papers, tmp_path: Path) -> None:
    """It ends, and the supervisor tries again with growing pauses: the store may learn the user."""
    node = cluster("server").nodes[0]
    node.authorization = BASIC
    env = {
        "ESDB_URI": f"esdb://{node.address}",
        "BCD_DATA": str(tmp_path),
        "BCD_STORE_USER": USER,
        "BCD_STORE_PASSWORD": "sésame",
        "BCD_STORE_CA_FILE": str(papers.certificate("ca")),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "services.records.projector"],
        cwd=ROOT,
        env={**os.environ, **env},
        timeout=2 * PATIENCE,
        capture_output=True,
        text=True,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == FAILED, said
    assert "look at BCD_STORE_USER and BCD_STORE_PASSWORD" in said
    assert "Traceback" not in said
    assert "sésame" not in said


def test_a_cluster_that_is_not_trusted_is_said_at_once(cluster: Open, papers: Papers) -> None:
    nodes = cluster("server", size=2)
    targets = ",".join(node.address for node in nodes.nodes)
    store = EsdbStore(f"esdb://{targets}", Access(ca_file=papers.certificate("other_ca")), deadline=PATIENCE)
    with pytest.raises(StoreRejected, match="BCD_STORE_CA_FILE"):
        store.head()
    store.close()


def test_keepalive_is_not_quicker_than_servers_bear() -> None:
    """They take pings less than 10 s apart for an attack and hang up; a connection string may say more."""
    assert address_of("esdb://h:1?Tls=false", Access()).keepalive == 10
    told = address_of("esdb://h:1?Tls=false&KeepAliveInterval=30000&KeepAliveTimeout=7000", Access())
    assert (told.keepalive, told.keepalive_timeout) == (30, 7)


@pytest.mark.parametrize(
    ("uri", "access", "said"),
    [
        ("esdb://u:geheim@h:1?Tls=perhaps", {}, "not one of"),
        ("esdb://u:geheim@", {}, "No targets"),
        ("esdb+discover://u:geheim@a:1,b:1", {}, "More than one target"),
        ("esdb://u:geheim@h:1?Color=red", {}, "Unknown field"),
        ("esdb://u:geheim@h:1?NodePreference=follower", {}, "must be leader"),
        ("esdb://u:geheim@h:1?TlsVerifyCert=false", {}, "name the CA"),
        ("esdb://u:geheim@h:1?KeepAliveInterval=-1", {}, "KeepAliveInterval"),
        ("esdb://geheim@h:1", {}, "Username and password are required"),
        ("u:geheim@h:1", {}, "use memory://"),
        ("esdb://h:1?Tls=false", {"user": "u", "password": "geheim"}, "need TLS"),
        ("esdb://h:1", {"ca_file": "nowhere"}, "nowhere cannot be read: No such file"),
        ("esdb://h:1", {"ca_file": "empty"}, "empty holds no certificate"),
        ("esdb://h:1", {"certificate_file": "client.crt"}, "go together"),
        (
            "esdb://h:1",
            {"certificate_file": "client.crt", "key_file": "ca.key"},
            "not a certificate and its key",
        ),
    ],
)
def test_a_wrong_address_is_refused_without_showing_it(
    papers: Papers, tmp_path: Path, uri: str, access: dict[str, str], said: str
) -> None:
    (tmp_path / "empty").touch()
    here = {
        "nowhere": tmp_path / "nowhere",
        "empty": tmp_path / "empty",
        "client.crt": papers.certificate("client"),
        "ca.key": papers.key("ca"),
    }
    given = {name: here.get(value, value) for name, value in access.items()}
    with pytest.raises(ValueError, match=said) as refused:
        connect(uri, Access(**given))  # type: ignore[arg-type]
    assert "geheim" not in "".join(traceback.format_exception(refused.value))
