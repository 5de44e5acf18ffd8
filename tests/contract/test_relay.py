"""The relay fills the bus from the store, notices an emptied broker, and loses nothing on the way."""

# mypy: allow-untyped-calls
# (kombu carries no types)

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.bus.connection import connected
from shared.bus.publisher import NotTaken, Outgoing, Publisher
from shared.bus.relay import Relay
from shared.bus.tail import tail
from shared.bus.topology import AUDIT, MARKER, declare
from shared.eventstore.epoch import begin_epoch, current_epoch
from shared.followers.database import Place, place
from shared.followers.errors import Moved, NotNow
from tests.contract.rabbit import amqp_uri, broker
from tests.unit.records.facts import COMMITTEE, DECISION, Recorder, appointed, established

__all__ = ["amqp_uri", "broker"]  # fixtures

ROSTER = f"member-{COMMITTEE}.roster"


@pytest.fixture
def where(tmp_path: Path) -> Place:
    return place(f"sqlite:///{tmp_path / 'bus.sqlite'}", "relay")


@pytest.fixture
def empty_broker(amqp_uri: str) -> Iterator[str]:
    """The broker with nothing of ours on it, as after its data was lost."""
    wipe(amqp_uri)
    yield amqp_uri
    wipe(amqp_uri)


def wipe(amqp_uri: str, *epochs: str) -> None:
    with connected(amqp_uri) as connection:
        for queue in (AUDIT.name, *(MARKER.format(epoch=epoch) for epoch in epochs)):
            connection.channel().queue_delete(queue)


def audited(amqp_uri: str) -> list[dict[str, Any]]:
    """What lies in the audit queue, taken out of it."""
    found = []
    with connected(amqp_uri) as connection:
        declare(connection)
        channel = connection.channel()
        while (message := channel.basic_get(AUDIT.name, no_ack=True)) is not None:
            found.append(
                {"properties": message.properties, "headers": message.headers, **loaded(message.body)}
            )
    return found


def loaded(body: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(body)
    return content


def stories(count: int = 3) -> Recorder:
    recorder = Recorder()
    current_epoch(recorder.store)
    recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
    for n in range(count):
        recorder.record(ROSTER, appointed(f"s{n}"), at="2022", document=DECISION)
    return recorder


def follow(recorder: Recorder, relay: Relay) -> int:
    """Handle everything after the relay's position; how many events that were."""
    events = list(recorder.store.read_all(after=relay.resume(current_epoch(recorder.store))))
    if events:
        relay.handle(events)
    return len(events)


def test_every_event_once_in_order_as_a_cloudevent(empty_broker: str, where: Place) -> None:
    recorder = stories()
    follow(recorder, Relay(empty_broker, where))
    messages = audited(empty_broker)

    recorded = [event for event in recorder.store.read_all() if event.type != "EpochBegan"]
    assert [message["id"] for message in messages] == [str(event.id) for event in recorded]
    last = messages[-1]
    assert last["specversion"] == "1.0"
    assert last["type"] == "vn.bcd.MemberAppointed"
    assert last["source"] == f"/committee/{COMMITTEE}/{ROSTER}"
    assert (last["subject"], last["revision"], last["effective"]) == (ROSTER, 2, "2022")
    assert last["data"]["seat_id"] == "s2"
    assert last["properties"]["message_id"] == last["id"]
    assert last["properties"]["content_type"] == "application/cloudevents+json"
    assert last["headers"]["epoch"] == last["epoch"] == str(current_epoch(recorder.store))
    assert last["headers"]["position"] == int(last["position"]) == recorded[-1].position
    assert "nguoi-a" not in json.dumps({**last, "data": None})  # who acted stays inside
    assert last["capacity"] == "chair"


def test_it_goes_on_after_what_was_confirmed(empty_broker: str, where: Place) -> None:
    recorder = stories()
    follow(recorder, Relay(empty_broker, where))
    assert follow(recorder, Relay(empty_broker, where)) == 0
    recorder.record(ROSTER, appointed("new"))
    assert follow(recorder, Relay(empty_broker, where)) == 1
    assert len(audited(empty_broker)) == 5


def test_an_emptied_broker_is_filled_again(empty_broker: str, where: Place) -> None:
    recorder = stories()
    relay = Relay(empty_broker, where)
    follow(recorder, relay)
    wipe(empty_broker, str(current_epoch(recorder.store)))
    with pytest.raises(Moved):
        relay.idle()
    assert follow(recorder, relay) == 5
    assert len(audited(empty_broker)) == 4


def test_a_new_epoch_is_published_from_the_beginning(empty_broker: str, where: Place) -> None:
    recorder = stories(1)
    follow(recorder, Relay(empty_broker, where))
    began = begin_epoch(recorder.store, "restored")
    follow(recorder, Relay(empty_broker, where))
    assert [message["epoch"] == str(began) for message in audited(empty_broker)] == [False, False, True, True]


def test_what_was_not_confirmed_is_not_passed_over(empty_broker: str, where: Place) -> None:
    recorder = stories()
    relay = Relay(empty_broker, where)
    relay.resume(current_epoch(recorder.store))
    with connected(empty_broker) as connection:  # somebody removes the queue that takes everything
        connection.channel().queue_delete(AUDIT.name)
    with pytest.raises(NotNow, match="no queue takes it"):
        relay.handle(list(recorder.store.read_all()))
    assert follow(recorder, relay) == 5
    assert len(audited(empty_broker)) == 4


def test_a_broker_that_went_away_is_not_now(broker: Any, amqp_uri: str, where: Place) -> None:
    recorder = stories()
    relay = Relay(amqp_uri, where)
    relay.resume(current_epoch(recorder.store))
    broker.stop()
    with pytest.raises(NotNow):
        relay.handle(list(recorder.store.read_all()))
    with pytest.raises(NotNow):
        relay.resume(current_epoch(recorder.store))
    broker.start()
    assert follow(recorder, relay) == 5


def test_an_event_that_nobody_can_read_stops_its_stream(empty_broker: str, where: Place) -> None:
    recorder = stories(1)
    recorder.poison("agency-langson.x")
    recorder.record("agency-langson.x", established())
    recorder.record(ROSTER, appointed("after"))
    relay = Relay(empty_broker, where)
    follow(recorder, relay)
    (held,) = relay.state()["quarantine"]
    assert (held["stream"], held["revision"], held["held"]) == ("agency-langson.x", 0, 1)
    assert [message["stream"] for message in audited(empty_broker)][1:] == [ROSTER, ROSTER]


def test_a_full_queue_that_refuses_is_an_error(empty_broker: str) -> None:
    with connected(empty_broker) as connection:
        arguments = {"x-max-length": 1, "x-overflow": "reject-publish"}
        connection.channel().queue_declare("full", durable=False, exclusive=True, arguments=arguments)
        message = Outgoing("", "full", b"{}", "application/json")
        Publisher(connection).publish([message])
        with pytest.raises(NotTaken, match="full"):
            Publisher(connection).publish([message] * 3)


def test_a_listener_hears_what_it_asked_for(empty_broker: str, where: Place) -> None:
    recorder = stories(2)
    heard: list[dict[str, Any]] = []
    listening = threading.Event()

    def listen() -> None:
        events = tail(empty_broker, "langson.member.*", limit=2, seconds=60, when_ready=listening.set)
        heard.extend(events)

    listener = threading.Thread(target=listen)
    listener.start()
    assert listening.wait(60)
    follow(recorder, Relay(empty_broker, where))
    listener.join(60)
    assert [event["type"] for event in heard] == ["vn.bcd.MemberAppointed"] * 2
