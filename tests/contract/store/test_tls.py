"""The embedded server over TLS, with users: who gets in, and what is said to those who do not."""

import asyncio
import base64
import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import GrpcError

from shared.eventstore.embedded.node.authentication import Authentication
from shared.eventstore.embedded.node.users import Secret, read_users, set_user
from shared.eventstore.embedded.options import Options, OptionsError
from tests.contract.store.secured import (
    ADA,
    THU,
    SecuredServer,
    add_user,
    new_certificate,
    secured_server,
    tls,
)
from tests.contract.store.stores import PATIENCE, EmbeddedServer, stream

__all__ = ["secured_server", "stream"]  # fixtures

READ = "/event_store.client.streams.Streams/Read"
OPEN = [
    "/event_store.client.gossip.Gossip/Read",
    "/event_store.client.server_features.ServerFeatures/GetSupportedMethods",
    "/grpc.health.v1.Health/Check",
]


@pytest.fixture
def channel(secured_server: SecuredServer) -> Iterator[Any]:
    roots = grpc.ssl_channel_credentials(secured_server.certificate.read_bytes())
    with grpc.secure_channel(f"localhost:{secured_server.port}", roots) as opened:
        yield opened


def client(secured_server: SecuredServer, user: str, password: str) -> EventStoreDBClient:
    roots = secured_server.certificate.read_text()
    return EventStoreDBClient(secured_server.uri_of(user, password), root_certificates=roots)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def outcome(channel: Any, method: str, authorization: str | None) -> tuple[grpc.StatusCode, str]:
    """How a call with an empty request ends."""
    headers = [] if authorization is None else [("authorization", authorization)]
    call = channel.unary_stream(method)(b"", metadata=headers, timeout=PATIENCE)
    with contextlib.suppress(grpc.RpcError):
        list(call)
    return call.code(), call.details()


def test_a_user_writes_and_reads(secured_server: SecuredServer, stream: str) -> None:
    assert secured_server.ready_line.endswith("?Tls=true\n")
    with client(secured_server, *ADA) as ada:
        events = [NewEvent(type="Counted", data=b"{}")]
        ada.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events)
        assert [event.type for event in ada.get_stream(stream)] == ["Counted"]


@pytest.mark.parametrize("pair", [("ada", "wrong"), ("nobody", "sesame-7"), ("ADA", "sesame-7")])
def test_a_wrong_pair_is_refused(secured_server: SecuredServer, stream: str, pair: tuple[str, str]) -> None:
    with client(secured_server, *pair) as stranger, pytest.raises(GrpcError) as refused:
        stranger.get_stream(stream)
    assert "UNAUTHENTICATED" in str(refused.value)
    assert "the user or the password is wrong" in str(refused.value)


def test_a_password_may_hold_any_character(channel: Any) -> None:
    code, _ = outcome(channel, READ, basic(*THU))
    assert code is grpc.StatusCode.INVALID_ARGUMENT  # let in, and then the empty request is refused


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic YWRh", "Bearer YWRhOnNlc2FtZS03", "", None])
def test_a_header_that_is_none(channel: Any, header: str | None) -> None:
    code, said = outcome(channel, READ, header)
    assert code is grpc.StatusCode.UNAUTHENTICATED
    assert "user" in said


@pytest.mark.parametrize("method", OPEN)
def test_what_needs_no_user(channel: Any, method: str) -> None:
    assert outcome(channel, method, None)[0] is grpc.StatusCode.OK


def test_guessing_holds_up_a_new_user_for_a_short_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Authentication({"thu": Secret.of("right")})
    judged: list[str] = []

    def matches(_: Secret, password: str) -> bool:
        judged.append(password)
        return password == "right"

    async def called(_: Any) -> str:
        return "called"

    async def come(password: str) -> str:
        header = "Basic " + base64.b64encode(f"thu:{password}".encode()).decode()
        call = SimpleNamespace(method="/a/b", invocation_metadata=[("authorization", header)])
        answer = await guard.intercept_service(called, call)
        return answer if isinstance(answer, str) else "refused"

    async def all_come(*passwords: str) -> list[str]:
        return await asyncio.gather(*map(come, passwords))

    async def course() -> None:
        guesses = [f"wrong {n}" for n in range(500)]
        assert await all_come(*guesses[:20], *["right"] * 100, *guesses[20:]) == [
            *["refused"] * 20,
            *["called"] * 100,
            *["refused"] * 480,
        ]
        assert len(judged) == len(set(judged)) == 32
        assert await all_come(*judged) == ["called" if each == "right" else "refused" for each in judged]
        assert len(judged) == 32  # what was judged once is known

    monkeypatch.setattr(Secret, "matches", matches)
    asyncio.run(course())


def test_gossip_names_the_host_that_the_certificate_carries(secured_server: SecuredServer) -> None:
    with client(secured_server, *ADA) as ada:
        (member,) = ada.read_gossip()
    assert (member.address, member.port) == ("localhost", secured_server.port)


def test_a_client_without_tls_gets_nothing(secured_server: SecuredServer) -> None:
    with grpc.insecure_channel(f"localhost:{secured_server.port}") as plain:
        code, _ = outcome(plain, OPEN[0], None)
    assert code is grpc.StatusCode.UNAVAILABLE


def test_a_user_is_kept_as_a_hash_and_a_password_changed(tmp_path: Path) -> None:
    users = tmp_path / "users"
    add_user(users, *ADA)
    added = add_user(users, *THU)
    assert (added.returncode, added.stderr) == (0, "")
    assert THU[1] not in users.read_text() + added.stdout
    assert users.stat().st_mode & 0o077 == 0
    add_user(users, "ada", "another")
    secrets = read_users(users)
    assert secrets.keys() == {"ada", "thu"}
    assert secrets["ada"].matches("another")
    assert not secrets["ada"].matches(ADA[1])


def test_a_password_is_read_without_the_end_of_its_line(tmp_path: Path) -> None:
    """Whatever wrote the line: clients take a password from a file in the same way."""
    add_user(tmp_path / "users", "ada", "sesame\r")
    assert read_users(tmp_path / "users")["ada"].matches("sesame")


@pytest.mark.parametrize(("name", "password"), [("a:b", "x"), ("", "x"), ("ada", "")])
def test_a_user_that_could_not_call(tmp_path: Path, name: str, password: str) -> None:
    refused = add_user(tmp_path / "users", name, password)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: ")
    assert not (tmp_path / "users").exists()


def test_a_password_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="must be UTF-8"):
        set_user(tmp_path / "users", "ada", b"\xff".decode(errors="surrogateescape"))


def test_the_server_says_what_is_wrong_with_its_files(tmp_path: Path) -> None:
    for name in ("server", "other"):
        new_certificate(tmp_path, name)
    nonsense = tmp_path / "users"
    nonsense.write_text("ada:sesame-7\n")
    for said, options in {
        "cannot be used together": tls(tmp_path, "server", "other"),
        "cannot be read": tls(tmp_path, "server", "none"),
        "line 1 is not a user": (*tls(tmp_path, "server"), "--users", nonsense),
    }.items():
        ended = EmbeddedServer(tmp_path / "data", *options).spawn(port=0)
        _, error = ended.communicate(timeout=PATIENCE)
        assert ended.returncode == 1
        assert error.startswith("error: ")
        assert said in error
        assert ADA[1] not in error


def test_options_that_do_not_fit_together(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="--certificate was given without --key"):
        Options(tmp_path, certificate=tmp_path)
    with pytest.raises(OptionsError, match="--key was given without --certificate"):
        Options(tmp_path, key=tmp_path)
    with pytest.raises(OptionsError, match="over TLS only"):
        Options(tmp_path, users=tmp_path)
    with pytest.raises(OptionsError, match="--port 99999 is no port"):
        Options(tmp_path, port=99999)
    with pytest.raises(OptionsError, match="--health-port -1 is no port"):
        Options(tmp_path, health_port=-1)


@pytest.mark.parametrize(
    ("host", "advertised"),
    [
        ("127.0.0.1", "localhost"),
        ("::1", "localhost"),
        ("10.1.2.3", "10.1.2.3"),
        ("store.local", "store.local"),
    ],
)
def test_the_host_that_is_advertised(tmp_path: Path, host: str, advertised: str) -> None:
    assert Options(tmp_path, host=host).advertised == advertised
    assert Options(tmp_path, host=host, advertise="other").advertised == "other"
