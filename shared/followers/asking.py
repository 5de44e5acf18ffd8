"""From what a policy asks to the request that a service gets: ids, evidence, and what becomes of a no."""

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol
from uuid import UUID, uuid5

from shared.bus.remote_errors import RemoteFailure
from shared.bus.rpc import ServiceUnavailable
from shared.dates import Moment
from shared.envelope import Claim, Envelope, Request
from shared.errors import BcdError, Contended, StoreDown
from shared.followers.errors import NotNow
from shared.messages import CommitteeId, Event, PersonId
from shared.naming import method_name
from shared.policies import Asked

log = logging.getLogger(__name__)

CAPACITY: Final = "policy"
TRY_AGAIN: Final = (ServiceUnavailable, StoreDown, Contended)
"""Answers after which the same command is asked again."""


class Caller(Protocol):
    """The services, as `shared.bus.rpc.Services` offers them."""

    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Question:
    """A command of a policy after an event; with `day`, when that day had come."""

    policy: str
    asked: Asked
    cause: Envelope[Event]
    day: date | None = None

    @property
    def committee(self) -> CommitteeId:
        return self.asked.committee or self.cause.committee

    @property
    def command_id(self) -> UUID:
        """The same for the same event, policy, key and day: twice is once."""
        on = f"@{self.day}" if self.day else ""
        return uuid5(self.cause.event_id, f"{self.policy}:{self.asked.key}{on}")

    def request(self) -> dict[str, Any]:
        meta = self.cause.meta
        at_once = self.day is None
        return Request(
            command_id=self.command_id,
            committee=self.committee,
            actor=Claim(
                person=PersonId(f"policy:{self.policy}"), capacity=CAPACITY, evidence=self.cause.reference
            ),
            data=self.asked.command.model_dump(mode="json"),
            effective_at=Moment.of(self.day) if self.day else meta.effective_at,
            document=meta.document if at_once else None,
            source=meta.source if at_once else None,
            correlation_id=meta.correlation_id,
            causation_id=self.cause.event_id,
        ).model_dump(mode="json")


def ask(services: Caller, question: Question, limit: float) -> dict[str, Any] | None:
    """None where the service did it; what to keep of its answer where it said no.

    Raises NotNow where there was no answer, RemoteFailure where the service itself failed; the command may
    or may not have been done then.
    """
    asked = question.asked
    try:
        services.call(asked.service, method_name(type(asked.command)), question.request(), timeout=limit)
    except TRY_AGAIN as failure:
        raise NotNow(f"{asked.service}.{method_name(type(asked.command))}: {failure}") from failure
    except RemoteFailure:
        raise
    except BcdError as no:
        log.error(
            "policy %s after %s: %s was refused: %s",
            question.policy,
            question.cause.reference,
            type(asked.command).__name__,
            no,
        )
        return _refusal(question, no)
    return None


def _refusal(question: Question, no: BcdError) -> dict[str, Any]:
    return {
        "command_id": str(question.command_id),
        "policy": question.policy,
        "committee": question.committee,
        "service": question.asked.service,
        "command": type(question.asked.command).__name__,
        "event": question.cause.reference,
        "position": question.cause.position,
        "error": type(no).__name__,
        "because": str(no)[:2000],
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
