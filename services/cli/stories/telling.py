"""Tells a story: the steps of each week are asked of the services, then the clock goes on and what follows
by itself happens. What an earlier telling did is not asked again, so that a story goes on where it stopped.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from threading import Event as Flag
from typing import Any, Final, Protocol

from services.cli.stories.checking import Step, Story
from services.cli.stories.record import Record
from services.cli.stories.values import DIGEST, MADE, meant, resolved, steps_meant
from shared.bus.rpc import ServiceUnavailable
from shared.catalogue import both
from shared.envelope import Claim, Request
from shared.errors import BcdError, Contended, Refused, StoreDown
from shared.eventstore.port import EventStore
from shared.messages import PersonId
from shared.naming import method_name

PATIENCE: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries while a service or the store is away; after the last the telling breaks off."""


class Asking(Protocol):
    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...


class Clock(Protocol):
    """The clock of the policies. Both return when they have done all that there was to do."""

    def turn(self, day: date) -> None:
        """The day has come; a day before the clock's own changes nothing."""
        ...

    def settle(self) -> None:
        """The day stays; what follows from the events so far happens."""
        ...


class NotAsTold(Exception):
    """A step was answered otherwise than the story says; the text names step, answer and remedy."""


@dataclass
class Report:
    """What became of the steps: asked now, known from an earlier telling, refused as the story says."""

    asked: int = 0
    known: int = 0
    quiet: list[Step] = field(default_factory=list)
    events: int = 0
    refused: list[tuple[Step, Refused]] = field(default_factory=list)
    left: bool = False


@dataclass
class Telling:
    """One telling of a story. `leaving` ends it after the step that is being asked; `keep` puts the words
    whose digest a step names where documents are kept, before the step is asked."""

    story: Story
    services: Asking
    store: EventStore
    clock: Clock
    limit: float
    leaving: Flag = field(default_factory=Flag)
    progress: Callable[[Step], object] = lambda step: None
    keep: Callable[[str], object] = lambda words: None

    def tell(self) -> Report:
        """Raises NotAsTold, ServiceUnavailable, StoreDown, Contended, and what `clock` and `keep` raise."""
        report = Report()
        record = Record.of(self.story, self.store)
        told = [n for n, step in enumerate(self.story.steps) if step.command_id in record]
        report.known = told[-1] + 1 if told else 0
        for step in self.story.steps[: report.known]:
            self.progress(step)
        for monday, week in groupby(self.story.steps[report.known :], lambda step: _monday(step.day)):
            if self._left(report):
                return report
            self.clock.turn(monday)
            self._week(list(week), record, report)
        if not self._left(report):
            self.clock.turn(self.story.until)
        return report

    def _left(self, report: Report) -> bool:
        report.left = self.leaving.is_set()
        return report.left

    def _week(self, steps: list[Step], record: Record, report: Report) -> None:
        keys: set[str] = set()
        for step in steps:
            if self._left(report):
                return
            made = {f"{self.story.name}/{name}" for name in steps_meant(step.data, MADE)}
            if step.wait or made & keys:
                self.clock.settle()
                keys.clear()
            self._ask(step, record, report)
            keys.add(step.key)
            self.progress(step)

    def _ask(self, step: Step, record: Record, report: Report) -> None:
        if step.refused is None:
            for words in meant(step.data, DIGEST):
                self.keep(words)
        request = Request(
            command_id=step.command_id,
            committee=step.committee,
            actor=Claim(person=PersonId(step.by.person), capacity=step.by.capacity),
            data=resolved(step.data, record.at(step)),
            effective_at=step.moment,
            document=step.document,
        ).model_dump(mode="json")
        method = method_name(step.taken.command)
        try:
            receipt = _patiently(
                lambda: self.services.call(step.taken.service, method, request, timeout=self.limit)
            )
        except (ServiceUnavailable, StoreDown, Contended):
            raise
        except Refused as no:
            if no.rule != step.refused:
                raise _otherwise(step, str(no)) from no
            report.refused.append((step, no))
            return
        except BcdError as error:
            raise _otherwise(step, str(error)) from error
        if step.refused is not None:
            raise _otherwise(step, both("story.was_done"))
        report.asked += 1
        report.events += len(receipt["events"])
        if receipt["events"]:
            record.note(step, receipt)
        else:
            report.quiet.append(step)


def _otherwise(step: Step, answer: str) -> NotAsTold:
    if step.refused is None:
        return NotAsTold(f"{step}: {both('story.refused_instead')}: {answer}")
    return NotAsTold(f"{step}: {both('story.not_refused_so', rule=step.refused)}: {answer}")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _patiently(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer; while the service is away, asked again with the same command id."""
    for pause in PATIENCE:
        try:
            return call()
        except (ServiceUnavailable, StoreDown, Contended):
            time.sleep(pause)
    return call()
