"""The Streams service: which method is answered where."""

from esdbclient.protos.Grpc import streams_pb2

from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.rpc import Service, stream_stream, stream_unary, unary, unary_stream
from shared.eventstore.embedded.streams.appending import Appending
from shared.eventstore.embedded.streams.deleting import Deleting
from shared.eventstore.embedded.streams.reading import Reading


def streams_service(log: Log, news: News, writer: Writer) -> Service:
    appending, deleting, reading = Appending(writer), Deleting(writer), Reading(log, news)
    return Service(
        "event_store.client.streams.Streams",
        {
            "Append": stream_unary(appending.append, streams_pb2.AppendReq, streams_pb2.AppendResp),
            "BatchAppend": stream_stream(
                appending.batch_append, streams_pb2.BatchAppendReq, streams_pb2.BatchAppendResp
            ),
            "Delete": unary(deleting.delete, streams_pb2.DeleteReq, streams_pb2.DeleteResp),
            "Tombstone": unary(deleting.tombstone, streams_pb2.TombstoneReq, streams_pb2.TombstoneResp),
            "Read": unary_stream(reading.read, streams_pb2.ReadReq, streams_pb2.ReadResp),
        },
        features={"Read": ("position", "events"), "BatchAppend": ("deadline_duration",)},
    )
