"""Appends that mean nothing are refused with a reason, and the server lives on."""

from typing import Any

import grpc
import pytest
from esdbclient.protos.Grpc import shared_pb2, streams_pb2

from shared.eventstore.embedded.log.rules import NO_STREAM, Loose, Write
from tests.contract.store.both_appends import NO_TYPE, by_append
from tests.contract.store.protocol import (
    Wire,
    append_options,
    client,
    identifier,
    proposed,
    refusal,
    wire,
)
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures

NOT_UTF8 = shared_pb2.StreamIdentifier(stream_name=b"\xff\xfe")


def changed(request: streams_pb2.AppendReq, **options: Any) -> streams_pb2.AppendReq:
    for name, value in options.items():
        if isinstance(value, int):
            setattr(request.options, name, value)
        else:
            getattr(request.options, name).CopyFrom(value)
    return request


def meaningless(stream: str) -> list[tuple[list[streams_pb2.AppendReq], str]]:
    options = append_options(stream, Loose.ANY)
    no_expectation = streams_pb2.AppendReq(
        options=streams_pb2.AppendReq.Options(stream_identifier=identifier(stream))
    )
    bad_id = shared_pb2.UUID(string="seven")
    return [
        ([], "no options"),
        ([proposed()], "before the options"),
        ([options, options], "options twice"),
        ([no_expectation], "expected revision is missing"),
        ([append_options("", Loose.ANY)], "name of a stream"),
        ([append_options("$$", Loose.ANY)], "name of a stream"),
        ([changed(append_options(stream, Loose.ANY), stream_identifier=NOT_UTF8)], "not UTF-8"),
        ([changed(append_options(stream, Loose.ANY), revision=2**63), proposed()], "the largest there is"),
        ([options, proposed(id=bad_id)], "'seven' is not a UUID"),
        ([options, proposed(metadata=NO_TYPE)], "no 'type'"),
        ([options, proposed(metadata={"type": "Counted"})], "no 'content-type'"),
        ([options, proposed(metadata={**NO_TYPE, "type": ""})], "no 'type'"),
    ]


def test_requests_that_mean_nothing_are_refused_with_a_reason(wire: Wire, stream: str) -> None:
    for requests, because in meaningless(stream):
        with pytest.raises(grpc.RpcError) as refused:
            wire.append(*requests)
        code, said, _ = refusal(refused.value)
        assert code is grpc.StatusCode.INVALID_ARGUMENT, because
        assert because in said
    assert by_append(wire, stream, NO_STREAM, b"1") == Write(0)


def test_the_names_that_an_event_must_have_are_in_the_trailers(wire: Wire, stream: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        wire.append(append_options(stream, Loose.ANY), proposed(metadata=NO_TYPE))
    _, _, trailers = refusal(refused.value)
    assert trailers["exception"] == "missing-required-metadata-property"
    assert trailers["required-metadata-properties"] == "type,content-type"


def test_bytes_that_are_no_message_leave_the_server_well(wire: Wire, stream: str) -> None:
    for name in ("Append", "BatchAppend", "Read", "Delete"):
        call = wire.channel.stream_stream(f"/event_store.client.streams.Streams/{name}")
        with pytest.raises(grpc.RpcError):
            list(call(iter([b"\xff\xff\xff"]), timeout=PATIENCE))
    assert by_append(wire, stream, NO_STREAM, b"1") == Write(0)
