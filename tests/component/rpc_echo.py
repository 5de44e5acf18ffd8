"""Nameko services to call in tests: they answer, wait, refuse, fail."""

from typing import Any, ClassVar

import eventlet

from shared.errors import Refused
from shared.runtime.blocking import run_blocking
from shared.runtime.rpc_entry import rpc_entry


class Echo:
    name: ClassVar = "echo"

    @rpc_entry
    def repeat(self, payload: dict[str, Any]) -> dict[str, Any]:
        return payload

    @rpc_entry
    def repeat_after(self, payload: dict[str, Any]) -> dict[str, Any]:
        eventlet.sleep(payload["seconds"])
        return payload

    @rpc_entry
    def repeat_from_a_thread(self, payload: dict[str, Any]) -> dict[str, Any]:
        return run_blocking(30.0, dict, payload)

    @rpc_entry
    def refuse(self, payload: dict[str, Any]) -> dict[str, Any]:
        raise Refused("D6.1.d", "thiếu ý kiến bằng văn bản")

    @rpc_entry
    def fail(self, payload: dict[str, Any]) -> dict[str, Any]:
        raise LookupError("no such thing")


class WithoutStore(Echo):
    """A service whose store does not answer."""

    name: ClassVar = "without_store"

    @staticmethod
    def self_test() -> None:
        raise ConnectionError("the store is not there")
