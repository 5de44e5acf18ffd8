"""What is far too much, or what no client would send: it is refused or borne, and the server lives on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest
from esdbclient import EventStoreDBClient, StreamState
from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.log.acknowledged import Acknowledged
from shared.eventstore.embedded.log.changes import Done, append
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.pages import take
from shared.eventstore.embedded.log.records import Proposed
from shared.eventstore.embedded.log.rules import END, Loose
from shared.eventstore.embedded.log.transactions import Answer, Failed
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.persistent.keeping import CONFIGURATION, Configuration
from shared.eventstore.embedded.streams.batches import Batch, BatchCall
from tests.contract.store.protocol import (
    Wire,
    append_options,
    batch,
    client,
    events,
    prepare,
    proposed,
    read_options,
    refusal,
    wire,
)
from tests.contract.store.stores import PATIENCE, embedded_server, stream

__all__ = ["client", "embedded_server", "stream", "wire"]  # fixtures


NO_WRITER: Any = None


class Deaf:
    """A call whose client sends and never reads: what is written to it does not go out."""

    async def write(self, message: Any) -> None:
        await asyncio.Event().wait()


def new_log(folder: Path) -> Log:
    log = Log(folder / "events.sqlite")
    log.create(0)
    return log


def write(log: Log, stream: str, *data: bytes) -> None:
    log.begin()
    append(stream, Loose.ANY, [Proposed(uuid4().bytes, "Counted", "", b"", each) for each in data])(log)
    log.commit()


def refused(call: Callable[[], Any]) -> str:
    """What the server says of a request that means nothing."""
    with pytest.raises(grpc.RpcError) as error:
        call()
    code, said, _ = refusal(error.value)
    assert code is grpc.StatusCode.INVALID_ARGUMENT, said
    return said


def test_metadata_may_hold_half_of_a_surrogate_pair(
    client: EventStoreDBClient, wire: Wire, stream: str
) -> None:
    prepare(wire, stream, "deleted")
    (answer,) = wire.batches([batch(f"$${stream}", Loose.ANY, rb'{"owner":"\ud800"}')])
    assert answer.HasField("success")
    metadata, _ = client.get_stream_metadata(stream)
    assert metadata == {"owner": "\ud800", "$tb": 2}


@pytest.mark.parametrize("data", [b"9" * 5_000 + b"@%b", b"0@" + b"$" * 5_000 + b"%b"])
def test_a_link_that_could_lead_nowhere(wire: Wire, stream: str, data: bytes) -> None:
    link = proposed(
        data % stream.encode(), metadata={"type": "$>", "content-type": "application/octet-stream"}
    )
    wire.append(append_options(stream, Loose.ANY), link)
    (read,) = wire.read(read_options(stream, resolve_links=True))
    assert read.event.HasField("link")
    assert not read.event.HasField("event")


def test_a_stream_whose_name_is_nothing_but_its_prefix(wire: Wire) -> None:
    (read,) = wire.read(read_options("$" * 4_000))
    assert read.HasField("stream_not_found")


def test_a_name_of_any_length_would_go_out_with_every_event(wire: Wire, stream: str) -> None:
    name = stream.ljust(4_000, "ộ")
    said = refused(lambda: wire.append(append_options(name, Loose.ANY), proposed()))
    assert "4096 are allowed" in said
    wire.append(append_options(stream.ljust(4096, "-"), Loose.ANY), proposed())


def test_an_event_is_json_or_it_is_not(wire: Wire, stream: str) -> None:
    kinds = ["application/json", "application/json; charset=utf-8", "x" * 100_000]
    for kind in kinds:
        metadata = {"type": "Counted", "content-type": kind}
        wire.append(append_options(stream, Loose.ANY), proposed(metadata=metadata))
    read = [each.event.event.metadata["content-type"] for each in wire.read(read_options(stream))]
    assert read == ["application/json", "application/octet-stream", "application/octet-stream"]


def test_batches_that_never_come_to_an_end(client: EventStoreDBClient, wire: Wire, stream: str) -> None:
    begun = [batch(stream, Loose.ANY, b"{}", final=False) for _ in range(501)]
    assert "500 batches" in refused(lambda: wire.batches(begun))
    assert wire.batches(begun[:500]) == []
    assert client.get_current_version(stream) is StreamState.NO_STREAM
    client.append_events(stream, current_version=StreamState.NO_STREAM, events=events(1))


def test_batches_of_a_client_that_reads_no_answer(stream: str) -> None:
    taken = 0

    async def submit(asked: Batch) -> Answer:
        return Done(0, 1)

    async def requests() -> AsyncIterator[streams_pb2.BatchAppendReq]:
        nonlocal taken
        while taken < 1_000:
            taken += 1
            yield batch(stream, Loose.ANY, b"{}")

    async def serve() -> None:
        serving = asyncio.create_task(BatchCall(submit, Deaf()).serve(requests()))
        for _ in range(5000):
            await asyncio.sleep(0)  # more turns than all of it would take
        serving.cancel()

    asyncio.run(serve())
    assert taken == 501


@pytest.mark.parametrize(
    "said",
    [
        b"[" * 100_000,
        b'{"entries": [{"stream": "s", "group": "g", "start_from": 0, "start_after": null}]}',
        b'{"entries": [{"stream": "s", "group": "g", "start_from": 0, "start_after": 0, "strategy": 1}]}',
        b'{"entries": [{"stream": "s", "group": "g", "start_from": 0, "start_after": -1, "wanted": 1}]}',
    ],
    ids=["deep", "null", "text", "no filter"],
)
def test_a_configuration_of_groups_that_somebody_else_has_written(tmp_path: Path, said: bytes) -> None:
    with closing(new_log(tmp_path)) as log:
        write(log, CONFIGURATION, said)
        with pytest.raises(ValueError, match="is no configuration"):
            Configuration(log, NO_WRITER).read()


def test_nobody_waits_for_a_writer_that_found_no_log(tmp_path: Path) -> None:
    path = tmp_path / "events.sqlite"
    path.write_bytes(b"no log " * 1000)
    lost: list[str] = []

    async def answers() -> list[Answer]:
        mark = Acknowledged(tmp_path / "acknowledged")
        writer = Writer(path, mark, lambda head: None, lost.append)
        change = append("s", Loose.ANY, [])
        async with asyncio.timeout(PATIENCE):
            said = [await writer.submit(change, PATIENCE) for _ in range(2)]
            await writer.stop()
        mark.close()
        return said

    said = asyncio.run(answers())
    assert all(isinstance(answer, Failed) and "cannot be opened" in answer.reason for answer in said)
    assert len(lost) == 1


def test_a_page_leaves_nothing_open_behind_it(tmp_path: Path) -> None:
    with closing(new_log(tmp_path)) as log:
        write(log, "s", b"1", b"2", b"3")
        rows = log.stream_forwards("s", 0, END)
        assert [row.revision for row in take(rows, 2)] == [0, 1]
        log.checkpoint()  # refused while anybody reads
