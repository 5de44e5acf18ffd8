"""From recorded bytes to typed events and back: the codec, its upcasters, and a stream's history."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from shared.envelope import Envelope, Metadata
from shared.errors import CommandIdReused, UnknownEvent
from shared.eventstore.port import NO_STREAM, NewEvent, RecordedEvent
from shared.messages import Event

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the data of one schema number into that of the next."""


@dataclass(frozen=True)
class Codec:
    """The event types of one or more contexts by stored name, and how old shapes are read.

    `upcasters` maps (stored type, schema number) to the function that lifts it by one number.
    """

    types: Mapping[str, type[Event]]
    upcasters: Mapping[tuple[str, int], Upcaster] = field(default_factory=dict)

    def __or__(self, other: "Codec") -> "Codec":
        return Codec({**self.types, **other.types}, {**self.upcasters, **other.upcasters})

    def decode(self, recorded: RecordedEvent) -> Envelope[Event]:
        """Raises UnknownEvent for a type or shape that this code cannot read."""

        def unreadable(why: str) -> UnknownEvent:
            return UnknownEvent(recorded.type, recorded.stream, str(recorded.revision), why)

        event_type = self.types.get(recorded.type)
        if event_type is None:
            raise unreadable("the type is not known")
        try:
            meta = Metadata.model_validate_json(recorded.metadata)
            data = json.loads(recorded.data)
            for number in range(meta.schema_number, event_type.schema_number):
                data = self.upcasters[recorded.type, number](data)
            event = event_type.model_validate(data)
        except KeyError as missing:
            raise unreadable(f"no upcaster for {missing}") from missing
        except (ValidationError, ValueError) as error:
            raise unreadable(str(error)) from error
        if meta.schema_number > event_type.schema_number:
            raise unreadable(f"schema {meta.schema_number} is newer than this code")
        return Envelope(
            event=event,
            event_id=recorded.id,
            stream=recorded.stream,
            revision=recorded.revision,
            position=recorded.position,
            recorded_at=recorded.recorded_at,
            meta=meta,
        )


def encode(event: Event, event_id: UUID, meta: Metadata) -> NewEvent:
    """The bytes that are stored: JSON, UTF-8, keys in the order of the fields."""
    return NewEvent(
        id=event_id,
        type=type(event).__name__,
        data=event.model_dump_json(exclude_defaults=False).encode(),
        metadata=meta.model_dump_json(by_alias=True, exclude_none=True).encode(),
    )


def codec_of(*events: type[Event], upcasters: Mapping[tuple[str, int], Upcaster] | None = None) -> Codec:
    return Codec({event.__name__: event for event in events}, upcasters or {})


@dataclass(frozen=True)
class History:
    """All of one stream that a decision needs."""

    envelopes: Sequence[Envelope[Event]]

    @property
    def revision(self) -> int:
        return self.envelopes[-1].revision if self.envelopes else NO_STREAM

    @property
    def events(self) -> list[Event]:
        return [envelope.event for envelope in self.envelopes]

    def answer_to(self, command_id: UUID, digest: str) -> list[Envelope[Event]]:
        """What this command made happen when it was first asked; empty if it never was.

        Raises CommandIdReused where the id came with other content.
        """
        answered = [envelope for envelope in self.envelopes if envelope.meta.command_id == command_id]
        if answered and answered[0].meta.command_digest != digest:
            raise CommandIdReused(str(command_id))
        return answered
