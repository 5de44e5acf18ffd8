"""Changes that wait, making many of them in one transaction, and what becomes of each."""

import asyncio
import time
from dataclasses import dataclass

from shared.eventstore.embedded.log.changes import Change, Outcome
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import DamagedError


class TooLate:
    """The caller's deadline had passed before the change was begun; nothing was written."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The disk refused. Where it was `full`, or what the change builds on is `damaged`, nothing was written;
    else that is not known."""

    reason: str
    full: bool = False
    damaged: bool = False


Answer = Outcome | TooLate | Failed


@dataclass(frozen=True, slots=True)
class Request:
    """A change that waits; `deadline` is in seconds of the monotonic clock."""

    change: Change
    deadline: float
    answer: "asyncio.Future[Answer]"


def make(log: Log, group: list[Request]) -> list[Answer]:
    """Make the changes in one transaction, and leave it open.

    A change that meets damage is refused, and the others are begun again without it.
    """
    refused: dict[int, Failed] = {}
    while True:
        outcomes: list[Answer] = []
        log.begin()
        try:
            for number, request in enumerate(group):
                outcomes.append(refused.get(number) or _perform(log, request))
        except DamagedError as error:
            log.rollback()
            refused[len(outcomes)] = Failed(str(error), damaged=True)
        else:
            return outcomes


def _perform(log: Log, request: Request) -> Outcome | TooLate:
    """Make one change inside the open transaction."""
    return TooLate() if time.monotonic() >= request.deadline else request.change(log)


def tell(group: list[Request], outcomes: list[Answer]) -> None:
    """Give every request its answer, on the event loop."""
    for request, outcome in zip(group, outcomes, strict=True):
        if not request.answer.done():  # the client may have gone
            request.answer.set_result(outcome)
