"""The PersistentSubscriptions service: which method is answered where."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import grpc
from esdbclient.protos.Grpc import persistent_pb2 as pb
from esdbclient.protos.Grpc import shared_pb2

from shared.eventstore.embedded import errors
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import StoppingError
from shared.eventstore.embedded.log.records import DamagedError
from shared.eventstore.embedded.persistent import refusals, requests
from shared.eventstore.embedded.persistent.groups import Groups, UnreadableError
from shared.eventstore.embedded.persistent.keeping import NotWrittenError
from shared.eventstore.embedded.persistent.messages import information
from shared.eventstore.embedded.persistent.reading import read
from shared.eventstore.embedded.persistent.settings import ALL, GroupName, Settings, SettingsError, Wanted
from shared.eventstore.embedded.persistent.sources import start_after
from shared.eventstore.embedded.rpc import Service, stream_stream, unary
from shared.eventstore.embedded.wire import stream_name

_OF_STREAMS_AND_ALL = ("Create", "Update", "Delete", "Read", "GetInfo", "ReplayParked", "List")


class PersistentSubscriptions:
    """Each method gets the request and the time that is left for it, in seconds."""

    def __init__(self, log: Log, groups: Groups) -> None:
        self._log, self._groups = log, groups

    async def create(self, request: pb.CreateReq, timeout: float) -> pb.CreateResp:
        options = request.options
        name = requests.group_name(options)
        if name.stream == ALL and options.WhichOneof("stream_option") != "all":
            raise refusals.failed(name, "A group of $all is created with the option `all`.")
        settings = self._settings(name, options, requests.wanted(options))
        await self._groups.create(name, settings, timeout)
        return pb.CreateResp()

    async def update(self, request: pb.UpdateReq, timeout: float) -> pb.UpdateResp:
        """A request to update has no place for a filter, so the group keeps the one it has.

        It also keeps where it began, unless it is to begin elsewhere: "the end" stays the same place.
        """
        name = requests.group_name(request.options)

        def remade(before: Settings) -> Settings:
            asked = self._settings(name, request.options, before.wanted)
            same = asked.start_from == before.start_from
            return replace(asked, start_after=before.start_after) if same else asked

        await self._groups.update(name, remade, timeout)
        return pb.UpdateResp()

    async def delete(self, request: pb.DeleteReq, timeout: float) -> pb.DeleteResp:
        await self._groups.delete(requests.group_name(request.options), timeout)
        return pb.DeleteResp()

    async def get_info(self, request: pb.GetInfoReq, _timeout: float) -> pb.GetInfoResp:
        group = self._groups.find(requests.group_name(request.options))
        return pb.GetInfoResp(subscription_info=information(group, asyncio.get_running_loop().time()))

    async def list(self, request: pb.ListReq, _timeout: float) -> pb.ListResp:
        stream = None
        if request.options.WhichOneof("list_option") == "list_for_stream":
            asked = request.options.list_for_stream
            stream = ALL if asked.WhichOneof("stream_option") == "all" else stream_name(asked.stream)
        groups = self._groups.of(stream)
        if stream is not None and not groups:
            raise refusals.does_not_exist(GroupName(stream, ""))
        now = asyncio.get_running_loop().time()
        return pb.ListResp(subscriptions=[information(group, now) for group in groups])

    async def replay_parked(self, request: pb.ReplayParkedReq, _timeout: float) -> pb.ReplayParkedResp:
        options = request.options
        name = requests.group_name(options)
        stop_at = options.stop_at if options.WhichOneof("stop_at_option") == "stop_at" else None
        if stop_at is not None and stop_at < 0:
            raise refusals.failed(name, "Cannot stop replaying parked message at a negative version.")
        await self._groups.find(name).replay(stop_at)
        return pb.ReplayParkedResp()

    async def restart_subsystem(self, _request: shared_pb2.Empty, _timeout: float) -> shared_pb2.Empty:
        await self._groups.restart()
        return shared_pb2.Empty()

    def _settings(self, name: GroupName, options: Any, wanted: Wanted | None) -> Settings:
        try:
            first = requests.start_from(options)
            after = start_after(self._log, name.stream, first)
            return Settings(first, after, wanted=wanted, **requests.details(options))
        except SettingsError as error:
            raise refusals.failed(name, str(error)) from None


def persistent_service(log: Log, groups: Groups) -> Service:
    methods = PersistentSubscriptions(log, groups)

    async def read_group(requests_in: AsyncIterator[pb.ReadReq], context: Any) -> None:
        await errors.time_left(context)
        try:
            await read(groups, requests_in, context)
        except Exception as error:
            await _abort(context, error)

    return Service(
        "event_store.client.persistent_subscriptions.PersistentSubscriptions",
        {
            "Create": unary(_answered(methods.create), pb.CreateReq, pb.CreateResp),
            "Update": unary(_answered(methods.update), pb.UpdateReq, pb.UpdateResp),
            "Delete": unary(_answered(methods.delete), pb.DeleteReq, pb.DeleteResp),
            "Read": stream_stream(read_group, pb.ReadReq, pb.ReadResp),
            "GetInfo": unary(_answered(methods.get_info), pb.GetInfoReq, pb.GetInfoResp),
            "ReplayParked": unary(_answered(methods.replay_parked), pb.ReplayParkedReq, pb.ReplayParkedResp),
            "List": unary(_answered(methods.list), pb.ListReq, pb.ListResp),
            "RestartSubsystem": unary(
                _answered(methods.restart_subsystem), shared_pb2.Empty, shared_pb2.Empty
            ),
        },
        features=dict.fromkeys(_OF_STREAMS_AND_ALL, ("stream", "all")),
    )


def _answered(method: Callable[[Any, float], Awaitable[Any]]) -> Any:
    """As gRPC calls it: errors become its statuses."""

    async def answer(request: Any, context: Any) -> Any:
        timeout = await errors.time_left(context)
        try:
            return await method(request, timeout)
        except Exception as error:
            await _abort(context, error)

    return answer


async def _abort(context: Any, error: Exception) -> None:
    """End the call with the status that the error stands for; raise it where it stands for none."""
    match error:
        case refusals.RefusedError():
            await refusals.abort_refused(context, error)
        case errors.BadRequestError():
            await errors.abort_bad_request(context, error)
        case errors.StreamDeletedError():
            await errors.abort_deleted(context, str(error))
        case NotWrittenError():
            await errors.written(context, error.stream, error.answer)
        case UnreadableError():
            await errors.abort(context, grpc.StatusCode.DATA_LOSS, str(error))
        case DamagedError():
            await errors.abort_damaged(context, error)
        case StoppingError():
            await errors.abort_unavailable(context, "the server is stopping")
    raise error
