"""What the store holds of a story: which steps were told, and what later steps refer to."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid5

from services.cli.stories.checking import Step, Story
from services.feedback.report.periods import Period
from services.published import CODEC
from services.records.activity import figures
from shared.eventstore.port import EventStore, RecordedEvent
from shared.messages import CommitteeId


@dataclass(frozen=True)
class Record:
    """By command, the stream and the revision of its first event; kept up as the steps are told."""

    story: Story
    store: EventStore
    first: dict[UUID, tuple[str, int]]

    @classmethod
    def of(cls, story: Story, store: EventStore) -> Self:
        """What an earlier telling recorded."""
        return cls(story, store, dict(_first_events(store, story)))

    def __contains__(self, command_id: UUID) -> bool:
        return command_id in self.first

    def note(self, step: Step, receipt: Mapping[str, Any]) -> None:
        revision = receipt["revision"] - len(receipt["events"]) + 1
        self.first[step.command_id] = (receipt["stream"], revision)

    def at(self, step: Step) -> "Moment":
        return Moment(self, step.committee)

    def first_event(self, name: str) -> RecordedEvent:
        """The first event of a step that was told before."""
        key = f"{self.story.name}/{name}"
        told = next(step for step in self.story.steps if step.key == key)
        stream, revision = self.first[told.command_id]
        return self.store.read_stream(stream, after=revision - 1, limit=1)[0]


@dataclass(frozen=True)
class Moment:
    """What the words of a step stand for when it is told (`values.Known`)."""

    record: Record
    committee: CommitteeId

    def made(self, step: str, key: str) -> str:
        return str(uuid5(self.record.first_event(step).id, key))

    def event(self, step: str) -> str:
        event = self.record.first_event(step)
        return f"{event.stream}@{event.revision}"

    def figures(self, period: str) -> list[dict[str, Any]]:
        own = (event for event in self.record.store.read_all() if _committee(event) == self.committee)
        counted = figures([CODEC.decode(event) for event in own], Period.named(period))
        return [one.model_dump(mode="json") for one in counted]


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
