"""What a Nameko service of the write side needs: its store, its handler, its self-test."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from shared.decider import Decider
from shared.eventstore.connect import open_store
from shared.eventstore.port import EventStore
from shared.handling import Authority, CommandHandler
from shared.history import Codec
from shared.messages import Command
from shared.personal.connect import open_keys
from shared.personal.key_store import KeyStore
from shared.personal.sealing import Sealing
from shared.runtime.blocking import run_blocking
from shared.settings import Settings, load_settings


class Commands:
    """Handles the commands of one service, each in a native thread and within the store's limit.

    It connects at the first use, so that a service can be imported and tested without a store.
    """

    def __init__(self, codec: Codec, authority: Callable[[EventStore], Authority]) -> None:
        self._codec, self._authority = codec, authority

    @cached_property
    def settings(self) -> Settings:
        return load_settings()

    @cached_property
    def handler(self) -> CommandHandler:
        store = open_store(self.settings)
        return CommandHandler(store, self._codec, self._authority(store), Sealing(self.keys))

    @cached_property
    def keys(self) -> KeyStore:
        return open_keys(self.settings)

    def handle(
        self, decider: Decider[Any, Any, Any], command_type: type[Command], request: dict[str, Any]
    ) -> dict[str, Any]:
        """The receipt of a command. Raises what `CommandHandler.handle` raises."""
        limit = self.settings.call_limit
        return run_blocking(limit, self.handler.handle, decider, command_type, request)

    def self_test(self) -> None:
        """Raises StoreUnavailable where the store does not answer."""
        self.handler.store.head()

    def close(self) -> None:
        if "handler" in self.__dict__:
            self.handler.store.close()
            self.keys.close()
