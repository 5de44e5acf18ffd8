"""Questions to the `records` service, each with the stated time limit."""

import os
import pwd
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from services.cli.errors import NOT_FOUND, cli_error
from services.records.timetravel.sandbox import Sandbox, is_sandbox
from shared.bus.rpc import Services
from shared.catalogue import both
from shared.catalogue.called import Rows, names_for
from shared.errors import InvalidRequest
from shared.settings import Settings


class Caller(Protocol):
    """What is needed of `shared.bus.rpc.Services`."""

    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...


class Records:
    """The `records` service as the command line sees it."""

    def __init__(self, services: Caller, settings: Settings) -> None:
        self._services, self._limit = services, settings.call_limit
        self._committee = settings.committee

    def ask(self, method: str, **question: Any) -> dict[str, Any]:
        """The answer of `records.method`; parts of the question that are None are left out.

        Raises ServiceUnavailable, or the service's own error.
        """
        payload = {name: value for name, value in question.items() if value is not None}
        payload["asked_by"] = asker()
        return self._services.call("records", method, payload, timeout=self._limit)

    def register(self, name: str, committee: str | None = None, **question: Any) -> dict[str, Any]:
        return self.ask("register", name=name, committee=committee or self._committee, **question)

    def show(self, name: str, record: str, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """Raises CliError where there is no such record."""
        try:
            return self.ask("show", name=name, id=record, committee=committee or self._committee, **question)
        except InvalidRequest as refused:
            if refused.where == "id":
                raise cli_error("no_record", NOT_FOUND, register=name, id=record) from refused
            raise

    def compliance(self, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """How the clauses stand; one of them in detail where `clause` is asked for."""
        return self.ask("compliance", committee=committee or self._committee, **question)

    def completeness(self, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """What should be kept of a year against what is."""
        return self.ask("completeness", committee=committee or self._committee, **question)

    def difference(self, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """What differs between two moments, with the events that made each difference."""
        return self.ask("difference", committee=committee or self._committee, **question)

    def activity(self, period: str, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """The figures of a period, as a draft of the activity report."""
        return self.ask("activity", period=period, committee=committee or self._committee, **question)

    def powers(self, person: str, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """What a person may do on a day, and why."""
        return self.ask("powers", person=person, committee=committee or self._committee, **question)

    def looks(self, committee: str | None = None, **question: Any) -> dict[str, Any]:
        """Who looked at which record, and how often."""
        return self.ask("looks", committee=committee or self._committee, **question)

    def unknown(self, committee: str | None = None) -> str | None:
        """A sentence that says so where nothing was ever recorded of this committee."""
        name = committee or self._committee
        if self.register("committees", committee, limit=1)["rows"]:
            return None
        return both("error.no_committee", committee=name)

    def names(
        self, columns: Iterable[str] = (), committee: str | None = None, on: str | None = None
    ) -> dict[str, str]:
        """What the ids in these columns are called, for tables."""

        def ask(name: str, day: str | None) -> Rows:
            rows: Rows = self.register(name, committee, as_of=day, limit=1000)["rows"]
            return rows

        return names_for(ask, columns, on)


def asker() -> str:
    """The user of the operating system, who cannot be set by an environment variable."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a number that no user list knows, as in a container
        return f"uid {os.getuid()}"


@contextmanager
def asking(settings: Settings) -> Iterator[Records]:
    """The records of the running system; those of the folder itself where the past was replayed into it."""
    services: Services | Sandbox
    services = Sandbox(settings.data) if is_sandbox(settings.data) else Services(str(settings.amqp_uri))
    try:
        yield Records(services, settings)
    finally:
        services.close()
