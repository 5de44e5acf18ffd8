"""What clients of other languages ask for and esdbclient never does."""

import time
from uuid import UUID

import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.protos.Grpc import shared_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM
from tests.contract.store.protocol import (
    EMPTY,
    Options,
    ReadResp,
    Wire,
    batch,
    client,
    detail,
    event,
    events,
    identifier,
    wire,
)
from tests.contract.store.stores import embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures


def read(wire: Wire, stream: str, start: int, *, backwards: bool = False, count: int = 100) -> list[ReadResp]:
    """Everything that a client with .NET's or Java's options is answered."""
    options = Options(
        stream=Options.StreamOptions(stream_identifier=identifier(stream), revision=start),
        read_direction=Options.Backwards if backwards else Options.Forwards,
        count=count,
        no_filter=EMPTY,
        uuid_option=Options.UUIDOption(structured=EMPTY),
        control_option=Options.ControlOption(compatibility=1),
    )
    return list(wire.read(options))


def kinds(answers: list[ReadResp]) -> list[str | None]:
    return [answer.WhichOneof("content") for answer in answers]


def test_a_read_tells_where_the_stream_ends(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events(3))
    for answers in (read(wire, stream, 0, count=2), read(wire, stream, 1, backwards=True)):
        assert kinds(answers) == ["event", "event", "last_stream_position"]
        assert answers[-1].last_stream_position == 2
    assert kinds(read(wire, stream + "-absent", 0)) == ["stream_not_found"]


@pytest.mark.parametrize(("hidden", "told"), [(0, False), (31, False), (32, True), (39, True)])
def test_a_read_tells_where_a_stream_begins_that_is_cut_short(
    wire: Wire, client: EventStoreDBClient, stream: str, hidden: int, told: bool
) -> None:
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events(40))
    client.set_stream_metadata(stream, metadata={"$tb": hidden})
    answers = read(wire, stream, 0)
    begin = ["first_stream_position"] if told else []
    assert kinds(answers) == begin + ["event"] * (40 - hidden) + ["last_stream_position"]
    if told:
        assert answers[0].first_stream_position == hidden


def test_ids_come_in_the_form_that_was_asked_for(wire: Wire, client: EventStoreDBClient, stream: str) -> None:
    written = event()
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=[written])
    found = read(wire, stream, 0)[0].event.event.id
    assert found.WhichOneof("value") == "structured"
    halves = (found.structured.most_significant_bits, found.structured.least_significant_bits)
    assert UUID(bytes=b"".join(half.to_bytes(8, "big", signed=True) for half in halves)) == written.id


def test_a_batch_whose_deadline_is_a_moment(wire: Wire, stream: str) -> None:
    """As clients before 21.10.1 say it, and the Node client still does."""
    late, in_time = batch(stream, NO_STREAM, b"{}"), batch(stream, NO_STREAM, b"{}")
    now = int(time.time())
    late.options.deadline_21_10_0.seconds = now - 3600
    in_time.options.deadline_21_10_0.seconds = now + 3600
    refused, written = sorted(wire.batches([late, in_time]), key=lambda answer: answer.HasField("success"))
    assert detail(refused.error, shared_pb2.Timeout) is not None
    assert refused.correlation_id == late.correlation_id
    assert refused.stream_identifier == written.stream_identifier == identifier(stream)
    assert written.success.current_revision == 0
