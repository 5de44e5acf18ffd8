"""Requests put together by chance: each is answered or refused with a reason, and the server lives on."""

from random import Random
from typing import Any

import grpc
from esdbclient.protos.Grpc import streams_pb2
from google.protobuf.descriptor import FieldDescriptor as Field  # type: ignore[import-untyped]

from shared.eventstore.embedded.log.rules import Loose
from tests.contract.store.protocol import Wire, append_options, proposed
from tests.contract.store.stores import EmbeddedServer, own_server

__all__ = ["own_server"]  # fixtures

NAMES = [b"meeting-%d" % n for n in range(20)] + [b"$$meeting-%d" % n for n in range(10)]
ODD_NAMES = [b"", b"$$", b"$all", b"\xff", b"\0", "Cuộc họp".encode()]
DATA = [b"{}", b"0@meeting-1", b'{"$tb":1}', b'{"$maxCount":1,"$maxAge":9999999999999}', b"\xff", b"["]
TEXT = ["", "x", "12345678-1234-5678-1234-567812345678", "[", "a|b", "$>", "application/json"]
NUMBERS = [0, 1, 2, 5, 2**31 - 1, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1]
ENDS = {
    grpc.StatusCode.OK,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.FAILED_PRECONDITION,
    grpc.StatusCode.DEADLINE_EXCEEDED,  # of a subscription, which has no other end
}


def filled(chance: Random, message: Any, left_out: float = 0.1) -> Any:
    """The message with most of its fields set, each to a value of its type."""
    for field in message.DESCRIPTOR.fields:
        if chance.random() < left_out:
            continue
        inner = field.message_type
        if inner is not None and inner.GetOptions().map_entry:
            for key in ("type", "content-type"):
                getattr(message, field.name)[key] = chance.choice(TEXT)
        elif field.label == Field.LABEL_REPEATED:
            for _ in range(chance.randrange(3)):
                if inner is None:
                    getattr(message, field.name).append(value(chance, field))
                else:
                    filled(chance, getattr(message, field.name).add(), 0.25)
        elif inner is not None:
            getattr(message, field.name).SetInParent()
            filled(chance, getattr(message, field.name), 0.25)
        else:
            setattr(message, field.name, value(chance, field))
    return message


def value(chance: Random, field: Any) -> Any:
    match field.type:
        case Field.TYPE_BYTES if field.name == "stream_name":
            return chance.choice(NAMES if chance.random() < 0.9 else ODD_NAMES)
        case Field.TYPE_BYTES:
            return chance.choice(DATA)
        case Field.TYPE_STRING:
            return chance.choice(TEXT)
        case Field.TYPE_BOOL:
            return chance.random() < 0.5
        case Field.TYPE_ENUM:
            return chance.choice([each.number for each in field.enum_type.values])
        case Field.TYPE_UINT64:
            return chance.choice(NUMBERS)
        case Field.TYPE_UINT32:
            return chance.choice([n for n in NUMBERS if n < 2**32])
        case Field.TYPE_INT32:
            return chance.choice([-(2**31), -1, *(n for n in NUMBERS if n < 2**31)])
        case _:
            return chance.choice([-(2**63), -1, *(n for n in NUMBERS if n < 2**63)])


def ended(call: Any) -> grpc.StatusCode:
    """How the call ends, whatever it answers."""
    try:
        for _ in call:
            pass
    except grpc.RpcError as error:
        return error.code()
    return call.code()


def test_nothing_is_answered_with_an_exception(own_server: EmbeddedServer) -> None:
    chance, s = Random("nonsense"), streams_pb2
    made: dict[str, Any] = {
        "Append": lambda: [
            s.AppendReq(options=filled(chance, s.AppendReq.Options())),
            *(s.AppendReq(proposed_message=filled(chance, s.AppendReq.ProposedMessage())) for _ in "12"),
        ],
        "BatchAppend": lambda: [filled(chance, s.BatchAppendReq()) for _ in range(3)],
        "Read": lambda: [filled(chance, s.ReadReq())],
        "Delete": lambda: [filled(chance, s.DeleteReq())],
        "Tombstone": lambda: [filled(chance, s.TombstoneReq())],
    }
    with grpc.insecure_channel(f"127.0.0.1:{own_server.port}") as channel:
        for name in chance.choices(list(made), [4, 4, 6, 3, 1], k=150):
            requests = made[name]()
            call = channel.stream_stream(f"/event_store.client.streams.Streams/{name}")
            assert ended(call((each.SerializeToString() for each in requests), timeout=0.2)) in ENDS, requests
        assert Wire(channel).append(append_options("after", Loose.ANY), proposed()).HasField("success")
