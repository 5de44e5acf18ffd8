"""Which of the client's errors are a no, and which are silence that may end."""

from contextlib import suppress

import grpc
from esdbclient.exceptions import (
    AccessDeniedError,
    AlreadyExists,
    BadRequestError,
    FailedPrecondition,
    GrpcError,
    InvalidTransactionError,
    MaximumAppendSizeExceededError,
    NodeIsNotLeader,
    OperationFailed,
    ServiceUnavailable,
    StreamIsDeleted,
)

from shared.eventstore.port import StoreDamaged, StoreError, StoreFull, StoreRejected, StoreUnavailable

_REFUSALS = (
    AlreadyExists,
    BadRequestError,
    FailedPrecondition,
    InvalidTransactionError,
    MaximumAppendSizeExceededError,
    OperationFailed,
    StreamIsDeleted,
)
_REFUSING_CODES = {
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.OUT_OF_RANGE,
    grpc.StatusCode.UNIMPLEMENTED,
}

_UNKNOWN_USER = (
    "the store does not take this user and password: look at BCD_STORE_USER and BCD_STORE_PASSWORD "
    "(or BCD_STORE_PASSWORD_FILE)"
)
_NOT_ALLOWED = "the store does not let this user do that: give the right, or another user in BCD_STORE_USER"
SPEAKS_TLS = "the store speaks TLS: say Tls=true in ESDB_URI"
_TLS = {
    "certificate has expired": "the store's certificate has expired: renew it at the store",
    "certificate is not yet valid": "the store's certificate is not valid yet: look at both clocks",
    "CERTIFICATE_VERIFY_FAILED": "the store's certificate is signed by a CA that is not trusted here: "
    "name the CA's file in BCD_STORE_CA_FILE",
    "is not in peer certificate": "the store's certificate is for another host: "
    "use a name in ESDB_URI that the certificate has",
    "WRONG_VERSION_NUMBER": "the store does not speak TLS: say Tls=false in ESDB_URI, or turn it on there",
}
"""What gRPC reports while connecting, the special before the general, and what has to be mended."""


class CutShortError(Exception):
    """A read or subscription ended without the server having said that it was complete."""


def translate(error: Exception) -> StoreError:
    """The port's error for one of esdbclient's: a clear no, or no answer. Other errors are raised."""
    if isinstance(error, ValueError) and "closed" not in str(error).lower():
        raise error  # gRPC says only "on closed channel" this way, when another thread has closed it
    said = str(error) or type(error).__name__
    if isinstance(error, AccessDeniedError):
        return StoreRejected(_NOT_ALLOWED)
    if isinstance(error, _REFUSALS):
        return StoreRejected(said)
    call = error.args[0] if error.args and isinstance(error.args[0], grpc.Call) else None
    if call is not None:
        said = f"{call.code().name}: {call.details()}"
    if isinstance(error, ServiceUnavailable):
        return _no_connection(said)
    if call is not None and type(error) is GrpcError:
        return _by_code(call.code(), said)
    return StoreUnavailable(said)


def leader_of(error: Exception) -> str | None:
    """The node that a follower names instead of itself, as `host:port`; None where it names none."""
    if isinstance(error, NodeIsNotLeader):
        with suppress(KeyError):  # a trailer is missing
            return error.leader_grpc_target
    return None


def _by_code(code: grpc.StatusCode, said: str) -> StoreError:
    match code:
        case grpc.StatusCode.UNAUTHENTICATED:
            return StoreRejected(f"{_UNKNOWN_USER} ({said})")
        case grpc.StatusCode.PERMISSION_DENIED:
            return StoreRejected(f"{_NOT_ALLOWED} ({said})")
        case grpc.StatusCode.DATA_LOSS:
            return StoreDamaged(said)
        case grpc.StatusCode.RESOURCE_EXHAUSTED if "message larger than max" in said:
            return StoreRejected(said)  # gRPC's own limit on one message
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return StoreFull(said)
        case _ if code in _REFUSING_CODES:
            return StoreRejected(said)
        case _:
            return StoreUnavailable(said)


def _no_connection(said: str) -> StoreError:
    """A misunderstanding about TLS does not pass by waiting; a server that is away may come back."""
    for sign, sentence in _TLS.items():
        if sign in said:
            return StoreRejected(f"{sentence} ({said})")
    return StoreUnavailable(said)
