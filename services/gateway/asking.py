"""The gateway's questions to `records`: by RPC, each with a time limit; it has no data of its own."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from services.gateway.questions import PAGE, NoRecord
from shared.catalogue.presentation import Names, names_of
from shared.errors import InvalidRequest

REGISTERS: Final = (
    "members",
    "agencies",
    "meetings",
    "conclusions",
    "opinion_rounds",
    "opinions",
    "programmes",
    "tasks",
    "feedback",
    "documents",
    "figures",
    "doubts",
)
"""The registers that have a page, in the order of the menu."""
NAMES_FOR: Final = 30.0
"""Seconds for which the names of agencies are kept."""


class Services(Protocol):
    """What the gateway needs of `shared.bus.rpc.Services`."""

    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...

    def running(self, service: str) -> int: ...


@dataclass
class Kept:
    """The names as they were last asked for; a race between threads costs one question, no more."""

    names: Names | None = None
    until: float = 0.0


@dataclass(frozen=True)
class Records:
    """The `records` service, for one committee. All methods raise what `Services.call` raises."""

    services: Services
    committee: str
    limit: float
    kept: Kept = field(default_factory=Kept)

    def register(
        self, name: str, as_of: str | None = None, offset: int = 0, limit: int = PAGE
    ) -> Mapping[str, Any]:
        return self._ask("register", name=name, as_of=as_of, limit=limit, offset=offset)

    def show(self, name: str, record: str, as_of: str | None = None) -> Mapping[str, Any]:
        """Raises NoRecord where there is none."""
        try:
            return self._ask("show", name=name, id=record, as_of=as_of)
        except InvalidRequest as refused:
            if refused.where == "id":
                raise NoRecord(name, record) from refused
            raise

    def names(self) -> Names:
        """What the agencies are called; asked again after a while, because they are renamed and merged."""
        kept = self.kept
        if kept.names is None or time.monotonic() > kept.until:
            kept.names = names_of(self.register("agencies", limit=1000)["rows"])
            kept.until = time.monotonic() + NAMES_FOR
        return kept.names

    def status(self) -> Mapping[str, Any]:
        return self.services.call("records", "status", {}, timeout=self.limit)

    def _ask(self, method: str, **question: Any) -> Mapping[str, Any]:
        given = {name: value for name, value in question.items() if value is not None}
        payload = {"committee": self.committee, **given}
        return self.services.call("records", method, payload, timeout=self.limit)
