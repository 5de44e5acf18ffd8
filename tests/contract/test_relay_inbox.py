"""The inbox forwards requests, answers, and buries what it cannot use with the reason; nothing gets lost."""

# mypy: allow-untyped-calls
# (kombu carries no types)

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from shared.bus.connection import connected
from shared.bus.inbound import Inbox, Unusable, parsed
from shared.bus.publisher import Outgoing, Publisher
from shared.bus.rpc import ServiceUnavailable
from shared.bus.topology import DEAD, INBOX, declare
from shared.errors import Refused
from shared.followers.status import StatusFile
from tests.contract.rabbit import amqp_uri, broker

__all__ = ["amqp_uri", "broker"]  # fixtures

PATIENCE = 60.0
"""Seconds after which a wait has failed: far more than anything takes."""
REQUEST = {"service": "members", "method": "appoint_member", "request": {"command_id": "1"}}


class Desk:
    """The services: does what is asked, or what `answers` says next."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: list[Exception] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        self.calls.append((service, method, payload))
        if self.answers:
            raise self.answers.pop(0)
        return {"revision": 7}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def inbox(amqp_uri: str, desk: Desk) -> Iterator[str]:
    """The address of a broker whose inbox is served, its queues empty."""
    with connected(amqp_uri) as connection:
        declare(connection)
        for queue in (INBOX.name, DEAD.name):
            connection.channel().queue_purge(queue)
    served = Inbox(amqp_uri, desk, StatusFile("inbox", None), ("members",))
    thread = threading.Thread(target=served.run)
    thread.start()
    yield amqp_uri
    served.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def send(amqp_uri: str, body: bytes, **properties: str) -> None:
    with connected(amqp_uri) as connection:
        Publisher(connection).publish([Outgoing("", INBOX.name, body, "application/json", properties)])


def arrived(amqp_uri: str, queue: str) -> Any:
    """The next message of a queue; waits for it."""
    deadline = time.monotonic() + PATIENCE
    with connected(amqp_uri) as connection:
        while time.monotonic() < deadline:
            if (message := connection.channel().basic_get(queue, no_ack=True)) is not None:
                return message
            time.sleep(0.05)
    pytest.fail(f"nothing arrived in {queue}")


@pytest.mark.parametrize("wrapped", [False, True], ids=["plain", "CloudEvent"])
def test_a_request_is_forwarded_and_answered(inbox: str, desk: Desk, wrapped: bool) -> None:
    message: dict[str, Any] = REQUEST
    if wrapped:
        attributes = {"specversion": "1.0", "id": "1", "source": "/khac", "type": "vn.khac.YeuCau"}
        message = {**attributes, "data": REQUEST}
    with connected(inbox) as connection:
        mine = connection.channel().queue_declare("", exclusive=False, auto_delete=False).queue
    send(inbox, json.dumps(message).encode(), reply_to=mine, correlation_id="42")

    answer = arrived(inbox, mine)
    assert json.loads(answer.body) == {"result": {"revision": 7}}
    assert answer.properties["correlation_id"] == "42"
    assert desk.calls == [("members", "appoint_member", {"command_id": "1"})]
    with connected(inbox) as connection:
        connection.channel().queue_delete(mine)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"\xff\xfe not json", "not JSON"),
        (b"[1, 2]", "not an object"),
        (b'{"service": "members"}', "method: Field required"),
        (b'{"specversion": "1.0", "data": {}}', "not a CloudEvent"),
        (b'{"service": "weather", "method": "x", "request": {}}', "no service 'weather'"),
    ],
)
def test_what_is_no_request_is_buried_with_the_reason(inbox: str, desk: Desk, body: bytes, what: str) -> None:
    send(inbox, body)
    dead = arrived(inbox, DEAD.name)
    assert dead.body == body or dead.body.encode() == body
    assert what in dead.headers["reason-what"]
    assert dead.headers["reason-where"]
    assert dead.headers["reason-mend"]
    assert desk.calls == []


def test_after_a_poison_message_the_next_is_served(inbox: str, desk: Desk) -> None:
    send(inbox, b"nonsense")
    send(inbox, json.dumps(REQUEST).encode())
    arrived(inbox, DEAD.name)
    wait_until(lambda: len(desk.calls) == 1)


def test_a_refusal_without_a_reply_address_is_buried(inbox: str, desk: Desk) -> None:
    desk.answers = [Refused("D6.1.d", "thiếu ý kiến bằng văn bản")]
    send(inbox, json.dumps(REQUEST).encode())
    dead = arrived(inbox, DEAD.name)
    assert dead.headers["reason-what"].startswith("Refused: D6.1.d")
    assert dead.headers["reason-where"] == "members.appoint_member"


def test_a_message_waits_for_a_service_that_is_away(inbox: str, desk: Desk) -> None:
    desk.answers = [ServiceUnavailable("members", "away"), ServiceUnavailable("members", "away")]
    send(inbox, json.dumps(REQUEST).encode())
    wait_until(lambda: len(desk.calls) == 3)


def test_a_stop_while_a_service_is_away_leaves_the_message(amqp_uri: str, desk: Desk) -> None:
    with connected(amqp_uri) as connection:
        declare(connection)
        connection.channel().queue_purge(INBOX.name)
    desk.answers = [ServiceUnavailable("members", "away")] * 100
    served = Inbox(amqp_uri, desk, StatusFile("inbox", None), ("members",))
    thread = threading.Thread(target=served.run)
    thread.start()
    send(amqp_uri, json.dumps(REQUEST).encode())
    wait_until(lambda: bool(desk.calls))
    served.stop()
    thread.join(PATIENCE)
    assert json.loads(arrived(amqp_uri, INBOX.name).body) == REQUEST


def test_every_reason_tells_what_where_and_how_to_mend() -> None:
    with pytest.raises(Unusable) as unusable:
        parsed(b"", ())
    assert all(unusable.value.headers().values())


def wait_until(true: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
