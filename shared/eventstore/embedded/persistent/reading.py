"""PersistentSubscriptions.Read: events go out while answers come in."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator
from typing import Any

from esdbclient.protos.Grpc import persistent_pb2

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.persistent import requests
from shared.eventstore.embedded.persistent.connection import Connection, Peer
from shared.eventstore.embedded.persistent.group import Answer, Group
from shared.eventstore.embedded.persistent.groups import Groups
from shared.eventstore.embedded.persistent.messages import confirmation, event_message

_Req = persistent_pb2.ReadReq
_ANSWERS = {
    _Req.Nack.Unknown: Answer.RETRY,
    _Req.Nack.Retry: Answer.RETRY,
    _Req.Nack.Park: Answer.PARK,
    _Req.Nack.Skip: Answer.SKIP,
    _Req.Nack.Stop: Answer.SKIP,  # EventStoreDB goes on after it, as after a skip
}


async def read(groups: Groups, requests_in: AsyncIterator[_Req], context: Any) -> None:
    """Until the call ends. Raises RefusedError, BadRequestError and what a group's readers are ended with."""
    options = await _options(requests_in)
    structured = options.uuid_option.WhichOneof("content") != "string"
    group = groups.find(requests.group_name(options))
    connection = group.join(options.buffer_size, _peer(context))
    answers = asyncio.create_task(_take_answers(requests_in, group, connection))
    try:
        await context.write(confirmation(group))
        while True:
            message = await connection.next()
            event, link = group.content(message)
            if event is None and link is None:  # it was removed from the log: nothing to do about it
                group.acknowledge([message.id])
            else:
                await context.write(event_message(event, link, message.retries, structured))
    finally:
        answers.cancel()
        group.leave(connection)


async def _options(requests_in: AsyncIterator[_Req]) -> _Req.Options:
    async for request in requests_in:
        if request.WhichOneof("content") != "options":
            break
        if request.options.buffer_size < 1:
            raise BadRequestError(f"buffer_size must be at least 1, and is {request.options.buffer_size}")
        return request.options
    raise BadRequestError("the first message of the call has no options")


async def _take_answers(requests_in: AsyncIterator[_Req], group: Group, connection: Connection) -> None:
    """Until the client says no more, which does not end the call."""
    try:
        async for request in requests_in:
            match request.WhichOneof("content"):
                case "ack":
                    group.acknowledge(requests.ids(request.ack))
                case "nack":
                    group.refuse(requests.ids(request.nack), _answer(request.nack), request.nack.reason)
                case _:
                    raise BadRequestError("after the options, only acks and nacks may come")
    except Exception as error:  # a reader whose answers nobody takes any more would wait for ever
        connection.end(error)


def _answer(nack: _Req.Nack) -> Answer:
    if nack.action not in _ANSWERS:
        raise BadRequestError(f"{nack.action} is not an action of a nack")
    return _ANSWERS[nack.action]


def _peer(context: Any) -> Peer:
    """What the call says of who reads."""
    headers = dict(context.invocation_metadata() or ())
    kind, _, secret = str(headers.get("authorization", "")).partition(" ")
    user = ""
    if kind.lower() == "basic":
        try:
            user = base64.b64decode(secret, validate=True).decode("utf-8", "replace").partition(":")[0]
        except binascii.Error:
            user = ""
    return Peer(
        address=str(context.peer()).partition(":")[2],
        user=user or "anonymous",
        connection_name=str(headers.get("connection-name", "<unknown>")),
    )
