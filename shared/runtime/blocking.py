"""Blocking calls (store, read database) from a Nameko service without stopping its other calls."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import eventlet
from eventlet import tpool

from shared.errors import StoreDown

P = ParamSpec("P")
R = TypeVar("R")


def run_blocking(limit: float, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of `fn(*args, **kwargs)`, run in a native thread; raises StoreDown after `limit` seconds.

    A call that has not started by then never starts. A call that has started cannot be stopped and keeps
    its thread until it ends: `fn` must have a time limit of its own, not longer than this one. Never hand
    over a subscription: it would hold its thread for ever.
    """
    given_up = False

    def unless_given_up() -> R:
        if given_up:
            raise StoreDown("the caller no longer waits")
        return fn(*args, **kwargs)

    patience = eventlet.Timeout(limit)
    try:
        result: R = tpool.execute(unless_given_up)
        return result
    except eventlet.Timeout as expired:
        if expired is not patience:
            raise
        given_up = True
        raise StoreDown(f"no answer within {limit:g} seconds") from None
    finally:
        patience.cancel()


def set_threads(count: int) -> None:
    """How many blocking calls run at once; must be said before the first of them."""
    size: Any = tpool.set_num_threads
    size(count)
