"""Whether the embedded server is well, asked in every way there is; and what it will not do."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import ServiceUnavailable

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.node.encoding import field, fields, number
from shared.eventstore.embedded.node.features import SERVER_VERSION
from shared.eventstore.embedded.node.health import ROOM, Health, Status
from tests.contract.store.stores import PATIENCE, EmbeddedServer, embedded_server, own_server, stream

__all__ = ["embedded_server", "own_server", "stream"]  # fixtures

CHECK, WATCH = "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"
STATS = "/event_store.client.monitoring.Monitoring/Stats"
FEATURES = "/event_store.client.server_features.ServerFeatures/GetSupportedMethods"
STREAMS = "event_store.client.streams.Streams"


@pytest.fixture
def channel(embedded_server: EmbeddedServer) -> Iterator[Any]:
    with opened(embedded_server) as channel:
        yield channel


def opened(server: EmbeddedServer) -> Any:
    return grpc.insecure_channel(f"127.0.0.1:{server.port}")


def asked(service: str) -> bytes:
    return field(1, service.encode())


def ask(channel: Any, method: str, request: bytes = b"") -> bytes:
    return bytes(channel.unary_unary(method)(request, timeout=PATIENCE))


def page(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_a_server_that_is_well_and_then_stops(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, "--health-port", "0")
    server.start()
    address = server.next_line().removeprefix("health ").strip()
    try:
        assert page(address) == 204
        assert page(address + "/else") == 404
        with opened(server) as channel:
            watched = channel.unary_stream(WATCH)(asked(STREAMS), timeout=PATIENCE)
            nobody = channel.unary_stream(WATCH)(asked("no.Such"), timeout=PATIENCE)
            assert next(watched) == number(1, Status.SERVING)
            assert next(nobody) == number(1, Status.SERVICE_UNKNOWN)
            assert server.stop() == 0
            assert list(watched) == [number(1, Status.NOT_SERVING)]
    finally:
        server.kill()


def test_a_server_that_stops_lets_go_of_its_subscribers(own_server: EmbeddedServer) -> None:
    with EventStoreDBClient(own_server.uri) as client:
        client.create_subscription_to_all("group", from_end=True)
        waiting = [
            client.subscribe_to_all(from_end=True),
            client.subscribe_to_stream("not-there-yet"),
            client.read_subscription_to_all("group"),
        ]
        assert own_server.stop() == 0
        for subscription in waiting:
            with pytest.raises(ServiceUnavailable):
                next(subscription)


def test_a_service_is_asked_for_by_name(channel: Any) -> None:
    for service in ("", STREAMS):
        assert ask(channel, CHECK, asked(service)) == number(1, Status.SERVING)
    with pytest.raises(grpc.RpcError) as unknown:
        ask(channel, CHECK, asked("no.Such"))
    assert unknown.value.code() is grpc.StatusCode.NOT_FOUND
    with pytest.raises(grpc.RpcError) as broken:
        ask(channel, CHECK, b"\x0a\x7f")
    assert broken.value.code() is grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(("missing", "status"), [(0, Status.SERVING), (1, Status.NOT_SERVING)])
def test_a_full_disk_is_not_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int, status: Status
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=ROOM - missing))
    assert Health(tmp_path, [STREAMS]).status is status


def test_the_figures_are_true(embedded_server: EmbeddedServer, channel: Any, stream: str) -> None:
    with EventStoreDBClient(embedded_server.uri) as client:
        events = [NewEvent(type="Counted", data=b"{}") for _ in range(3)]
        before = figures(channel)
        head = client.append_to_stream(stream, current_version=StreamState.ANY, events=events)
        with client.subscribe_to_all(from_end=True):
            after = figures(channel)
    assert after["es-log-head"] == str(head)
    assert int(after["es-log-events"]) == int(before["es-log-events"]) + 3
    assert int(after["es-log-streams"]) == int(before["es-log-streams"]) + 1
    assert after["es-health"] == "SERVING"
    assert int(after["proc-mem"]) > 1_000_000
    assert int(after["es-log-bytes"]) > 4096
    assert any(name.endswith("-availableBytes") for name in after)


def figures(channel: Any) -> dict[str, str]:
    """The first answer of Monitoring.Stats; the second comes too."""
    call = channel.unary_stream(STATS)(number(4, 1), timeout=PATIENCE)
    told = entries(next(call))
    assert entries(next(call)).keys() == told.keys()
    call.cancel()
    return told


def entries(message: bytes) -> dict[str, str]:
    """A `map<string, string>` in field 1, which is a field of its own for every entry."""
    found = {}
    while message:
        size, start = message[1], 2
        if size & 0x80:
            size, start = (size & 0x7F) | message[2] << 7, 3
        entry = fields(message[start : start + size])
        name, value = entry[1], entry[2]
        assert isinstance(name, bytes)
        assert isinstance(value, bytes)
        found[name.decode()] = value.decode()
        message = message[start + size :]
    return found


def test_the_features_that_clients_ask_for(channel: Any) -> None:
    told = ask(channel, FEATURES)
    read = field(1, b"read") + field(2, STREAMS.lower().encode())
    assert field(1, read + field(3, b"position") + field(3, b"events")) in told
    batch = field(1, b"batchappend") + field(2, STREAMS.lower().encode())
    assert field(1, batch + field(3, b"deadline_duration")) in told
    assert told.endswith(field(2, SERVER_VERSION.encode()))


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("event_store.client.operations.Operations/StartScavenge", "keeps every event"),
        ("event_store.client.operations.Operations/Shutdown", "SIGTERM"),
        ("event_store.client.operations.Operations/ResignNode", "single node"),
        ("event_store.client.projections.Projections/Create", "no JavaScript engine"),
        ("event_store.client.users.Users/Create", "--users"),
        ("kurrentdb.protocol.v2.streams.StreamsService/AppendSession", "what KurrentDB added"),
        ("nothing.Nothing/Nothing", "does not know"),
    ],
)
def test_what_it_will_not_do_is_said(channel: Any, method: str, said: str) -> None:
    with pytest.raises(grpc.RpcError, match=said) as refused:
        ask(channel, f"/{method}")
    assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_flat_messages_are_read() -> None:
    message = number(1, 300) + field(2, b"text") + b"\x19" + bytes(8) + b"\x25" + bytes(4) + number(1, 7)
    assert fields(message) == {1: 7, 2: b"text", 3: bytes(8), 4: bytes(4)}
    for broken in (b"\x08", b"\x0a\x05abc", b"\x08" + b"\xff" * 11, b"\x0b"):
        with pytest.raises(BadRequestError):
            fields(broken)
