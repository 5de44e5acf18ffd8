"""The entry point of an RPC method, typed: a BcdError is an answer, anything else is a fault."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from nameko.rpc import rpc

from shared.errors import BcdError

F = TypeVar("F", bound=Callable[..., Any])


def rpc_entry(method: F) -> F:
    """Offer a method of a Nameko service over RPC. Nameko logs a BcdError as expected."""
    return cast(F, rpc(expected_exceptions=BcdError)(method))
