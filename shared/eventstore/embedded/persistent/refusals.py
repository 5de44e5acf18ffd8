"""What groups say when they will not, with the trailers that clients read."""

from typing import Any, NoReturn

import grpc

from shared.eventstore.embedded.errors import abort
from shared.eventstore.embedded.persistent.settings import GroupName


class RefusedError(Exception):
    """Ends a call, with a status and a sentence."""

    def __init__(
        self, code: grpc.StatusCode, kind: str, said: str, name: GroupName, reason: str = ""
    ) -> None:
        super().__init__(said)
        self.code = code
        self.trailers = {"exception": kind, "stream_name": name.stream, "group_name": name.group}
        if reason:
            self.trailers["reason"] = reason


def does_not_exist(name: GroupName) -> RefusedError:
    said = f"Subscription group {name.group} on stream {name.stream} does not exist."
    return RefusedError(grpc.StatusCode.NOT_FOUND, "persistent-subscription-does-not-exist", said, name)


def exists(name: GroupName) -> RefusedError:
    said = f"Subscription group {name.group} on stream {name.stream} exists."
    return RefusedError(grpc.StatusCode.ALREADY_EXISTS, "persistent-subscription-exists", said, name)


def failed(name: GroupName, reason: str) -> RefusedError:
    said = f"Subscription group {name.group} on stream {name.stream} failed: '{reason}'"
    return RefusedError(grpc.StatusCode.INTERNAL, "persistent-subscription-failed", said, name, reason)


def full(name: GroupName) -> RefusedError:
    said = f"Maximum subscriptions reached for subscription group {name.group} on stream {name.stream}."
    return RefusedError(grpc.StatusCode.FAILED_PRECONDITION, "maximum-subscribers-reached", said, name)


def dropped(name: GroupName) -> RefusedError:
    """What the readers of a group are told when it is deleted, updated or restarted."""
    said = f"Subscription group {name.group} on stream {name.stream} was dropped."
    return RefusedError(grpc.StatusCode.CANCELLED, "persistent-subscription-dropped", said, name)


async def abort_refused(context: Any, error: RefusedError) -> NoReturn:
    await abort(context, error.code, str(error), **error.trailers)
