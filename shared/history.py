"""From recorded bytes to typed events and back: the codec, its upcasters, and a stream's history."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.digests import Digest
from shared.envelope import Envelope, Metadata
from shared.errors import CommandIdReused, UnknownEvent
from shared.eventstore.port import NO_STREAM, NewEvent, RecordedEvent
from shared.messages import Event, context_of

S = TypeVar("S")

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
        event_type = self.types.get(recorded.type)
        if event_type is None:
            raise _unreadable(recorded, "the type is not known")
        try:
            meta = Metadata.model_validate_json(recorded.metadata, context=context_of(recorded.metadata))
            data = self.lifted(recorded, meta.schema_number)
            as_recorded = meta.schema_number == event_type.schema_number  # an upcaster may write any text
            event = event_type.model_validate(
                data, context=context_of(recorded.data) if as_recorded else None
            )
        except ValueError as error:
            raise _unreadable(recorded, str(error)) from error
        return Envelope(
            event=event,
            event_id=recorded.id,
            stream=recorded.stream,
            revision=recorded.revision,
            position=recorded.position,
            recorded_at=recorded.recorded_at,
            meta=meta,
        )

    def lifted(self, recorded: RecordedEvent, number: int) -> Any:
        """The data of a known type, recorded with this schema number, in the shape that this code reads.

        Raises UnknownEvent; ValueError where it is no JSON.
        """
        wanted = self.types[recorded.type].schema_number
        if number > wanted:
            raise _unreadable(
                recorded,
                f"schema {number} is newer than this code, which reads up to {wanted}; a later version of "
                "the software wrote it: install that one, or one after it",
            )
        data = json.loads(recorded.data)
        for old in range(number, wanted):
            upcaster = self.upcasters.get((recorded.type, old))
            if upcaster is None:
                raise _unreadable(recorded, f"no upcaster from schema {old} to {old + 1}")
            try:
                data = upcaster(data)
            except Exception as error:  # whatever old data does to it must stop no more than this stream
                why = f"{type(error).__name__}: {error}"
                raise _unreadable(recorded, f"the upcaster from schema {old} failed: {why}") from error
        return data


def _unreadable(recorded: RecordedEvent, why: str) -> UnknownEvent:
    return UnknownEvent(recorded.type, recorded.stream, str(recorded.revision), why)


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
class History(Generic[S]):
    """What a decision needs of one stream: its state, its last revision, and what the command made happen
    when it was first asked (nothing, if it never was)."""

    state: S
    revision: int
    answer: tuple[Envelope[Event], ...]

    @classmethod
    def fold(
        cls,
        envelopes: Iterable[Envelope[Event]],
        initial: S,
        evolve: Callable[[S, Event], S],
        command_id: UUID,
        digest: Digest,
    ) -> "History[S]":
        """Takes the events one by one and keeps none but the command's own, however many there are.

        Raises CommandIdReused where the command's id came with other content than `digest` stands for.
        """
        state, revision, answer = initial, NO_STREAM, []
        for envelope in envelopes:
            state = evolve(state, envelope.event)
            revision = envelope.revision
            if envelope.meta.command_id == command_id:
                answer.append(envelope)
        if answer and not digest.is_that_of(answer[0].meta.command_digest):
            raise CommandIdReused(str(command_id))
        return cls(state, revision, tuple(answer))
