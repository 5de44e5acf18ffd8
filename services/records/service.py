"""The Nameko service of the records: one RPC per question. It reads; all it writes is who looked."""

from functools import cached_property
from typing import Any

from services.records.answers import Answers
from services.records.database import Database, read_database
from services.records.looks import looks_of
from shared.contents.connect import open_contents
from shared.contents.port import Contents
from shared.followers.clock import shown
from shared.personal.connect import open_keys
from shared.personal.key_store import KeyStore
from shared.personal.opening import Opening
from shared.runtime.blocking import run_blocking
from shared.runtime.rpc_entry import rpc_entry
from shared.settings import Settings, load_settings


class Reading:
    """Answers in native threads, each within the limit of a call. Connects at the first question."""

    @cached_property
    def settings(self) -> Settings:
        return load_settings()

    @cached_property
    def database(self) -> Database:
        return read_database(self.settings)

    @cached_property
    def answers(self) -> Answers:
        return Answers(
            self.database,
            shown(self.settings.clock),
            Opening(self.keys),
            looks_of(self.settings),
            lambda digest: self.contents.holds(digest),
        )

    @cached_property
    def contents(self) -> Contents:
        return open_contents(self.settings)

    @cached_property
    def keys(self) -> KeyStore:
        return open_keys(self.settings)

    def answer(self, method: str, question: dict[str, Any]) -> dict[str, Any]:
        """Raises InvalidRequest, StoreDown, RecordsOutOfDate."""
        return run_blocking(self.settings.call_limit, self.answers.answer, method, question)

    def self_test(self) -> None:
        """Raises StoreDown where the read database does not answer."""
        self.answers.answer("status", {})

    def close(self) -> None:
        if "answers" in self.__dict__:
            self.answers.close()
        if "database" in self.__dict__:
            self.database.close()
        if "keys" in self.__dict__:
            self.keys.close()


class RecordsService:
    """Registers, single records, the journal; each as of now or of a day in the past."""

    name = "records"
    reading = Reading()
    self_test = reading.self_test
    close = reading.close

    @rpc_entry
    def register(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("register", question)

    @rpc_entry
    def show(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("show", question)

    @rpc_entry
    def journal(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("journal", question)

    @rpc_entry
    def powers(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("powers", question)

    @rpc_entry
    def compliance(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("compliance", question)

    @rpc_entry
    def completeness(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("completeness", question)

    @rpc_entry
    def activity(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("activity", question)

    @rpc_entry
    def difference(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("difference", question)

    @rpc_entry
    def days(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("days", question)

    @rpc_entry
    def looks(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("looks", question)

    @rpc_entry
    def status(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("status", question)

    @rpc_entry
    def hashes(self, question: dict[str, Any]) -> dict[str, Any]:
        return self.reading.answer("hashes", question)
