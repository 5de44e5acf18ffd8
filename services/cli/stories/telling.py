"""Tells a story: the steps of each week are asked of the services, then the clock goes on and what follows
by itself happens. What an earlier telling did is not asked again, so that a story goes on where it stopped.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from threading import Event as Flag
from typing import Any, Final, Protocol
from uuid import UUID, uuid5

from services.cli.stories.checking import Step, Story
from services.cli.stories.values import MADE, resolved, steps_meant
from services.feedback.report_periods import Period
from services.published import CODEC
from services.records.activity import figures
from shared.bus.rpc import ServiceUnavailable
from shared.catalogue import both
from shared.dates import Moment
from shared.envelope import Claim, Request
from shared.errors import BcdError, Contended, Refused, StoreDown
from shared.eventstore.port import EventStore, RecordedEvent
from shared.messages import CommitteeId, PersonId
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
    """One telling of a story. `leaving` ends it after the step that is being asked."""

    story: Story
    services: Asking
    store: EventStore
    clock: Clock
    limit: float
    leaving: Flag = field(default_factory=Flag)
    progress: Callable[[Step], object] = lambda step: None
    _recorded: dict[UUID, tuple[str, int]] = field(default_factory=dict)
    """By command, the stream and the revision of its first event."""

    def tell(self) -> Report:
        """Raises NotAsTold, ServiceUnavailable, StoreDown, Contended, and what the clock raises."""
        report = Report()
        self._recorded = dict(_first_events(self.store, self.story))
        told = [n for n, step in enumerate(self.story.steps) if step.command_id in self._recorded]
        report.known = told[-1] + 1 if told else 0
        for step in self.story.steps[: report.known]:
            self.progress(step)
        for monday, week in groupby(self.story.steps[report.known :], lambda step: _monday(step.day)):
            if self._left(report):
                return report
            self.clock.turn(monday)
            self._week(list(week), report)
        if not self._left(report):
            self.clock.turn(self.story.until)
        return report

    def _left(self, report: Report) -> bool:
        report.left = self.leaving.is_set()
        return report.left

    def _week(self, steps: list[Step], report: Report) -> None:
        keys: set[str] = set()
        for step in steps:
            if self._left(report):
                return
            made = {f"{self.story.name}/{name}" for name in steps_meant(step.data, MADE)}
            if step.wait or made & keys:
                self.clock.settle()
                keys.clear()
            self._ask(step, report)
            keys.add(step.key)
            self.progress(step)

    def _ask(self, step: Step, report: Report) -> None:
        request = Request(
            command_id=step.command_id,
            committee=step.committee,
            actor=Claim(person=PersonId(step.by.person), capacity=step.by.capacity),
            data=resolved(step.data, _Known(self, step.committee)),
            effective_at=Moment.of(step.effective or step.day),
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
            first = receipt["revision"] - len(receipt["events"]) + 1
            self._recorded[step.command_id] = (receipt["stream"], first)
        else:
            report.quiet.append(step)

    def first_event(self, name: str) -> RecordedEvent:
        """The first event of a step that was told."""
        key = f"{self.story.name}/{name}"
        step = next(step for step in self.story.steps if step.key == key)
        if step.command_id not in self._recorded:
            raise NotAsTold(both("story.no_event", step=step))
        stream, revision = self._recorded[step.command_id]
        return self.store.read_stream(stream, after=revision - 1, limit=1)[0]


@dataclass(frozen=True)
class _Known:
    """What the words of a step stand for at its moment."""

    telling: Telling
    committee: CommitteeId

    def made(self, step: str, key: str) -> str:
        return str(uuid5(self.telling.first_event(step).id, key))

    def event(self, step: str) -> str:
        event = self.telling.first_event(step)
        return f"{event.stream}@{event.revision}"

    def figures(self, period: str) -> list[dict[str, Any]]:
        own = (e for e in self.telling.store.read_all() if _committee(e) == self.committee)
        counted = figures([CODEC.decode(event) for event in own], Period.named(period))
        return [one.model_dump(mode="json") for one in counted]


def _otherwise(step: Step, answer: str) -> NotAsTold:
    if step.refused is None:
        return NotAsTold(f"{step}: {both('story.refused_instead')}: {answer}")
    return NotAsTold(f"{step}: {both('story.not_refused_so', rule=step.refused)}: {answer}")


def _first_events(store: EventStore, story: Story) -> Iterator[tuple[UUID, tuple[str, int]]]:
    """By command, the place of its first event, of all that the story's committees have done."""
    wanted = {step.command_id for step in story.steps}
    for event in store.read_all():
        if _committee(event) in story.committees:
            command = UUID(json.loads(event.metadata)["command_id"])
            if command in wanted:
                wanted.remove(command)
                yield command, (event.stream, event.revision)


def _committee(event: RecordedEvent) -> str:
    return event.stream.partition("-")[2].partition(".")[0]


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
